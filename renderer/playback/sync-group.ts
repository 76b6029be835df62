// Several players on one clock: each is sought, bent, held or stepped to it; the clock waits for all before it runs.

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { EpochMs } from '../../recorder/model/clock.ts';
import { type Footage, stateAt } from '../timeline/footage.ts';
import type { Range } from '../timeline/ranges.ts';
import { heldAt, MasterClock } from './master-clock.ts';
import type { Playable } from './playable.ts';
import type { Player } from './player.ts';
import { atFirst, type PlayerState, type ShownFrame } from './player-state.ts';
import { turnedBack } from './scan.ts';
import { aimFor, newestMoment } from './seek.ts';
import { isStepped, leadFor, showsKeyframesOnly } from './speeds.ts';
import { correctionFor } from './sync-rules.ts';

/** What the group does with a player. */
export type Synced = Pick<
  Player,
  'store' | 'frameMs' | 'shown' | 'positionMs' | 'keyframeMs' | 'seek' | 'play' | 'pause' | 'rate' | 'setRate'
>;

export interface SyncMember {
  readonly player: Synced;
  footage(): Footage;
  /** How far its picture lies behind its own time, in ms of the recording. */
  lagMs(): number;
}

/** How long the clock waits for the slowest picture before it runs without it. */
const waitLimitMs = 4_000;
/** A seek on the way: what the clock will have run on until its picture is there. */
const seekLeadMs = 300;
/** Rates nearer than this are the same: a player is not set anew with every frame. */
const leastRateChange = 0.005;
/** Stepped speeds do not ask for new pictures before the last are this far from the clock. */
const steppedFromMs = 40;
/** A frame at 25 a second, until one has been seen. */
const usualFrameMs = 40;

export class SyncGroup implements Playable {
  readonly store: StoreApi<PlayerState>;
  readonly #now: () => number;
  readonly #clock: MasterClock;
  readonly #members = new Set<SyncMember>();
  /** Those that have footage at the clock's moment and were sent there. */
  readonly #present = new Set<SyncMember>();
  readonly #frames = new Set<() => void>();
  readonly #loop: () => Range | undefined;
  /** The moment that all pictures were asked for last at a stepped speed. */
  #steppedMs: EpochMs | undefined;
  #waitsSince: number | undefined;
  /** How far a single frame goes. */
  #stepMs = usualFrameMs;
  #hasMoment = false;

  /** `loop` is played again and again; `now` in ms, never stepping back. */
  constructor(loop: () => Range | undefined, now: () => number = () => performance.now()) {
    this.#loop = loop;
    this.#now = now;
    this.#clock = new MasterClock(now);
    this.store = createStore(() => atFirst);
  }

  /** Begins to keep time; returns how to stop. */
  start(): () => void {
    let frame = 0;
    const turn = () => {
      frame = requestAnimationFrame(turn);
      this.tick();
    };
    turn();
    return () => cancelAnimationFrame(frame);
  }

  add(member: SyncMember): () => void {
    this.#members.add(member);
    return () => {
      this.#members.delete(member);
      this.#present.delete(member);
    };
  }

  /** The clock's moment, as a frame is: every picture on screen is the one of this moment. */
  shown(): ShownFrame | undefined {
    return this.#hasMoment ? { mediaS: 0, wallMs: this.#clock.ms() } : undefined;
  }

  targetMs(): EpochMs | undefined {
    return this.#hasMoment ? this.#clock.ms() : undefined;
  }

  onFrame(changed: () => void): () => void {
    this.#frames.add(changed);
    return () => this.#frames.delete(changed);
  }

