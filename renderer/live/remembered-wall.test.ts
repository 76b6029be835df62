// What a window remembers of its wall, and that old or broken memories do no harm.
import { describe, expect, it } from 'vitest';
import { newId, type ViewId } from '../../recorder/model/ids.ts';
import { readWall } from './remembered-wall.ts';

const nothing = { view: {}, saved: undefined, page: 0, showsDetails: false, showsList: false };

describe('what a window remembers', () => {
  it('comes back as it was', () => {
    const wall = {
      view: { layout: 6 as const, tourS: 10 as const },
      saved: { id: newId<ViewId>(), name: 'Gate' },
      page: 2,
      showsDetails: true,
      showsList: true,
    };
    expect(readWall(JSON.parse(JSON.stringify(wall)))).toEqual(wall);
  });

  it.each([
    {},
    { view: { layout: 7 }, page: -1, saved: { id: 'x', name: 1 } },
    { layout: 4 },
    { view: null, saved: null, page: 'x' },
  ])('is nothing when it makes no sense: %j', (stored) => {
    expect(readWall(stored)).toEqual(nothing);
  });
});
