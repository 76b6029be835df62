// Keys on the timeline.
import { describe, expect, it } from 'vitest';
import { footageOf } from './footage.ts';
import { deedFor } from './keys.ts';
import { xAt } from './viewport.ts';

const startMs = Date.UTC(2026, 5, 1, 10);
const at = (seconds: number) => startMs + seconds * 1_000;
const footage = footageOf(
  { startMs: at(-9_000), endMs: at(9_000), mergeMs: 0 },
  {
    coverage: [
      { startMs: at(-500), endMs: at(100) },
      { startMs: at(160), endMs: at(700) },
    ],
    gaps: [],
    oldestMs: at(-5_000),
    newestMs: at(700),
  },
);
/** Ten minutes: a tick every ten seconds. */
const situation = { view: { startMs, spanMs: 600_000, width: 1_000 }, footage, headMs: at(200) };

const plain = { shiftKey: false, ctrlKey: false, metaKey: false, altKey: false };
const press = (key: string, held: Partial<typeof plain> = {}) =>
  deedFor({ key, ...plain, ...held }, situation);

describe('deedFor', () => {
  it('moves by ticks of the ruler', () => {
    expect(press('ArrowRight')).toEqual({ kind: 'seek', ms: at(210) });
    expect(press('ArrowLeft')).toEqual({ kind: 'seek', ms: at(190) });
    expect(press('PageUp')).toEqual({ kind: 'seek', ms: at(300) });
    expect(press('PageDown')).toEqual({ kind: 'seek', ms: at(100) });
  });

  it('goes to the ends of the footage and from border to border', () => {
    expect(press('Home')).toEqual({ kind: 'seek', ms: at(-5_000) });
    expect(press('End')).toEqual({ kind: 'seek', ms: at(700) });
    expect(press('ArrowLeft', { ctrlKey: true })).toEqual({ kind: 'seek', ms: at(160) });
    expect(press('ArrowRight', { ctrlKey: true })).toEqual({ kind: 'seek', ms: at(700) });
  });

  it('takes no edge of what is loaded for a begin or end of footage', () => {
    const asked = { startMs: at(150), endMs: at(300), mergeMs: 0 };
    const coverage = [{ startMs: at(160), endMs: at(300) }];
    const cut = { ...situation, footage: footageOf(asked, { coverage, gaps: [], newestMs: at(700) }) };
    const go = (key: string) => deedFor({ key, ...plain, ctrlKey: true }, cut);
    expect(go('ArrowLeft')).toEqual({ kind: 'seek', ms: at(160) });
    expect(go('ArrowRight')).toBeUndefined();
  });

  it('zooms about the playhead and pans', () => {
    const zoomed = press('+');
    if (zoomed?.kind !== 'show') throw new Error('no zoom');
    expect(zoomed.view.spanMs).toBe(300_000);
    expect(xAt(zoomed.view, at(200))).toBeCloseTo(xAt(situation.view, at(200)), 6);
    expect(press('-')).toMatchObject({ view: { spanMs: 1_200_000 } });
    expect(press('ArrowRight', { shiftKey: true })).toMatchObject({ view: { startMs: at(150) } });
  });

  it("leaves the browser's and the desk's own shortcuts alone", () => {
    expect(press('+', { ctrlKey: true })).toBeUndefined();
    expect(press('ArrowLeft', { altKey: true })).toBeUndefined();
    expect(press('a')).toBeUndefined();
  });
});
