// Rows of cameras with their stream and sealed sign-in.

import { and, asc, desc, eq, inArray, isNotNull, isNull, type SQL, sql } from 'drizzle-orm';
import type { EpochMs } from '../../recorder/model/clock.ts';
import type { CameraId, StreamId } from '../../recorder/model/ids.ts';
import type { StreamTransport } from '../../recorder/model/states.ts';
import type { Catalog } from './open.ts';
import { cameras, credentials, streams } from './schema.ts';

export interface StreamRow {
  readonly id: StreamId;
  readonly role: 'main' | 'sub';
  readonly source: 'rtsp' | 'http' | 'test-pattern';
  /** Without user and password; undefined for the test pattern. */
  readonly url?: string | undefined;
  readonly transport: StreamTransport;
  /** The sign-in, encrypted by the shell's secret box; undefined when the camera asks for none. */
  readonly sealed?: Uint8Array | undefined;
}

/** How much of a camera's footage is kept; undefined is without a limit of its own. */
export interface RetentionRow {
  readonly keepDays?: number | undefined;
  readonly quotaBytes?: number | undefined;
}

export interface CameraRow {
  readonly id: CameraId;
  readonly name: string;
  readonly recording: boolean;
  readonly createdMs: EpochMs;
  readonly retention: RetentionRow;
  readonly stream: StreamRow;
  /** The same view in a smaller picture, which is only watched. */
  readonly sub?: StreamRow | undefined;
}

/** Where a stream's files lie, also of cameras that were removed: their footage stays. */
export interface StreamPlaceRow {
  readonly streamId: StreamId;
  readonly cameraId: CameraId;
  readonly role: 'main' | 'sub';
}

export interface FormerCameraRow {
  readonly id: CameraId;
  readonly name: string;
  /** Its main stream. */
  readonly streamId: StreamId;
  readonly removedMs: EpochMs;
}

/** A name belongs to one camera that is not removed, capital letters of ASCII aside. */
export class CameraRows {
  readonly #catalog: Catalog;

  constructor(catalog: Catalog) {
    this.#catalog = catalog;
  }

  /** All cameras that are not removed, oldest first. */
  list(): CameraRow[] {
    const rows = this.#select('main').orderBy(asc(cameras.createdMs), asc(cameras.id)).all();
    const subs = new Map(
      this.#select('sub')
        .all()
        .map((row) => [row.camera.id, row]),
    );
    return rows.map((row) => toCamera(row, subs.get(row.camera.id)));
  }

  get(id: CameraId): CameraRow | undefined {
    const row = this.#select('main', id).get();
    return row === undefined ? undefined : toCamera(row, this.#select('sub', id).get());
  }

  /** Camera, streams and sign-ins in one transaction; at most `limit` cameras that are not removed. */
  add(
    camera: Omit<CameraRow, 'retention'> & Partial<CameraRow>,
    limit: number,
  ): 'added' | 'name-taken' | 'too-many' {
    const { orm } = this.#catalog;
    return orm.transaction(
      (tx) => {
        if (this.list().length >= limit) return 'too-many';
        if (this.#nameTaken(camera.name)) return 'name-taken';
        const { stream, sub, retention, ...row } = camera;
        tx.insert(cameras)
          .values({ ...row, ...retention })
          .run();
        for (const one of [stream, sub]) if (one !== undefined) putStream(tx, camera.id, one);
        return 'added';
      },
      { behavior: 'immediate' },
    );
  }

  /** Other addresses and sign-ins of streams that a camera has; their ids and footage stay. False when there is no such camera. */
  setSources(id: CameraId, changed: readonly StreamRow[]): boolean {
    return this.#catalog.orm.transaction(
      (tx) => {
        if (!isThere(tx, id)) return false;
        for (const stream of changed) {
          forgetSignIns(tx, and(eq(streams.cameraId, id), eq(streams.role, stream.role)));
          putStream(tx, id, stream);
        }
        return true;
      },
      { behavior: 'immediate' },
    );
  }

  /**
   * Gives a camera a sub stream, changes it, or takes it away; the row stays, because footage may lie under it. False when
   * there is no such camera.
   */
  setSub(id: CameraId, sub: StreamRow | undefined): boolean {
    return this.#catalog.orm.transaction(
      (tx) => {
        if (!isThere(tx, id)) return false;
        const role = and(eq(streams.cameraId, id), eq(streams.role, 'sub'));
        forgetSignIns(tx, role);
        tx.update(streams).set(noSub).where(role).run();
        if (sub !== undefined) putStream(tx, id, sub);
        return true;
      },
      { behavior: 'immediate' },
    );
  }

