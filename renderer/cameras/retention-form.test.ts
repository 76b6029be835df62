// What is typed about how long recordings are kept, and what is told to the station.
import { expect, it } from 'vitest';
import { changedRetention, readRetention, retentionFormOf, shownRetention } from './retention-form.ts';

it('is without a limit where nothing stands', () => {
  expect(readRetention(retentionFormOf({}))).toEqual({ ok: true, retention: {} });
});

it('reads what it writes', () => {
  const retention = { keepDays: 30, quotaBytes: 250e9 };
  expect(readRetention(retentionFormOf(retention))).toEqual({ ok: true, retention });
});

it.each([
  [{ days: '0', gigabytes: '' }, ['days']],
  [{ days: '4000', gigabytes: '1' }, ['days']],
  [{ days: '7.5', gigabytes: '1' }, ['days']],
  [{ days: '7', gigabytes: '0' }, ['gigabytes']],
  [{ days: 'a week', gigabytes: 'much' }, ['days', 'gigabytes']],
])('says which fields of %j are wrong', (form, wrong) => {
  expect(readRetention(form)).toEqual({ ok: false, wrong });
});

it('tells only the limit that was typed, beside the other one as another window set it meanwhile', () => {
  const shown = shownRetention({ keepDays: 7, quotaBytes: 250_000_123_456 });
  const stands = { keepDays: 30, quotaBytes: 300e9 };
  expect(changedRetention(shown, shown, stands)).toBeUndefined();
  expect(changedRetention(shown, { ...shown, quotaBytes: 100e9 }, stands)).toEqual({
    keepDays: 30,
    quotaBytes: 100e9,
  });
  expect(changedRetention(shown, { ...shown, keepDays: 14 }, stands)).toEqual({
    keepDays: 14,
    quotaBytes: 300e9,
  });
  expect(changedRetention(shown, {}, stands)).toEqual({});
});
