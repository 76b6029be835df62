// What the panel's filters ask of the station.
import { describe, expect, it } from 'vitest';
import { type CameraId, newId, type TagId } from '../../recorder/model/ids.ts';
import { isFiltered, noFilters, questionOf } from './panel-state.ts';

const nowMs = 1_800_000_000_000;

describe('questionOf', () => {
  it('asks for everything while nothing is filtered', () => {
    expect(questionOf(noFilters, nowMs)).toEqual({ words: '', kinds: [], cameraIds: [], tagIds: [] });
  });

  it('asks for what was chosen', () => {
    const [cameraId, tagId] = [newId<CameraId>(), newId<TagId>()];
    expect(
      questionOf({ words: ' van ', kinds: ['warning'], cameraId, tagId, period: 'week' }, nowMs),
    ).toEqual({
      words: 'van',
      kinds: ['warning'],
      cameraIds: [cameraId],
      tagIds: [tagId],
      fromMs: nowMs - 7 * 86_400_000,
    });
  });

  it('stays the same question within a minute', () => {
    const week = { ...noFilters, period: 'week' } as const;
    expect(questionOf(week, nowMs + 59_999)).toEqual(questionOf(week, nowMs));
    expect(questionOf(week, nowMs + 60_000)).not.toEqual(questionOf(week, nowMs));
  });
});

describe('isFiltered', () => {
  it('knows what hides marks', () => {
    expect(isFiltered(noFilters)).toBe(false);
    expect(isFiltered({ ...noFilters, words: '  ' })).toBe(false);
    expect(isFiltered({ ...noFilters, words: 'van' })).toBe(true);
    expect(isFiltered({ ...noFilters, kinds: ['note'] })).toBe(true);
    expect(isFiltered({ ...noFilters, period: 'day' })).toBe(true);
  });
});
