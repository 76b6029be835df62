// Retention: footage leaves for its age, for its camera's quota, or for its room, the oldest first, and never a locked one.

import {
  type CancelTimer,
  type Clocks,
  dayMs,
  type EpochMs,
  hourMs,
  type Instant,
} from '../../recorder/model/clock.ts';
import type { VolumeId } from '../../recorder/model/ids.ts';
import type { Log } from '../../recorder/model/log.ts';
import type { FootageLedger } from '../../recorder/segments/ledger.ts';
import { floorBytes } from '../../recorder/segments/volume-choice.ts';
import type { VolumeStatus, Volumes } from '../../recorder/segments/volumes.ts';
import type { LockRows } from '../catalog/locks.ts';
import type { KeptCamera, KeptSegment, RetentionRows } from '../catalog/retention.ts';
import type { VolumeRows } from '../catalog/volumes.ts';
import type { AlarmBoard } from '../events/alarm-board.ts';
import type { ClockTrust } from './clock-trust.ts';
import { GarbageDisposal } from './garbage-disposal.ts';
import { Cursors, oldestOf } from './oldest.ts';
import { reserveBytes, stationBytesPerMs } from './reserve.ts';
import { Yield } from './yield.ts';

const checkIntervalMs = 30_000;
/** Segments that close together are one reason to check. */
const wakeDelayMs = 1_000;
/** Rows that move to the garbage in one transaction. */
const batchLimit = 64;
/** For age and quota a check deletes at most this much, and goes on with the next. */
const batchesPerCheck = 32;
/** Room is made a little ahead, so that not every segment that closes needs another deletion: of an hour's reserve, a minute. */
const aheadShare = 1 / 60;
/** Locks and late footage may have changed what the cursors stand on. */
const cursorLifeMs = hourMs;
const forgetIntervalMs = hourMs;
/** How long a measured rate is good for. */
const rateLifeMs = 20_000;
/**
 * How much faster than it is written footage is deleted for room, at most, and what may be deleted at once: an hour of
 * recording, or this. A disk that gets no emptier, or another program that fills it, so costs days to what would be minutes.
 */
const deletionLead = 4;
const leastBurstBytes = 256 * 2 ** 20;

export interface RetentionParts {
  readonly rows: RetentionRows;
  readonly locks: LockRows;
  readonly volumeRows: VolumeRows;
  readonly volumes: Volumes;
  /** Looks at all volumes. */
  readonly look: () => Promise<void>;
  readonly ledger: FootageLedger;
  readonly alarms: AlarmBoard;
  readonly trust: ClockTrust;
  readonly clocks: Clocks;
  readonly log: Log;
  /** A lock's time is over. */
  readonly onExpired: () => void;
}

export class Retention {
  readonly #parts: RetentionParts;
  readonly #cursors = new Cursors();
  readonly #garbage: GarbageDisposal;
  readonly #yield: Yield;
  #cursorsSince: Instant;
  /** When gaps were forgotten last; undefined when footage was deleted since. */
  #forgotAt: Instant | undefined;
  #timer: CancelTimer | undefined;
  #checking: Promise<void> | undefined;
  #isStopped = false;
  #isWoken = false;
  #rate: { readonly bytesPerMs: number; readonly at: Instant } | undefined;
  /** Bytes that may be deleted for room now, and when that was last reckoned. */
  #allowance: { bytes: number; readonly at: Instant } | undefined;

  constructor(parts: RetentionParts) {
    this.#parts = parts;
    this.#garbage = new GarbageDisposal(parts);
    this.#yield = new Yield(parts.clocks.monotonic);
    this.#cursorsSince = parts.clocks.monotonic.now();
  }

  /** Checks soon, and then every 30 s. */
  start(): void {
    this.#checkAfter(0);
  }

