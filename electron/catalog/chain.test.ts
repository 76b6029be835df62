// The hash chain: what it is, that deletion and late footage leave it whole, and that tampering shows.

import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FootageLedger } from '../../recorder/segments/ledger.ts';
import { brokenLinks, chainBegin, chainLink } from './chain.ts';
import { createLedger } from './ledger.ts';
import { type MadeCatalog, madeCatalog } from './made-catalog.ts';
import { madeSegment, wholeSpan } from './made-segment.ts';

let made: MadeCatalog;
let ledger: FootageLedger;
let initId: number;

beforeEach(() => {
  made = madeCatalog();
  ledger = createLedger(made.catalog);
  const video = { trackId: 1, codec: 'avc1.64001f', width: 1, height: 1, timescale: 1_000 };
  initId = ledger.saveInit(made.streamId, Uint8Array.of(1), { video, audio: undefined });
});
afterEach(() => made.remove());

function commit(startMs: number, endMs = startMs + 1_000) {
  const sha256 = new Uint8Array(32).fill(startMs % 251);
  const segment = madeSegment(made, initId, startMs, endMs, { sha256 });
  ledger.commitSegment(segment, [wholeSpan(segment)]);
  return segment;
}

const broken = () => brokenLinks(made.catalog).map(({ startMs }) => startMs);
const run = (sql: string) => made.catalog.database.exec(sql);

describe('the chain', () => {
  it('holds each segment to the one before, the first to its stream', () => {
    const [first, second] = [commit(1_000), commit(2_000)];
    const links = made.catalog.database.prepare('SELECT chain FROM segments ORDER BY start_ms').pluck().all();
    const begin = chainLink(chainBegin(made.streamId), first);
    expect(links).toEqual([begin, chainLink(begin, second)]);
    expect(broken()).toEqual([]);
  });

  it.each([
    ['an exchanged hash', 'UPDATE segments SET sha256 = zeroblob(32) WHERE start_ms = 2000', [2_000]],
    [
      'a segment taken out',
      'DROP TRIGGER segments_keep_chain; DELETE FROM segments WHERE start_ms = 2000',
      [3_000],
    ],
    [
      'an exchanged hash whose own link was made to fit',
      'UPDATE segments SET sha256 = zeroblob(32), chain = zeroblob(32) WHERE start_ms = 2000',
      [2_000, 3_000],
    ],
  ])('shows %s', (_, tampering, shown) => {
    for (const startMs of [1_000, 2_000, 3_000]) commit(startMs);
    run(tampering);
    expect(broken()).toEqual(shown);
  });

  it('is whole whatever is deleted and whatever is found late', () => {
    const slots = fc.array(fc.record({ slot: fc.nat(12), deletes: fc.boolean() }), { maxLength: 40 });
    fc.assert(
      fc.property(slots, (actions) => {
        const present = new Set<number>();
        for (const { slot, deletes } of actions) {
          const startMs = slot * 1_000;
          if (present.has(slot)) {
            if (!deletes) continue;
            ledger.discard([{ streamId: made.streamId, startMs }], 1);
            present.delete(slot);
          } else {
            commit(startMs);
            present.add(slot);
          }
          expect(broken()).toEqual([]);
        }
        run('DELETE FROM segments; DELETE FROM chain_anchors; DELETE FROM garbage');
      }),
      { numRuns: 60 },
    );
  });

  it('begins anew behind rows from before there was a chain', () => {
    commit(1_000);
    run('UPDATE segments SET chain = NULL');
    commit(2_000);
    commit(3_000);
    expect(broken()).toEqual([]);
  });
});
