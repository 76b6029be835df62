// What the catalog says of cameras and volumes, as plain values that are kept beside the footage, and rows made from them
// again when the catalog is lost. Never a sign-in: those are only in the catalog.

import path from 'node:path';
import * as z from 'zod';
import type { EpochMs } from '../../recorder/model/clock.ts';
import { type CameraId, isId, newId, type StreamId } from '../../recorder/model/ids.ts';
import type { Catalog } from './open.ts';

const Cell = z.union([z.string().max(10_000), z.number(), z.null()]);
const Row = z.record(z.string().regex(/^[a-z_]{1,40}$/), Cell);
type Row = z.infer<typeof Row>;

/** Tables of settings that a camera may have rows in, by its id. */
const settingsTables = ['motion_settings', 'recording_modes', 'storage_savers'] as const;

/** One camera with all that belongs to it: rows by the names of their columns, so that what a later schema adds goes with them. */
export const CameraDescription = z.object({
  camera: Row,
  streams: z.array(Row).max(10),
  /** Evidence locks that hold. */
  locks: z.array(Row).max(20_000),
  /** Rows of other tables that are about the camera as such. */
  settings: z.partialRecord(z.enum(settingsTables), z.array(Row).max(100)),
});
export type CameraDescription = z.infer<typeof CameraDescription>;

export const StationDescription = z.object({ volumes: z.array(Row).max(100) });
export type StationDescription = z.infer<typeof StationDescription>;

/** Every camera, removed ones too: their footage stays. */
export function describeCameras({ database }: Catalog): CameraDescription[] {
  const rows = (sql: string, id: string) => database.prepare<[string], Row>(sql).all(id);
  const cameras = database.prepare<[], Row>('SELECT * FROM cameras ORDER BY created_ms, id').all();
  return cameras.map((camera) => {
    const id = String(camera['id']);
    const tables = settingsTables.filter((table) => columnsOf(database, table).length > 0);
    const settings = tables.map(
      (table) => [table, rows(`SELECT * FROM ${table} WHERE camera_id = ?`, id)] as const,
    );
    return {
      camera,
      streams: rows(
        `SELECT streams.*, EXISTS (SELECT 1 FROM credentials WHERE stream_number = streams.number) AS signs_in
         FROM streams WHERE camera_id = ? ORDER BY number`,
        id,
      ).map(({ number: _number, ...stream }) => stream),
      locks: rows('SELECT * FROM evidence_locks WHERE camera_id = ? AND released_ms IS NULL ORDER BY id', id),
      settings: Object.fromEntries(settings),
    };
  });
}

export function describeStation({ database }: Catalog): StationDescription {
  const volumes = database.prepare<[], Row>('SELECT * FROM volumes ORDER BY number').all();
  return { volumes: volumes.map(({ number: _number, ...volume }) => volume) };
}

/** What rows were made of descriptions. */
export interface Adopted {
  readonly cameras: number;
  readonly locks: number;
  /** Names of cameras whose sign-in is lost with the catalog. */
  readonly withoutSignIn: readonly string[];
}

/**
 * Makes rows of what the catalog does not know; what it knows stays as it is. A description that the schema refuses is
 * left out, one that is half usable is used by half: footage must not be lost because of what is said about it.
 */
export function adoptCameras(catalog: Catalog, descriptions: readonly CameraDescription[]): Adopted {
  const { database } = catalog;
  let cameras = 0;
  let locks = 0;
  const withoutSignIn: string[] = [];
  for (const { camera, streams, locks: held, settings } of descriptions) {
    const id = String(camera['id']);
    if (!isId(id)) continue;
    if (
      !has(database, 'cameras', id) &&
      insert(database, 'cameras', { ...camera, name: freeName(database, camera) })
    ) {
      cameras += 1;
      if (streams.some((stream) => stream['signs_in'] === 1)) withoutSignIn.push(String(camera['name']));
    }
    for (const stream of streams) {
      if (isId(String(stream['id']))) insert(database, 'streams', { ...stream, camera_id: id });
    }
    for (const lock of held) {
      if (isId(String(lock['id'])) && insert(database, 'evidence_locks', { ...lock, camera_id: id }))
        locks += 1;
    }
    for (const [table, rows] of Object.entries(settings)) {
      for (const row of rows) insert(database, table, { ...row, camera_id: id });
    }
  }
  return { cameras, locks, withoutSignIn };
}

/** A camera of which nothing is left but its footage. Its address leads nowhere (RFC 6761, `.invalid`). */
export function adoptNameless(
  catalog: Catalog,
  id: CameraId,
  roles: readonly string[],
  nowMs: EpochMs,
): boolean {
  const { database } = catalog;
  if (has(database, 'cameras', id)) return false;
  const name = freeName(database, { name: 'Recovered camera' });
  const row = { id, name, recording: 0, created_ms: nowMs };
  if (!insert(database, 'cameras', row)) return false;
  // Without a main stream the desk would not list it.
  for (const role of new Set(['main', ...roles])) {
    const stream = { id: newId<StreamId>(), camera_id: id, role, source: 'rtsp', transport: 'tcp' };
    insert(database, 'streams', { ...stream, url: `rtsp://${id}.camera.invalid/` });
  }
  return true;
}

export function adoptVolumes(catalog: Catalog, { volumes }: StationDescription): void {
  for (const volume of volumes) {
    const isUsable = isId(String(volume['id'])) && path.isAbsolute(String(volume['folder']));
    if (isUsable) insert(catalog.database, 'volumes', volume);
  }
}

type Database = Catalog['database'];

function columnsOf(database: Database, table: string): string[] {
  return database.prepare<[string], string>('SELECT name FROM pragma_table_info(?)').pluck().all(table);
}

function has(database: Database, table: 'cameras', id: string): boolean {
  return database.prepare(`SELECT 1 FROM ${table} WHERE id = ?`).get(id) !== undefined;
}

/** The columns that the table has; false when there is such a row already or the schema refuses it. */
function insert(database: Database, table: string, row: Row): boolean {
  const columns = columnsOf(database, table).filter((column) => row[column] !== undefined);
  if (columns.length === 0) return false;
  const sql = `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`;
  try {
    return (
      database.prepare(`${sql} ON CONFLICT DO NOTHING`).run(columns.map((column) => row[column])).changes ===
      1
    );
  } catch {
    return false;
  }
}

/** Its own name, or the first of `name (2)`, `name (3)`, … that no other camera has. */
function freeName(database: Database, camera: Row): string {
  const wanted = String(camera['name'] ?? 'Recovered camera');
  const taken = new Set(
    database.prepare<[], string>('SELECT lower(name) FROM cameras WHERE removed_ms IS NULL').pluck().all(),
  );
  let name = wanted;
  for (let count = 2; taken.has(name.toLowerCase()); count += 1) name = `${wanted} (${count})`;
  return name;
}