  /** Something happened that may ask for room, or give some: a check follows within a second. */
  wake(): void {
    this.#isWoken = true;
    if (this.#checking === undefined) this.#checkAfter(wakeDelayMs);
  }

  /** A volume is there that was not, or another reserve was set: what is kept free is said at once, room made soon. */
  reservesChanged(): void {
    this.#setReserves(this.#bytesPerMs());
    this.wake();
  }

  /** What was locked may be deletable now. */
  locksChanged(): void {
    this.#cursors.reset();
    this.wake();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#timer?.();
    await this.#checking;
  }

  /** One whole check. Never rejects. */
  check(): Promise<void> {
    this.#isWoken = false;
    this.#checking ??= this.#check()
      .catch((error: unknown) => {
        this.#parts.log.error({ err: error }, 'Retention could not finish its check');
      })
      .finally(() => {
        this.#checking = undefined;
        this.#checkAfter(this.#isWoken ? wakeDelayMs : checkIntervalMs);
      });
    return this.#checking;
  }

  #checkAfter(delayMs: number): void {
    this.#timer?.();
    this.#timer = undefined;
    if (this.#isStopped) return;
    this.#timer = this.#parts.clocks.timers.after(delayMs, () => void this.check());
  }

  async #check(): Promise<void> {
    const { clocks, look } = this.#parts;
    await look();
    const bytesPerMs = this.#bytesPerMs();
    this.#setReserves(bytesPerMs);
    if (clocks.monotonic.elapsedMs(this.#cursorsSince) > cursorLifeMs) {
      this.#cursors.reset();
      this.#cursorsSince = clocks.monotonic.now();
    }
    await this.#forAge();
    await this.#forQuota();
    await this.#forRoom(bytesPerMs);
    await this.#garbage.finish(() => this.#isStopped);
    this.#forgetGaps();
  }

  #bytesPerMs(): number {
    const { rows, clocks } = this.#parts;
    const known = this.#rate;
    if (known !== undefined && clocks.monotonic.elapsedMs(known.at) < rateLifeMs) return known.bytesPerMs;
    const bytesPerMs = stationBytesPerMs(rows, clocks.wall.nowMs());
    this.#rate = { bytesPerMs, at: clocks.monotonic.now() };
    return bytesPerMs;
  }