  rename(id: CameraId, name: string): 'renamed' | 'name-taken' | 'not-found' {
    const { orm } = this.#catalog;
    return orm.transaction(
      (tx) => {
        if (this.#nameTaken(name, id)) return 'name-taken';
        const { changes } = tx.update(cameras).set({ name }).where(stillThere(id)).run();
        return changes === 1 ? 'renamed' : 'not-found';
      },
      { behavior: 'immediate' },
    );
  }

  /** False when there is no such camera. */
  setRecording(id: CameraId, recording: boolean): boolean {
    return this.#catalog.orm.update(cameras).set({ recording }).where(stillThere(id)).run().changes === 1;
  }

  /** False when there is no such camera. */
  setRetention(id: CameraId, { keepDays = null, quotaBytes = null }: NullableRetention): boolean {
    const set = this.#catalog.orm.update(cameras).set({ keepDays, quotaBytes });
    return set.where(stillThere(id)).run().changes === 1;
  }

  /** Hides the camera and erases its sign-in; footage and its rows stay. False when there is no such camera. */
  remove(id: CameraId, nowMs: EpochMs): boolean {
    const { orm } = this.#catalog;
    return orm.transaction(
      (tx) => {
        forgetSignIns(tx, eq(streams.cameraId, id));
        return tx.update(cameras).set({ removedMs: nowMs }).where(stillThere(id)).run().changes === 1;
      },
      { behavior: 'immediate' },
    );
  }

  /** Cameras that were removed, the last one first. */
  former(): FormerCameraRow[] {
    return this.#catalog.orm
      .select({
        ...{ id: cameras.id, name: cameras.name, streamId: streams.id },
        removedMs: sql<EpochMs>`${cameras.removedMs}`,
      })
      .from(cameras)
      .innerJoin(streams, and(eq(streams.cameraId, cameras.id), eq(streams.role, 'main')))
      .where(isNotNull(cameras.removedMs))
      .orderBy(desc(cameras.removedMs), asc(cameras.id))
      .all();
  }

  /** Of every stream that may have files, removed cameras included. */
  streamPlaces(): StreamPlaceRow[] {
    return this.#catalog.orm
      .select({ streamId: streams.id, cameraId: streams.cameraId, role: streams.role })
      .from(streams)
      .orderBy(asc(streams.number))
      .all();
  }

  #select(role: StreamRow['role'], id?: CameraId) {
    return this.#catalog.orm
      .select({ camera: cameras, stream: streams, sealed: credentials.sealed })
      .from(cameras)
      .innerJoin(streams, eq(streams.cameraId, cameras.id))
      .leftJoin(credentials, eq(credentials.streamNumber, streams.number))
      .where(
        and(
          isNull(cameras.removedMs),
          eq(streams.role, role),
          role === 'sub' ? isNotNull(streams.url) : undefined,
          id === undefined ? undefined : eq(cameras.id, id),
        ),
      );
  }

  #nameTaken(name: string, except?: CameraId): boolean {
    const owner = this.#catalog.database
      .prepare<[string], { id: string }>(
        'SELECT id FROM cameras WHERE name = ? COLLATE NOCASE AND removed_ms IS NULL',
      )
      .get(name);
    return owner !== undefined && owner.id !== except;
  }
}

interface NullableRetention {
  readonly keepDays?: number | null | undefined;
  readonly quotaBytes?: number | null | undefined;
}

const stillThere = (id: CameraId) => and(eq(cameras.id, id), isNull(cameras.removedMs));

interface JoinedRow {
  camera: typeof cameras.$inferSelect;
  stream: typeof streams.$inferSelect;
  sealed: Uint8Array | null;
}

/** A sub stream is never a test pattern: a row that says so is of none. */
const noSub = { source: 'test-pattern', url: null } as const;

type Transaction = Parameters<Parameters<Catalog['orm']['transaction']>[0]>[0];

function isThere(tx: Transaction, id: CameraId): boolean {
  return tx.select({ id: cameras.id }).from(cameras).where(stillThere(id)).get() !== undefined;
}

function forgetSignIns(tx: Transaction, ofStreams: SQL | undefined): void {
  const numbers = tx.select({ number: streams.number }).from(streams).where(ofStreams);
  tx.delete(credentials).where(inArray(credentials.streamNumber, numbers)).run();
}

/** A camera has one stream of each role: one that was there before gets the new address and sign-in. */
function putStream(tx: Transaction, cameraId: CameraId, { id, role, sealed, ...stream }: StreamRow): void {
  const address = { source: stream.source, url: stream.url ?? null, transport: stream.transport };
  const { number } = tx
    .insert(streams)
    .values({ id, cameraId, role, ...address })
    .onConflictDoUpdate({ target: [streams.cameraId, streams.role], set: address })
    .returning({ number: streams.number })
    .get();
  if (sealed !== undefined) {
    tx.insert(credentials)
      .values({ streamNumber: number, sealed: Buffer.from(sealed) })
      .run();
  }
}

function toCamera({ camera, stream, sealed }: JoinedRow, sub: JoinedRow | undefined): CameraRow {
  return {
    id: camera.id,
    name: camera.name,
    recording: camera.recording,
    createdMs: camera.createdMs,
    retention: { keepDays: camera.keepDays ?? undefined, quotaBytes: camera.quotaBytes ?? undefined },
    stream: toStream(stream, sealed),
    ...(sub === undefined ? {} : { sub: toStream(sub.stream, sub.sealed) }),
  };
}

function toStream(
  { id, role, source, url, transport }: JoinedRow['stream'],
  sealed: Uint8Array | null,
): StreamRow {
  return { id, role, source, url: url ?? undefined, transport, sealed: sealed ?? undefined };
}
