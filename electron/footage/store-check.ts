// `check`: proves the numbered invariants of the footage store (docs/architecture.md) from outside, reading only. The station
// may be running.

import { readdir } from 'node:fs/promises';
import SqliteDatabase, { type Database } from 'better-sqlite3';
import { dayMs, type EpochMs } from '../../recorder/model/clock.ts';
import { type CameraId, isId, type StreamId, type VolumeId } from '../../recorder/model/ids.ts';
import { listDay, listDays } from '../../recorder/segments/store-listing.ts';
import { openVolume } from '../../recorder/segments/volume.ts';
import { brokenLinks } from '../catalog/chain.ts';
import { findHoles } from '../catalog/holes.ts';
import { brokenDerivations, overlaps, unlawfulGarbage } from '../catalog/store-rules.ts';
import { fromTheBegin, type StoredFile, StoredFiles } from '../catalog/stored-files.ts';
import { inspect } from './inspect.ts';

/** Whose files are read and hashed: all, one thirtieth, or none. */
export type HashedPart = 'all' | 'none' | number;

export const parts = 30;
const pageLimit = 512;
/** What is listed of each kind of trouble; the rest is counted. */
const examplesLimit = 100;

export interface Finding {
  /** `1` to `5`: the store's invariants; `catalog`, `chain`, `derived`: what they rest on. */
  readonly rule: '1' | '2' | '3' | '4' | '5' | 'catalog' | 'chain' | 'derived';
  readonly about: string;
  /** How many rows, files or stretches were looked at. */
  readonly looked: number;
  readonly broken: number;
  readonly examples: readonly string[];
}

export interface CheckedVolume {
  readonly name: string;
  readonly state: 'ready' | 'missing' | 'swapped' | 'unreadable';
  readonly files: number;
  readonly bytes: number;
  readonly hashedBytes: number;
}

export interface CheckReport {
  /** True when everything that could be looked at is as it should be. */
  readonly isSound: boolean;
  /** False when a volume was not there. */
  readonly isComplete: boolean;
  readonly findings: readonly Finding[];
  readonly volumes: readonly CheckedVolume[];
  /** Files without a row that the next start, or the station that runs, will take in. */
  readonly awaited: number;
}

/** Throws an error of SQLite when there is no catalog that can be read. */
export async function checkStore(catalogFile: string, part: HashedPart): Promise<CheckReport> {
  const database = new SqliteDatabase(catalogFile, { readonly: true, fileMustExist: true });
  try {
    return await new StoreCheck(database, part).run();
  } finally {
    database.close();
  }
}

class Tally {
  looked = 0;
  broken = 0;
  readonly examples: string[] = [];
  readonly rule: Finding['rule'];
  readonly about: string;

  constructor(rule: Finding['rule'], about: string) {
    this.rule = rule;
    this.about = about;
  }

  add(example: string): void {
    this.broken += 1;
    if (this.examples.length < examplesLimit) this.examples.push(example);
  }

  of(examples: readonly string[], looked: number): this {
    this.looked = looked;
    for (const example of examples) this.add(example);
    return this;
  }
}

interface StreamRow {
  readonly number: number;
  readonly id: StreamId;
  readonly cameraId: CameraId;
  readonly role: 'main' | 'sub';
  /** Start of the newest row. */
  readonly newestMs: EpochMs | null;
}

class StoreCheck {
  readonly #database: Database;
  readonly #part: HashedPart;
  readonly #files: StoredFiles;
  readonly #one = new Tally('1', 'A row means a file with exactly that length and SHA-256.');
  readonly #two = new Tally('2', 'Every media file is named by a row or the garbage, or lies in quarantine.');
  #awaited = 0;

  constructor(database: Database, part: HashedPart) {
    this.#database = database;
    this.#part = part;
    this.#files = new StoredFiles({ database });
  }

  async run(): Promise<CheckReport> {
    const database = this.#database;
    const volumes: CheckedVolume[] = [];
    for (const row of this.#volumes()) volumes.push(await this.#volume(row));
    const segments = this.#count('SELECT count(*) FROM segments');
    const problem = String(
      database.pragma(this.#part === 'all' ? 'integrity_check(1)' : 'quick_check(1)', { simple: true }),
    );
    const links = brokenLinks({ database });
    const findings = [
      new Tally('catalog', 'The catalog is a sound database.').of(problem === 'ok' ? [] : [problem], 1),
      this.#one,
      this.#two,
      new Tally('3', 'Two segments of one stream never overlap in time.').of(overlaps(database), segments),
      new Tally('4', 'A locked segment never goes to the garbage.').of(
        unlawfulGarbage(database),
        this.#count('SELECT count(*) FROM garbage'),
      ),
      new Tally('5', 'Between two stretches of footage a gap says why there is none.').of(
        findHoles({ database }).map(
          ({ stream, startMs, endMs }) => `stream ${stream} from ${startMs} to ${endMs}`,
        ),
        this.#count('SELECT count(*) FROM coverage'),
      ),
      new Tally('chain', 'Each segment holds the hash chain of the one before.').of(
        links.map(({ streamId, startMs }) => `${streamId} ${startMs}`),
        segments,
      ),
      new Tally('derived', 'Coverage and sizes are what the segments make them.').of(
        brokenDerivations(database),
        segments,
      ),
    ];
    return {
      isSound: findings.every(({ broken }) => broken === 0),
      isComplete: volumes.every(({ state }) => state === 'ready'),
      findings: findings.map(({ rule, about, looked, broken, examples }) => ({
        rule,
        about,
        looked,
        broken,
        examples,
      })),
      volumes,
      awaited: this.#awaited,
    };
  }

  #volumes() {
    return this.#database
      .prepare<[], { id: VolumeId; name: string; folder: string }>(
        'SELECT id, name, folder FROM volumes ORDER BY number',
      )
      .all();
  }

  #count(sql: string): number {
    return this.#database.prepare<[], number>(sql).pluck().get() ?? 0;
  }