  seek(ms: EpochMs): void {
    this.#clock.run(0);
    this.#clock.set(Math.max(0, Math.round(ms)));
    this.#hasMoment = true;
    this.#noteFrames();
    this.#present.clear();
    this.#steppedMs = undefined;
    for (const { player } of this.#members) player.pause();
    this.#waitsSince = this.#now();
    this.store.setState({ phase: { kind: 'seeking', targetMs: this.#clock.ms(), fresh: false } });
    this.#tell();
  }

  toggle(): void {
    if (this.store.getState().playing) this.pause();
    else this.play();
  }

  play(): void {
    this.store.setState({ playing: true });
    if (this.#waitsSince === undefined) this.#clock.run(this.store.getState().speed);
  }

  pause(): void {
    this.store.setState({ playing: false });
    this.#clock.run(0);
    // Every picture is brought to the clock's very moment.
    if (this.#hasMoment) this.seek(this.#clock.ms());
  }

  setSpeed(speed: number): void {
    this.store.setState({ speed });
    this.#steppedMs = undefined;
    if (this.#clock.isRunning) this.#clock.run(speed);
  }

  skip(byMs: number): void {
    if (this.#hasMoment) this.seek(this.#clock.ms() + byMs);
  }

  step(direction: 1 | -1): void {
    this.store.setState({ playing: false });
    // The camera with the most pictures shows each of its own; the others change when their time has come.
    this.#noteFrames();
    this.skip(direction * this.#stepMs);
  }

  /** Before a seek: while its pictures are on their way no camera is present that could tell. */
  #noteFrames(): void {
    const frames = Array.from(this.#present, ({ player }) => player.frameMs);
    if (frames.length > 0) this.#stepMs = Math.min(...frames);
  }

  goToNewest(): void {
    const newest = Array.from(this.#members, ({ footage }) => newestMoment(footage()) ?? 0);
    const ms = Math.max(...newest);
    if (ms <= 0) return;
    this.seek(ms);
    this.setSpeed(1);
    this.play();
  }

  /** With every frame of the display: brings all to the clock. */
  tick(): void {
    if (!this.#hasMoment) return;
    this.#turnBack();
    this.#endRun();
    const ms = this.#clock.ms();
    let ready = true;
    for (const member of this.#members) ready = this.#tend(member, ms) && ready;
    this.#endWait(ready);
    if (this.#clock.isRunning && isStepped(this.store.getState().speed)) this.#stepAll(ms, ready);
    this.#tell();
  }

  #tell(): void {
    for (const changed of this.#frames) changed();
  }

  /** At the end of the selection, or backwards at its begin, the group goes to the other side. */
  #turnBack(): void {
    const loop = this.#loop();
    if (!this.#clock.isRunning || loop === undefined) return;
    const turned = turnedBack(this.#clock.ms(), this.store.getState().speed, loop);
    if (turned !== undefined) this.seek(turned);
  }

  /** Backwards there is nothing before the oldest footage of all; forward time passes no faster than it is recorded. */
  #endRun(): void {
    const { speed } = this.store.getState();
    if (!this.#clock.isRunning) return;
    const known = Array.from(this.#members, ({ footage }) => footage());
    const oldestMs = Math.min(...known.map((footage) => footage.oldestMs ?? Number.POSITIVE_INFINITY));
    const newestMs = Math.max(...known.map((footage) => footage.newestMs ?? Number.NEGATIVE_INFINITY));
    if (speed < 0 && Number.isFinite(oldestMs) && this.#clock.ms() <= oldestMs) {
      this.store.setState({ playing: false });
      this.seek(oldestMs);
    } else if (speed > 1 && Number.isFinite(newestMs) && this.#clock.ms() >= newestMs) this.goToNewest();
  }

  /** All pictures go to one moment, and to the next only when the last of them has come: they stay in step. */
  #stepAll(ms: EpochMs, ready: boolean): void {
    const { speed } = this.store.getState();
    const asked = this.#steppedMs;
    if (!ready) {
      const heldMs = asked === undefined ? undefined : heldAt(ms, asked, speed);
      if (heldMs !== undefined) this.#clock.set(heldMs);
      return;
    }
    if (asked !== undefined && Math.abs(ms - asked) < steppedFromMs) return;
    this.#steppedMs = ms;
    for (const { player } of this.#present) {
      if (player.store.getState().phase.kind === 'failed') continue;
      const keyframeMs = showsKeyframesOnly(speed) ? player.keyframeMs(ms) : undefined;
      if (player.shown()?.wallMs !== keyframeMs) player.seek(keyframeMs ?? ms, leadFor(speed));
    }
  }

  #endWait(ready: boolean): void {
    const since = this.#waitsSince;
    if (since === undefined || (!ready && this.#now() - since < waitLimitMs)) return;
    this.#waitsSince = undefined;
    const { playing, speed } = this.store.getState();
    this.store.setState({ phase: { kind: 'showing' } });
    if (playing) this.#clock.run(speed);
  }

  /** Brings one player to the clock; true when its picture is there, or none can come. */
  #tend(member: SyncMember, ms: EpochMs): boolean {
    const { player } = member;
    const kind = stateAt(member.footage(), ms, Number.POSITIVE_INFINITY).kind;
    if (kind === 'not-loaded') return false;
    if (kind !== 'footage') {
      this.#present.delete(member);
      if (player.store.getState().playing) player.pause();
      return true;
    }
    if (!this.#present.has(member)) {
      this.#present.add(member);
      player.seek(aimFor(ms + this.#aheadMs(), member.footage()), leadFor(this.store.getState().speed));
      return false;
    }
    const phase = player.store.getState().phase.kind;
    if (phase === 'failed') return true;
    if (phase === 'seeking') return false;
    if (this.#clock.isRunning) this.#follow(member, ms);
    return true;
  }

  /** What the clock will have run on until a picture that is asked for now is there. */
  #aheadMs(): number {
    return this.#clock.isRunning && !isStepped(this.store.getState().speed) ? seekLeadMs : 0;
  }

  #follow({ player, lagMs }: SyncMember, ms: EpochMs): void {
    const { speed } = this.store.getState();
    const { playing } = player.store.getState();
    if (isStepped(speed)) {
      if (playing) player.pause();
      return;
    }
    const correction = correctionFor((player.positionMs() ?? ms) - lagMs() - ms, speed);
    if (correction.kind === 'seek') player.seek(ms + seekLeadMs * speed);
    else if (correction.kind === 'hold') {
      if (playing) player.pause();
    } else {
      if (Math.abs(correction.rate - player.rate) > leastRateChange) player.setRate(correction.rate);
      if (!playing) player.play();
    }
  }
}
