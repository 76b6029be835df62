// Which frame a standing picture shows, and how long it is looked for.
import { describe, expect, it, vi } from 'vitest';
import { holdsFrame, whenPainted } from './painting.ts';

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