  #setReserves(bytesPerMs: number): void {
    const { volumes, volumeRows } = this.#parts;
    const byHand = new Map(volumeRows.list().map((row) => [row.id, row.reserveBytes]));
    for (const { id, room } of volumes.status()) {
      if (room !== undefined) {
        volumes.setReserve(id, reserveBytes(room.totalBytes, bytesPerMs, byHand.get(id)));
      }
    }
  }

  async #forAge(): Promise<void> {
    const { rows, locks, trust, clocks, alarms, log, onExpired } = this.#parts;
    const distrust = trust.look();
    if (distrust !== undefined) {
      const { jumpMs, leftMs } = distrust;
      alarms.raise('clock-jumped', '', { minutes: Math.round(jumpMs / 60_000) });
      log.warn({ jumpMs, leftMs }, 'The clock jumped: nothing is deleted for its age');
      return;
    }
    alarms.clear('clock-jumped', '');
    const nowMs = clocks.wall.nowMs();
    if (locks.expire(nowMs) > 0) {
      this.#cursors.reset();
      onExpired();
    }
    for (const camera of rows.cameras()) {
      const untilMs = keptSinceMs(camera, nowMs);
      if (untilMs === undefined) continue;
      await this.#deleteOldest(camera, { bytes: Number.POSITIVE_INFINITY, untilMs }, 'age');
    }
  }

  /** What is known of times without footage goes as the footage did: a camera that comes and goes would leave it for ever. */
  #forgetGaps(): void {
    const { rows, trust, clocks } = this.#parts;
    const { monotonic, wall } = clocks;
    if (this.#forgotAt !== undefined && monotonic.elapsedMs(this.#forgotAt) < forgetIntervalMs) return;
    this.#forgotAt = monotonic.now();
    const isTrusted = trust.look() === undefined;
    const streams = rows.cameras().flatMap((camera) => {
      const beforeMs = isTrusted ? keptSinceMs(camera, wall.nowMs()) : undefined;
      return camera.streamIds.map((id) => [id, beforeMs] as const);
    });
    rows.forgetGaps(new Map(streams));
  }

  async #forQuota(): Promise<void> {
    const { rows } = this.#parts;
    const sizes = rows.sizes();
    for (const camera of rows.cameras()) {
      if (camera.quotaBytes === undefined) continue;
      const own = sizes.filter(({ streamId }) => camera.streamIds.includes(streamId));
      const overBytes = own.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) - camera.quotaBytes;
      const untilMs = Number.MAX_SAFE_INTEGER;
      if (overBytes > 0) await this.#deleteOldest(camera, { bytes: overBytes, untilMs }, 'quota');
    }
  }

  /** Deletes a camera's oldest unlocked segments that end by `untilMs`, until they make up `bytes`; returns how many bytes. */
  async #deleteOldest(
    camera: KeptCamera,
    { bytes, untilMs }: { bytes: number; untilMs: EpochMs },
    why: 'age' | 'quota',
  ): Promise<number> {
    const { rows } = this.#parts;
    let deletedBytes = 0;
    for (let batch = 0; batch < batchesPerCheck && deletedBytes < bytes && !this.#isStopped; batch += 1) {
      const leftBytes = bytes - deletedBytes;
      const lists: KeptSegment[][] = [];
      for (const key of camera.streamIds) {
        const read = (fromMs: EpochMs, limit: number) => rows.oldestOfStream(key, fromMs, untilMs, limit);
        lists.push(await this.#cursors.oldest({ key, of: 'stream', read }, leftBytes, batchLimit));
      }
      const oldest = oldestOf(lists, leftBytes, batchLimit).filter(({ endMs }) => endMs <= untilMs);
      if (oldest.length === 0) return deletedBytes;
      await this.#delete(oldest, why);
      deletedBytes += bytesOf(oldest);
    }
    // There may be more; it is not left until the next regular check.
    if (deletedBytes > 0) this.wake();
    return deletedBytes;
  }

  /** Volumes that are full give up the oldest footage of all of them, until one has room again. */
  async #forRoom(bytesPerMs: number): Promise<void> {
    const { volumes, alarms } = this.#parts;
    const usable = this.#usable();
    this.#yield.judge(usable, bytesPerMs);
    // Said before room is made: recording was interrupted, however short that was.
    this.#sayIfFull();
    if (usable.length === 0 || usable.some((status) => lackBytes(status) <= 0)) {
      alarms.clear('only-locked-left', '');
      return;
    }
    const lacking = new Map(
      usable.map((status) => [status.id, lackBytes(status) + status.reserveBytes * aheadShare]),
    );
    const allowedBytes = this.#allowed(bytesPerMs);
    let deletedBytes = 0;
    let freedBytes = 0;
    let isStuck = false;
    // What the disks still hold from before tells whether they give anything up.
    await this.#garbage.finish(() => this.#isStopped);
    while (deletedBytes < allowedBytes && !this.#isStopped && allPositive(lacking)) {
      const giving = this.#usable().filter(({ id, keepsDeleted }) => lacking.has(id) && !keepsDeleted);
      const oldest = await this.#oldestToGo(giving, allowedBytes - deletedBytes);
      const enough = untilOneHasRoom(oldest, lacking);
      if (enough.length === 0) {
        isStuck = giving.length === usable.length;
        break;
      }
      await this.#delete(enough, 'room');
      deletedBytes += bytesOf(enough);
      const kept = enough.filter((segment) => this.#garbage.isStuck(segment));
      freedBytes += bytesOf(enough) - bytesOf(kept);
      for (const status of usable) {
        const gone = enough.filter((segment) => segment.volumeId === status.id && !kept.includes(segment));
        if (gone.length > 0) this.#yield.deleted(status, bytesOf(gone));
      }
      for (const { volumeId, sizeBytes } of kept) {
        lacking.set(volumeId, (lacking.get(volumeId) ?? 0) + sizeBytes);
      }
    }
    if (this.#allowance !== undefined) this.#allowance.bytes -= deletedBytes;
    if (freedBytes > 0) {
      for (const { id } of usable) volumes.relieved(id);
      await volumes.look();
    }
    // Only now, when it is known: said and taken back at every check, it would be news each time.
    const isFull = this.#sayIfFull();
    if (isStuck && !isFull) alarms.raise('only-locked-left', '');
    else alarms.clear('only-locked-left', '');
  }

  /** A volume that gets no emptier gives up its footage only where no other has any to give. */
  async #oldestToGo(giving: readonly VolumeStatus[], bytes: number): Promise<KeptSegment[]> {
    const expected = giving.filter(({ id }) => this.#yield.isToBeExpected(id));
    const oldest = await this.#oldestOn(expected, bytes);
    return oldest.length > 0 || expected.length === giving.length ? oldest : this.#oldestOn(giving, bytes);
  }

  async #oldestOn(usable: readonly VolumeStatus[], bytes: number): Promise<KeptSegment[]> {
    const { rows } = this.#parts;
    const lists: KeptSegment[][] = [];
    for (const { id: key } of usable) {
      const read = (fromMs: EpochMs, limit: number) => rows.oldestOnVolume(key, fromMs, limit);
      lists.push(await this.#cursors.oldest({ key, of: 'volume', read }, bytes, batchLimit));
    }
    return oldestOf(lists, bytes, batchLimit);
  }

  /** Volumes that can be recorded on: only room on these helps. */
  #usable(): VolumeStatus[] {
    return this.#parts.volumes.status().filter(({ state, isRetired }) => state === 'ready' && !isRetired);
  }

  /** What may be deleted for room now. */
  #allowed(bytesPerMs: number): number {
    const { monotonic } = this.#parts.clocks;
    const burstBytes = Math.max(leastBurstBytes, bytesPerMs * hourMs);
    const before = this.#allowance;
    const gainedBytes =
      before === undefined ? burstBytes : monotonic.elapsedMs(before.at) * bytesPerMs * deletionLead;
    const bytes = Math.min(burstBytes, (before?.bytes ?? 0) + gainedBytes);
    this.#allowance = { bytes, at: monotonic.now() };
    return bytes;
  }

  /** True when nothing can be recorded any more. */
  #sayIfFull(): boolean {
    const { alarms } = this.#parts;
    const usable = this.#usable();
    const isFull = usable.length > 0 && usable.every(isBelowFloor);
    if (isFull) alarms.raise('disk-full', '');
    else alarms.clear('disk-full', '');
    return isFull;
  }

  /** The delete procedure for a batch. What the disk does not give up stays on the garbage list. */
  async #delete(segments: readonly KeptSegment[], why: 'age' | 'quota' | 'room'): Promise<void> {
    const { ledger, clocks, log } = this.#parts;
    // Between gaps that stay, what is deleted would be time of which nothing is known: they go with the same check.
    this.#forgotAt = undefined;
    // Step 1: rows move to the garbage.
    ledger.discard(segments, clocks.wall.nowMs());
    // Steps 2 to 4: unlink, directories synced, garbage rows dropped.
    await this.#garbage.finish(() => this.#isStopped);
    const oldestMs = segments[0]?.startMs;
    log.info({ why, segments: segments.length, bytes: bytesOf(segments), oldestMs }, 'Footage was deleted');
  }
}

