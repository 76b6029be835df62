// Which frame a standing picture shows, and how long it is looked for.
import { describe, expect, it, vi } from 'vitest';
import { holdsFrame, nextFrame, previousFrame, whenPainted } from './painting.ts';

describe('the frame that was painted', () => {
  it.each([
    ['begins where was sought', 4, 4.001, 0.04, true],
    ['is the longest there', 4, 4.039, 0.04, true],
    ['is the one before', 4, 4.041, 0.04, false],
    ['is an earlier one', 4, 4.101, 0.04, false],
    ['is a later one', 4.04, 4.001, 0.04, false],
    ['may last two seconds while nobody knows how long they are', 4, 5.9, undefined, true],
    ['lasts no longer then', 4, 6.1, undefined, false],
    ['lasts as long as it does', 4, 7, 3, true],
  ])('%s', (_, paintedS, soughtS, frameS, isIt) => {
    expect(holdsFrame(paintedS, soughtS, frameS)).toBe(isIt);
  });
});

describe('looking for what is painted', () => {
  /** A screen that paints when told to. */
  function screen() {
    const waiting: (() => void)[] = [];
    const onPaint = (look: () => void) => void waiting.push(look);
    const paint = () => {
      for (const look of waiting.splice(0)) look();
    };
    return { waiting, onPaint, paint };
  }

  it('begins after two rounds and ends when it is there', () => {
    const { onPaint, paint } = screen();
    const isThere = vi.fn<() => boolean>().mockReturnValueOnce(false).mockReturnValue(true);
    const none = vi.fn<() => void>();
    whenPainted(isThere, none, onPaint);
    paint();
    expect(isThere).not.toHaveBeenCalled();
    for (let round = 0; round < 12; round += 1) paint();
    expect(isThere).toHaveBeenCalledTimes(2);
    expect(none).not.toHaveBeenCalled();
  });

  it('gives up after some rounds, once', () => {
    const { waiting, onPaint, paint } = screen();
    const none = vi.fn<() => void>();
    whenPainted(() => false, none, onPaint);
    for (let round = 0; round < 12; round += 1) paint();
    expect(none).toHaveBeenCalledOnce();
    expect(waiting).toEqual([]);
  });
});

describe('stepping by a frame', () => {
  const lengthS = 0.04;

  const known = { byS: lengthS + 0.001, isKnown: true };

  /** A video at 4 s whose frame is painted some rounds after a seek has ended; after the first ones it may be none. */
  function slowVideo(lateByRounds: number, seeksInVain = 0) {
    const seeks: number[] = [];
    let paintedS = 4;
    let round = 0;
    const rounds: (() => void)[] = [];
    const onPaint = (look: () => void) => void rounds.push(look);
    const video = Object.assign(new EventTarget(), { paused: true });
    Object.defineProperty(video, 'currentTime', {
      set: (atS: number) => {
        seeks.push(atS);
        round = 0;
      },
    });
    const paint = () => {
      round += 1;
      const atS = seeks.at(-1) ?? 4;
      if (round === lateByRounds && seeks.length > seeksInVain)
        paintedS = Math.floor(atS / lengthS) * lengthS;
      for (const look of rounds.splice(0)) look();
    };
    const standing = { video: video as unknown as HTMLVideoElement, paintedS: () => paintedS, onPaint };
    /** Seeks end at once; returns where the frame on screen begins when the step says that it is done. */
    const stepped = (go: (done: () => void) => void) => {
      let doneAtS: number | undefined;
      go(() => {
        doneAtS = paintedS;
      });
      for (let turn = 0; turn < 1_000 && doneAtS === undefined; turn += 1) {
        video.dispatchEvent(new Event('seeked'));
        paint();
      }
      return doneAtS;
    };
    return { seeks, standing, stepped };
  }

  it.each([1, 5])('ends when its frame is painted, %d rounds after the seek', (rounds) => {
    const { seeks, standing, stepped } = slowVideo(rounds);
    expect(stepped((done) => nextFrame(standing, 4, known, done))).toBeCloseTo(4.04);
    expect(stepped((done) => previousFrame(standing, 4.04, done))).toBeCloseTo(4);
    expect(seeks).toEqual([4.041, 4.039]);
  });

  it('is sent to a frame that is known to be there once more, never beyond it', () => {
    // As Chromium had it after a seek that had just ended: it stood at the next frame, and showed the old one.
    const { seeks, standing, stepped } = slowVideo(1, 2);
    expect(stepped((done) => nextFrame(standing, 4, known, done))).toBeCloseTo(4.04);
    expect(seeks).toEqual([4.041, 4.041, 4.041]);
    const back = slowVideo(1, 1);
    expect(back.stepped((done) => previousFrame(back.standing, 4, done))).toBeCloseTo(3.96);
    expect(back.seeks).toEqual([3.999, 3.999]);
  });

  it('goes on where the length of a frame is a guess, and leaves a frame that never comes', () => {
    const { seeks, standing, stepped } = slowVideo(1);
    expect(stepped((done) => nextFrame(standing, 4, { byS: 0.015, isKnown: false }, done))).toBeCloseTo(4.04);
    expect(seeks).toHaveLength(3);
    const never = slowVideo(-1);
    expect(never.stepped((done) => nextFrame(never.standing, 4, known, done))).toBe(4);
    expect(new Set(never.seeks)).toEqual(new Set([4.041]));
  });
});
