// What is drawn where, read from the log of a pen that writes down what it was told.
import 'temporal-polyfill/global';
import { describe, expect, it } from 'vitest';
import { type MarkId, newId } from '../../recorder/model/ids.ts';
import { drawTimeline } from './draw.ts';
import { type Footage, footageOf, nothingLoaded, withGap } from './footage.ts';
import { Labels } from './labels.ts';
import { LocalTime } from './local-time.ts';
import { nothingSelected, type TimelineMark } from './marks.ts';
import { rangesOf } from './ranges.ts';
import { type Colours, layout, layoutFor, type Pen, type Scene, type Track, trackTop } from './scene.ts';

const startMs = Date.UTC(2026, 5, 1, 10);
const single = layoutFor(1);
const at = (seconds: number) => startMs + seconds * 1_000;

const colours: Colours = {
  ground: 'ground',
  track: 'track',
  line: 'line',
  strongLine: 'strong-line',
  text: 'text',
  faintText: 'faint-text',
  footage: 'footage',
  roughFootage: 'rough',
  motion: 'motion',
  fault: 'fault',
  faultGround: 'fault-ground',
  wantedGap: 'wanted',
  wantedGapGround: 'wanted-ground',
  future: 'future',
  now: 'now',
  playhead: 'playhead',
  selection: 'selection',
  note: 'note',
  marker: 'marker',
  warning: 'warning',
  evidence: 'evidence',
};

interface Drawn {
  readonly what: 'rect' | 'text' | 'stroke' | 'fill';
  readonly colour: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly text: string;
}

/** A pen that logs filled rectangles, texts and strokes with the colour they were given. */
function loggingPen(): { pen: Pen; log: Drawn[] } {
  const log: Drawn[] = [];
  let clip = { x: 0, y: 0, width: 0, height: 0 };
  const nothing = { x: 0, y: 0, width: 0, height: 0, text: '' };
  const pen: Pen = {
    fillStyle: '',
    strokeStyle: '',
    lineWidth: 1,
    font: '',
    textAlign: 'left',
    textBaseline: 'middle',
    setTransform: () => undefined,
    fillRect: (x, y, width, height) =>
      log.push({ ...nothing, what: 'rect', colour: String(pen.fillStyle), x, y, width, height }),
    fillText: (text, x, y) =>
      log.push({ ...nothing, what: 'text', colour: String(pen.fillStyle), x, y, text }),
    measureText: (text) => ({ width: text.length * 7 }) as TextMetrics,
    beginPath: () => undefined,
    moveTo: () => undefined,
    lineTo: () => undefined,
    closePath: () => undefined,
    rect: (x, y, width, height) => {
      clip = { x, y, width, height };
    },
    clip: () => undefined,
    fill: () => log.push({ ...nothing, what: 'fill', colour: String(pen.fillStyle) }),
    stroke: () => log.push({ ...nothing, ...clip, what: 'stroke', colour: String(pen.strokeStyle) }),
    save: () => undefined,
    restore: () => undefined,
  };
  return { pen, log };
}

/** 1000 seconds over 1000 pixels: a second is a pixel. */
function draw({ footage = nothingLoaded, heat, ...change }: Partial<Scene> & Partial<Track> = {}) {
  const scene: Scene = {
    view: { startMs, spanMs: 1_000_000, width: 1_000 },
    pixelRatio: 1,
    font: '11px sans-serif',
    colours,
    labels: new Labels(new LocalTime('UTC'), 'en-GB'),
    tracks: [{ footage, heat }],
    chosen: 0,
    nowMs: at(5_000),
    playhead: undefined,
    hoverMs: undefined,
    selected: undefined,
    marks: [],
    selection: nothingSelected,
    ...change,
  };
  const { pen, log } = loggingPen();
  drawTimeline(pen, scene);
  const rects = (colour: string) =>
    log.filter((drawn) => drawn.what === 'rect' && drawn.colour === colour).map(({ x, width }) => [x, width]);
  return { log, rects };
}

function known(change: Partial<Parameters<typeof footageOf>[1]> = {}): Footage {
  return footageOf(
    { startMs: at(-1_000), endMs: at(2_000), mergeMs: 0 },
    { coverage: [{ startMs: at(100), endMs: at(300) }], gaps: [], ...change },
  );
}

