// The tag field finds tags by name and category, and never offers to make one that is there.
import { describe, expect, it } from 'vitest';
import type { Tag } from '../../electron/contract/marks.ts';
import { newId } from '../../recorder/model/ids.ts';
import { offersFor } from './tag-offers.ts';

const tag = (name: string, category = ''): Tag => ({ id: newId(), name, category, colour: 'blue' });
const [van, dog] = [tag('Van', 'Vehicles'), tag('Dog')];
const offered = (typed: string, chosen: readonly Tag[] = []) =>
  offersFor(typed, [van, dog], chosen).map(({ tag: known }) => known?.name ?? 'new');

describe('offersFor', () => {
  it('offers every tag not chosen yet before anything is typed', () => {
    expect(offered('')).toEqual(['Van', 'Dog']);
    expect(offered('  ', [van])).toEqual(['Dog']);
  });

  it('finds by name and category, and offers a new one beside them', () => {
    expect(offered('vehic')).toEqual(['Van', 'new']);
    expect(offered('do')).toEqual(['Dog', 'new']);
    expect(offered('cat')).toEqual(['new']);
  });

  it('makes no tag that reads like one there is, chosen or not', () => {
    expect(offered('VAN')).toEqual(['Van']);
    expect(offered('ｖａｎ', [van])).toEqual([]);
  });
});
