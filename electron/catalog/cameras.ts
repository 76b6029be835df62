// Rows of cameras with their stream and sealed sign-in.

import { and, asc, eq, isNull } from 'drizzle-orm';
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
}

/** Where a stream's files lie, also of cameras that were removed: their footage stays. */
export interface StreamPlaceRow {
  readonly streamId: StreamId;
  readonly cameraId: CameraId;
  readonly role: 'main' | 'sub';
}

/** A name belongs to one camera that is not removed, capital letters of ASCII aside. */
export class CameraRows {
  readonly #catalog: Catalog;

  constructor(catalog: Catalog) {
    this.#catalog = catalog;
  }

  /** All cameras that are not removed, oldest first. */
  list(): CameraRow[] {
    return this.#select().orderBy(asc(cameras.createdMs), asc(cameras.id)).all().map(toCamera);
  }

  get(id: CameraId): CameraRow | undefined {
    const row = this.#select(id).get();
    return row === undefined ? undefined : toCamera(row);
  }

  /** Camera, stream and sign-in in one transaction; at most `limit` cameras that are not removed. */
  add(
    camera: Omit<CameraRow, 'retention'> & Partial<CameraRow>,
    limit: number,
  ): 'added' | 'name-taken' | 'too-many' {
    const { orm } = this.#catalog;
    return orm.transaction(
      (tx) => {
        if (this.list().length >= limit) return 'too-many';
        if (this.#nameTaken(camera.name)) return 'name-taken';
        const { stream, retention, ...row } = camera;
        tx.insert(cameras)
          .values({ ...row, ...retention })
          .run();
        const { number } = tx
          .insert(streams)
          .values({
            id: stream.id,
            cameraId: camera.id,
            role: stream.role,
            source: stream.source,
            url: stream.url ?? null,
            transport: stream.transport,
          })
          .returning({ number: streams.number })
          .get();
        if (stream.sealed !== undefined) {
          tx.insert(credentials)
            .values({ streamNumber: number, sealed: Buffer.from(stream.sealed) })
            .run();
        }
        return 'added';
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
        const ofCamera = tx
          .select({ number: streams.number })
          .from(streams)
          .where(eq(streams.cameraId, id))
          .all();
        for (const { number } of ofCamera)
          tx.delete(credentials).where(eq(credentials.streamNumber, number)).run();
        return tx.update(cameras).set({ removedMs: nowMs }).where(stillThere(id)).run().changes === 1;
      },
      { behavior: 'immediate' },
    );
  }

  /** Of every stream that may have files, removed cameras included. */
  streamPlaces(): StreamPlaceRow[] {
    return this.#catalog.orm
      .select({ streamId: streams.id, cameraId: streams.cameraId, role: streams.role })
      .from(streams)
      .orderBy(asc(streams.number))
      .all();
  }

  #select(id?: CameraId) {
    return this.#catalog.orm
      .select({ camera: cameras, stream: streams, sealed: credentials.sealed })
      .from(cameras)
      .innerJoin(streams, eq(streams.cameraId, cameras.id))
      .leftJoin(credentials, eq(credentials.streamNumber, streams.number))
      .where(
        and(
          isNull(cameras.removedMs),
          eq(streams.role, 'main'),
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

function toCamera({ camera, stream, sealed }: JoinedRow): CameraRow {
  return {
    id: camera.id,
    name: camera.name,
    recording: camera.recording,
    createdMs: camera.createdMs,
    retention: { keepDays: camera.keepDays ?? undefined, quotaBytes: camera.quotaBytes ?? undefined },
    stream: {
      id: stream.id,
      role: stream.role,
      source: stream.source,
      url: stream.url ?? undefined,
      transport: stream.transport,
      sealed: sealed ?? undefined,
    },
  };
}