describe('drawTimeline', () => {
  it('draws footage where it lies, on whole device pixels', () => {
    expect(draw({ footage: known() }).rects('footage')).toEqual([[100, 200]]);
    const odd = known({ coverage: [{ startMs: at(100.3), endMs: at(300.26) }] });
    expect(draw({ footage: odd, pixelRatio: 2 }).rects('footage')).toEqual([[100.5, 200]]);
  });

  it('never lets footage vanish that is shorter than a pixel', () => {
    const short = known({ coverage: [{ startMs: at(100), endMs: at(100.1) }] });
    expect(draw({ footage: short }).rects('footage')).toEqual([[100, 1]]);
  });

  it('draws footage hollow while holes are merged that the view could show', () => {
    const merged = (mergeMs: number) => draw({ footage: { ...known(), mergeMs } }).rects('rough');
    expect(merged(1_000)).toEqual([]);
    expect(merged(1_001)).toEqual([[100, 200]]);
  });

  it('draws dots and nothing else where nothing was asked yet', () => {
    const { log, rects } = draw();
    expect(rects('track')).toEqual([]);
    const dots = log.filter((drawn) => drawn.colour === 'strong-line' && drawn.y > trackTop);
    expect(dots).toHaveLength(125);
  });

  it('draws dots only outside of what is loaded', () => {
    const half = footageOf({ startMs: at(400), endMs: at(600), mergeMs: 0 }, { coverage: [], gaps: [] });
    const { log, rects } = draw({ footage: half });
    expect(rects('track')).toEqual([[400, 200]]);
    const dots = log.filter((drawn) => drawn.colour === 'strong-line' && drawn.y > trackTop);
    expect(dots.filter(({ x }) => x > 400 && x < 600)).toEqual([]);
    expect(dots.some(({ x }) => x < 400) && dots.some(({ x }) => x > 600)).toBe(true);
  });

  it('hatches faults and wanted gaps differently, and marks them in the lane', () => {
    const gaps = known({
      gaps: [
        { startMs: at(300), endMs: at(400), reason: 'unreachable' },
        { startMs: at(400), endMs: at(450), reason: 'recording-off' },
      ],
    });
    const { log, rects } = draw({ footage: gaps });
    expect(rects('fault-ground')).toEqual([[300, 100]]);
    expect(rects('wanted-ground')).toEqual([[400, 50]]);
    expect(rects('fault')).toEqual([[300, 100]]);
    expect(rects('wanted')).toEqual([[400, 50]]);
    const strokes = log
      .filter(({ what }) => what === 'stroke')
      .map(({ colour, x, width }) => [colour, x, width]);
    expect(strokes).toEqual([
      ['wanted', 400, 50],
      ['fault', 300, 100],
    ]);
  });

  it('keeps the mark of a gap of a tenth of a second visible over a month', () => {
    const month = { startMs, spanMs: 31 * 86_400_000, width: 1_000 };
    const flicker = footageOf(
      { startMs, endMs: startMs + month.spanMs, mergeMs: 1_000 },
      { coverage: [], gaps: [{ startMs: at(86_400), endMs: at(86_400.1), reason: 'stalled' }] },
    );
    const { log } = draw({ view: month, footage: flicker, nowMs: startMs + month.spanMs });
    const mark = log.find(({ colour, y }) => colour === 'fault' && y === single.tracks[0]?.laneTop);
    expect(mark).toMatchObject({ width: 2, height: 6 });
  });

  it('lets a gap that goes on end now, and greys the future', () => {
    const failing = withGap(known(), { startMs: at(300), reason: 'unreachable' });
    const { rects } = draw({ footage: failing, nowMs: at(600) });
    expect(rects('fault-ground')).toEqual([[300, 300]]);
    expect(rects('future')).toEqual([[600, 400]]);
    expect(rects('now')).toEqual([[600, 1]]);
  });

  it('merges segments a tenth of a pixel apart into one stroke', () => {
    const coverage = Array.from({ length: 500 }, (_, index) => ({
      startMs: at(index),
      endMs: at(index + 0.9),
    }));
    expect(draw({ footage: known({ coverage }) }).rects('footage')).toEqual([[0, 500]]);
  });

  it('shows the playhead solid on its picture and hollow on the way there', () => {
    const head = (pending: boolean) =>
      draw({ playhead: { ms: at(500), pending } }).log.filter(({ what }) => what === 'fill');
    expect(head(false).map(({ colour }) => colour)).toEqual(['playhead']);
    expect(head(true).map(({ colour }) => colour)).toEqual(['ground']);
    expect(draw({ playhead: { ms: at(2_000), pending: false } }).rects('playhead')).toEqual([]);
  });

  it('never cuts a clock time at an edge, where it would read as another', () => {
    const { log } = draw({ view: { startMs: at(-10), spanMs: 1_000_000, width: 1_000 } });
    const times = log.filter(({ what, y }) => what === 'text' && y > layout.dates);
    expect(times.length).toBeGreaterThan(5);
    expect(times.every(({ x, text }) => x >= text.length * 3.5 && x <= 1_000 - text.length * 3.5)).toBe(true);
  });

  it('keeps the date of the left edge in view until the next day pushes it out', () => {
    const dates = (view: Scene['view']) =>
      draw({ view })
        .log.filter(({ what, y }) => what === 'text' && y < layout.dates)
        .map(({ text, x }) => [text, x]);
    expect(dates({ startMs, spanMs: 3_600_000, width: 1_000 })).toEqual([['Mon, 1 Jun 2026', 6]]);
    const nearMidnight = dates({ startMs: Date.UTC(2026, 5, 1, 23, 30), spanMs: 36_000_000, width: 1_000 });
    expect(nearMidnight[0]).toEqual(['Tue, 2 Jun 2026', 56]);
    expect(nearMidnight[1]?.[0]).toBe('Mon, 1 Jun 2026');
    expect(Number(nearMidnight[1]?.[1])).toBeLessThan(-60);
  });

  it('labels days and months where the view spans weeks', () => {
    const { log } = draw({ view: { startMs, spanMs: 31 * 86_400_000, width: 2_000 }, nowMs: startMs });
    const texts = log.filter(({ what }) => what === 'text').map(({ text }) => text);
    expect(texts).toContain('Tue 2');
    expect(texts).toContain('July 2026');
    expect(texts.at(-1)).toBe('June 2026');
  });

  it('draws each mark in the colour of its kind, with a bar to its end and a stop there', () => {
    const marks: TimelineMark[] = [
      { id: newId(), kind: 'note', startMs: at(100), text: 'a' },
      { id: newId(), kind: 'evidence', startMs: at(400), endMs: at(600), text: 'b' },
    ];
    const { log, rects } = draw({ marks });
    expect(log.filter(({ what }) => what === 'fill').map(({ colour }) => colour)).toEqual([
      'note',
      'evidence',
    ]);
    expect(rects('evidence')).toEqual([
      [400, 200],
      [598, 2],
    ]);
  });

  it('writes how many marks a crowd holds', () => {
    const crowd = Array.from({ length: 120 }, (_, index) => ({
      ...{ id: newId<MarkId>(), kind: 'note' as const, text: '' },
      startMs: at(100 + index / 10),
    }));
    const numbers = (marks: readonly TimelineMark[]) =>
      draw({ marks })
        .log.filter(({ what, y }) => what === 'text' && y > single.marksTop)
        .map(({ text }) => text);
    expect(numbers(crowd.slice(0, 2))).toEqual(['2']);
    expect(numbers(crowd)).toEqual(['99+']);
  });

  it('brackets what is about to be marked', () => {
    const edges = (inMs: number | undefined, outMs: number | undefined) =>
      draw({ selection: { inMs, outMs } }).rects('selection');
    expect(edges(undefined, undefined)).toEqual([]);
    expect(edges(at(200), undefined)).toEqual([
      [199, 2],
      [200, 6],
      [200, 6],
    ]);
    expect(edges(at(200), at(300))).toContainEqual([200, 100]);
    expect(edges(at(200), at(300))).toContainEqual([294, 6]);
  });

  it('draws the selection as a bar in a row of its own', () => {
    const { log } = draw({ selection: { inMs: at(200), outMs: at(300) } });
    const inRow = log.filter(({ colour, y }) => colour === 'selection' && y > single.selectionTop);
    expect(inRow.map(({ x, width }) => [x, width])).toContainEqual([200, 100]);
  });

  it('draws motion as bars from the foot of the track, higher where more moved, none where nothing did', () => {
    // A hundred seconds for each: 0, 4 %, 4 %, all of the picture.
    const heat = { startMs, bucketMs: 100_000, levels: Uint8Array.of(0, 4, 4, 100) };
    const footage = known({ coverage: [{ startMs: at(0), endMs: at(900) }] });
    const bars = draw({ footage, heat }).log.filter(({ colour }) => colour === 'motion');
    expect(bars.map(({ x, width }) => [x, width])).toEqual([
      [100, 200],
      [300, 100],
    ]);
    const [low, high] = bars;
    expect(low?.height).toBeGreaterThanOrEqual(2);
    expect(high?.height).toBeGreaterThan(2 * (low?.height ?? 0));
    const foot = trackTop + 36;
    expect(bars.map(({ y, height }) => y + height)).toEqual([foot, foot]);
    expect(high?.y).toBeGreaterThan(trackTop);
  });

  it('draws motion on footage alone, and none that has not happened yet', () => {
    const heat = { startMs, bucketMs: 100_000, levels: Uint8Array.of(50, 50, 50, 50) };
    const coverage = [
      { startMs: at(120), endMs: at(180) },
      { startMs: at(210), endMs: at(310) },
    ];
    const motion = (nowMs: number) => draw({ footage: known({ coverage }), heat, nowMs }).rects('motion');
    expect(motion(at(5_000))).toEqual([
      [120, 60],
      [210, 100],
    ]);
    expect(motion(at(150))).toEqual([[120, 30]]);
  });

  it('draws a row for each camera, each with its own footage, gaps and motion', () => {
    const failing = known({ gaps: [{ startMs: at(300), endMs: at(400), reason: 'unreachable' }] });
    const heat = { startMs, bucketMs: 100_000, levels: Uint8Array.of(0, 50) };
    const tracks = [{ footage: known() }, { footage: failing }, { footage: known(), heat }];
    const { log } = draw({ tracks, chosen: 1 });
    const places = layoutFor(3).tracks;
    const rowOf = (colour: string) =>
      log
        .filter((drawn) => drawn.what === 'rect' && drawn.colour === colour)
        .map(({ y }) => places.findIndex(({ top, height }) => y >= top && y < top + height));
    expect(rowOf('footage')).toEqual([0, 1, 2]);
    expect(rowOf('fault-ground')).toEqual([1]);
    expect(rowOf('motion')).toEqual([2]);
  });

  it('draws what is locked, and what a search found, as bands along the upper edge of their track', () => {
    const locks = rangesOf([
      { startMs: at(120), endMs: at(180) },
      { startMs: at(150), endMs: at(200) },
    ]);
    const hits = rangesOf([
      { startMs: at(210), endMs: at(210.1) },
      { startMs: at(240), endMs: at(250) },
    ]);
    const tracks = [{ footage: known(), locks, hits }, { footage: known() }];
    const { log, rects } = draw({ tracks, chosen: 1 });
    const bands = (colour: string) =>
      log.filter((drawn) => drawn.what === 'rect' && drawn.colour === colour && drawn.height < 5);
    expect(bands('evidence').map(({ x, width }) => [x, width])).toEqual([[120, 80]]);
    // Never narrower than can be seen.
    const found = bands('text');
    expect(found.map(({ x, width }) => [x, width])).toEqual([
      [210, 2],
      [240, 10],
    ]);
    const top = bands('evidence')[0]?.y ?? Number.NaN;
    expect(found[0]?.y).toBeGreaterThan(top);
    expect(top).toBe(layoutFor(2).tracks[0]?.top);
    expect(rects('footage')).toHaveLength(2);
  });

  it('keeps a short gap visible on top of the footage of a low track', () => {
    const month = { startMs, spanMs: 31 * 86_400_000, width: 1_000 };
    const flicker = footageOf(
      { startMs, endMs: startMs + month.spanMs, mergeMs: 1_000 },
      {
        coverage: [{ startMs, endMs: startMs + month.spanMs }],
        gaps: [{ startMs: at(86_400), endMs: at(86_400.1), reason: 'stalled' }],
      },
    );
    const tracks = Array.from({ length: 16 }, () => ({ footage: flicker }));
    const { log } = draw({ view: month, tracks, nowMs: startMs + month.spanMs });
    const place = layoutFor(16).tracks[3];
    const inTrack = log.filter(
      ({ y }) => place !== undefined && y >= place.top && y < place.top + place.height,
    );
    expect(inTrack.at(-1)).toMatchObject({ colour: 'fault', width: 2 });
  });

  it('leaves out a day whose label an edge would cut', () => {
    const view = { startMs: Date.UTC(2026, 5, 19, 1), spanMs: 31 * 86_400_000, width: 2_500 };
    const { log } = draw({ view, nowMs: startMs });
    const days = log.filter(({ what, y }) => what === 'text' && y > layout.dates).map(({ text }) => text);
    expect(days).toContain('Sat 20');
    expect(days).not.toContain('Fri 19');
  });

  it('draws gaps whose marks would touch as one', () => {
    const gaps = Array.from({ length: 400 }, (_, index) => ({
      ...{ startMs: at(100 + index * 1.5), endMs: at(100.1 + index * 1.5) },
      reason: 'stalled' as const,
    }));
    expect(draw({ footage: known({ gaps }) }).rects('fault')).toHaveLength(1);
  });
});
