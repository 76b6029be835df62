// The group's clock, told by hand, over players that show what they are sent to at once or when told to.
import { describe, expect, it } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { type EpochMs, hourMs } from '../../recorder/model/clock.ts';
import { footageOf } from '../timeline/footage.ts';
import { atFirst, type Phase } from './player-state.ts';
import { type Synced, SyncGroup, type SyncMember } from './sync-group.ts';

const startMs = Date.UTC(2026, 10, 21, 14);

/** Shows the moment it is sent to, and plays on by nothing: where it is does not matter here. */
class MadePlayer implements Synced {
  readonly store = createStore(() => atFirst);
  readonly frameMs = 40;
  readonly seeks: EpochMs[] = [];
  #ms: EpochMs | undefined;

  seek(ms: EpochMs): void {
    this.seeks.push(ms);
    this.#ms = ms;
    this.store.setState({ phase: { kind: 'showing' } });
  }

  isOnItsWay(targetMs: EpochMs): void {
    const phase: Phase = { kind: 'seeking', targetMs, fresh: false };
    this.store.setState({ phase });
  }

  shown = () => (this.#ms === undefined ? undefined : { mediaS: 0, wallMs: this.#ms });
  positionMs = () => this.#ms;
  keyframeMs = () => undefined;
  play = () => this.store.setState({ playing: true });
  pause = () => this.store.setState({ playing: false });
  rate = 1;
  setRate = (rate: number) => {
    this.rate = rate;
  };
}

function madeGroup(newestMs: EpochMs) {
  let now = 0;
  const player = new MadePlayer();
  const footage = footageOf(
    { startMs, endMs: newestMs + hourMs, mergeMs: 0 },
    { coverage: [{ startMs, endMs: newestMs }], gaps: [], oldestMs: startMs, newestMs },
  );
  const member: SyncMember = { player, footage: () => footage, lagMs: () => 0 };
  const group = new SyncGroup(
    () => undefined,
    () => now,
  );
  group.add(member);
  const run = (ms: number) => {
    for (const endMs = now + ms; now < endMs; ) {
      now += 20;
      group.tick();
    }
  };
  return { group, player, run, atS: () => Math.round(((group.targetMs() ?? 0) - startMs) / 1_000) };
}

describe('SyncGroup', () => {
  it('runs at the speed that is set once its pictures are there', () => {
    const { group, run, atS } = madeGroup(startMs + hourMs);
    group.seek(startMs + 60_000);
    group.play();
    run(10_000);
    expect(atS()).toBe(70);
    group.setSpeed(2);
    run(10_000);
    expect(atS()).toBe(90);
  });

  it('goes on from where it is when it steps again, with a picture still on its way', () => {
    const { group, player, run, atS } = madeGroup(startMs + hourMs);
    group.seek(startMs + 60_000);
    group.play();
    group.setSpeed(8);
    run(5_000);
    expect(atS()).toBe(100);
    group.setSpeed(1);
    run(60_000);
    player.isOnItsWay(startMs + 160_000);
    group.setSpeed(8);
    run(40);
    expect(atS()).toBe(160);
  });

  it('runs past the clock of the machine where the recording does, after that was set back', () => {
    // Whole seconds, which no step of the clock rounds away.
    const aheadMs = Math.ceil((Date.now() - startMs) / 1_000) * 1_000 + hourMs;
    const { group, run, atS } = madeGroup(startMs + aheadMs);
    const fromMs = startMs + aheadMs - hourMs / 2;
    group.seek(fromMs);
    group.setSpeed(2);
    group.play();
    run(10_000);
    expect(atS()).toBe(Math.round((fromMs - startMs) / 1_000) + 20);
    expect(group.store.getState().speed).toBe(2);
  });

  it('plays at 1× again, just before the newest footage, when it comes there faster', () => {
    const { group, run, atS } = madeGroup(startMs + 100_000);
    group.seek(startMs + 90_000);
    group.setSpeed(4);
    group.play();
    run(2_600);
    expect(group.store.getState().speed).toBe(1);
    expect(atS()).toBe(98);
  });
});