  async #volume({
    id,
    name,
    folder,
  }: {
    id: VolumeId;
    name: string;
    folder: string;
  }): Promise<CheckedVolume> {
    const opened = await openVolume(folder, id);
    if (!opened.ok) return { name, state: opened.reason, files: 0, bytes: 0, hashedBytes: 0 };
    const sum = { files: 0, bytes: 0, hashedBytes: 0 };
    let position = fromTheBegin;
    for (;;) {
      const { files, next } = this.#files.page(id, position, pageLimit);
      if (files.length === 0) break;
      position = next;
      for (const file of files) {
        const hash = this.#isInPart(file);
        await this.#row(id, folder, file, hash);
        sum.files += 1;
        sum.bytes += file.sizeBytes;
        if (hash) sum.hashedBytes += file.sizeBytes;
      }
    }
    await this.#unnamed(id, folder);
    return { name, state: 'ready', ...sum };
  }

  #isInPart({ startMs, streamNumber }: StoredFile): boolean {
    if (typeof this.#part === 'string') return this.#part === 'all';
    return (Math.floor(startMs / 1_000) + streamNumber) % parts === this.#part - 1;
  }

  async #row(id: VolumeId, folder: string, file: StoredFile, hash: boolean): Promise<void> {
    this.#one.looked += 1;
    const found = await inspect(folder, file, hash);
    // Retention of a station that runs may have deleted it meanwhile.
    if (found !== 'sound' && this.#files.isStill(id, file)) this.#one.add(`${found}: ${file.path}`);
  }

  async #unnamed(id: VolumeId, folder: string): Promise<void> {
    const isKnown = this.#database.prepare<[number, EpochMs, VolumeId]>(
      `SELECT 1 FROM segments JOIN volumes ON volumes.number = volume_number
       WHERE stream_number = ? AND start_ms = ? AND volumes.id = ?`,
    );
    const isGarbage = this.#database.prepare<[VolumeId, string]>(
      'SELECT 1 FROM garbage JOIN volumes ON volumes.number = volume_number WHERE volumes.id = ? AND path = ?',
    );
    for (const stream of await this.#streamsOn(id, folder)) {
      const place = { streamId: stream.id, cameraId: stream.cameraId, role: stream.role };
      const { days, foreign } = await listDays(folder, place, 0);
      for (const relative of foreign) this.#two.add(`foreign: ${relative}`);
      for (const day of days) {
        const listing = await listDay(folder, place, day);
        for (const relative of listing.foreign) this.#two.add(`foreign: ${relative}`);
        for (const { path: relative, startMs } of listing.segments) {
          this.#two.looked += 1;
          if (isKnown.get(stream.number, startMs, id) ?? isGarbage.get(id, relative)) continue;
          if (startMs >= (stream.newestMs ?? 0) || this.#isToBeRead(id)) this.#awaited += 1;
          else this.#two.add(`unnamed: ${relative}`);
        }
      }
    }
  }

  /** Those that have a folder there; a folder of a camera that no row knows is broken as a whole. */
  async #streamsOn(id: VolumeId, folder: string): Promise<StreamRow[]> {
    const streams = this.#database
      .prepare<[VolumeId], StreamRow>(
        `SELECT number, id, camera_id AS cameraId, role, (SELECT max(start_ms) FROM segments
           WHERE stream_number = number AND volume_number = (SELECT number FROM volumes WHERE id = ?)) AS newestMs
         FROM streams`,
      )
      .all(id);
    for (const entry of await readdir(folder)) {
      const isCamera = isId(entry);
      if (isCamera && !streams.some(({ cameraId }) => cameraId === entry))
        this.#two.add(`unknown camera: ${entry}`);
    }
    return streams;
  }

  /** The station has it on its list of volumes to read in. */
  #isToBeRead(id: VolumeId): boolean {
    const list = this.#database
      .prepare<[], string>(`SELECT value FROM settings WHERE name = 'volumesToRead'`)
      .pluck()
      .get();
    return list?.includes(id) === true;
  }
}

/** What this day's turn is when every day one thirtieth is read. */
export function partOfDay(nowMs: EpochMs): number {
  return (Math.floor(nowMs / dayMs) % parts) + 1;
}

/** In words, one line each. */
export function reportLines(report: CheckReport): string[] {
  const lines = report.volumes.map(({ name, state, files, bytes, hashedBytes }) =>
    state === 'ready'
      ? `Volume “${name}”: ${files} files, ${megabytes(bytes)}, of which ${megabytes(hashedBytes)} were read and hashed.`
      : `Volume “${name}” could not be looked at: ${state}.`,
  );
  for (const { rule, about, looked, broken, examples } of report.findings) {
    const name = /^\d$/.test(rule) ? `Invariant ${rule}` : rule;
    lines.push(
      `${broken === 0 ? 'ok    ' : 'BROKEN'} ${name}: ${about} (${looked} looked at, ${broken} broken)`,
    );
    lines.push(...examples.map((example) => `         ${example}`));
  }
  if (report.awaited > 0) lines.push(`${report.awaited} files wait for a row: the station takes them in.`);
  return lines;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

export function isPart(text: string): boolean {
  return /^\d{1,2}$/.test(text) && Number(text) >= 1 && Number(text) <= parts;
}