/** What is older than this a camera does not keep. */
function keptSinceMs({ keepDays }: KeptCamera, nowMs: EpochMs): EpochMs | undefined {
  return keepDays === undefined ? undefined : nowMs - keepDays * dayMs;
}

function bytesOf(segments: readonly KeptSegment[]): number {
  return segments.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
}

/** The first segments of a list, up to the one that gives its volume what it lacks; takes them off what is lacking. */
function untilOneHasRoom(oldest: readonly KeptSegment[], lacking: Map<VolumeId, number>): KeptSegment[] {
  const taken: KeptSegment[] = [];
  for (const segment of oldest) {
    taken.push(segment);
    const leftBytes = (lacking.get(segment.volumeId) ?? 0) - segment.sizeBytes;
    lacking.set(segment.volumeId, leftBytes);
    if (leftBytes <= 0) break;
  }
  return taken;
}

function allPositive(lacking: ReadonlyMap<VolumeId, number>): boolean {
  return [...lacking.values()].every((bytes) => bytes > 0);
}

/** How much a volume lacks to have its reserve free; positive as well when it says that it is full without looking so. */
function lackBytes({ room, reserveBytes: reserve, refusal }: VolumeStatus): number {
  const lack = reserve - (room?.freeBytes ?? 0);
  return refusal === 'disk-full' ? Math.max(1, lack) : lack;
}

function isBelowFloor({ room, reserveBytes: reserve, refusal }: VolumeStatus): boolean {
  return refusal === 'disk-full' || (room?.freeBytes ?? 0) < floorBytes(reserve);
}
