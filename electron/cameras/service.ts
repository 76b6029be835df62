// Cameras: added, renamed, removed, switched; each change reaches its own recorder and no other.

import type { Recorders } from '../../recorder/capture/recorders.ts';
import { signInTooLong } from '../../recorder/ffmpeg/input-list.ts';
import type { StreamSource } from '../../recorder/ffmpeg/source.ts';
import type { Clocks } from '../../recorder/model/clock.ts';
import type { StorageSaver } from '../../recorder/model/encoding.ts';
import type { TrackLayout } from '../../recorder/model/footage.ts';
import { type CameraId, newId, type StreamId } from '../../recorder/model/ids.ts';
import type { Log } from '../../recorder/model/log.ts';
import { continuously, type RecordingMode } from '../../recorder/model/modes.ts';
import type { StreamState, StreamTransport } from '../../recorder/model/states.ts';
import type { CameraRow, CameraRows, RetentionRow, StreamRow } from '../catalog/cameras.ts';
import type { ModeRows } from '../catalog/modes.ts';
import { LookoutError } from '../contract/errors.ts';
import type { ModeInput } from '../contract/modes.ts';
import type { Camera, ConnectionTest } from '../contract/shapes.ts';
import type { EventBoard } from '../events/event-board.ts';
import type { SecretBox } from './secret-box.ts';
import { readSourceUrl, type SourceAddress, type SourceSecret } from './source-url.ts';

/** Cameras of one station; the recorder is measured for a hundred on a small machine. */
export const cameraLimit = 256;
/** Connection tests at once: each is an FFmpeg for some seconds. */
export const testsLimit = 4;

export interface NewSource {
  readonly url: string;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  readonly transport: StreamTransport;
}

export interface CameraParts {
  readonly rows: CameraRows;
  readonly modes: ModeRows;
  readonly recorders: Pick<Recorders, 'set' | 'remove' | 'state' | 'picture'>;
  readonly secrets: SecretBox;
  readonly board: EventBoard;
  readonly clocks: Clocks;
  readonly log: Log;
  /** Connects and looks; rejects with LookoutError RECORDER_MISSING. */
  readonly test: (source: StreamSource, signal: AbortSignal) => Promise<ConnectionTest>;
}

/** Everything throws LookoutError for what it refuses. */
export class CameraService {
  readonly #parts: CameraParts;
  readonly #unreadable = new Set<StreamId>();
  #testsRunning = 0;

  constructor(parts: CameraParts) {
    this.#parts = parts;
  }

  /** Hands every stored camera to its recorder; called once, at start. */
  start(): void {
    for (const row of this.#parts.rows.list()) this.#record(row);
  }

  list(): Camera[] {
    return this.#parts.rows.list().map((row) => this.#toCamera(row));
  }

  /** The streams of all cameras that are not removed. */
  streamIds(): ReadonlySet<StreamId> {
    return new Set(this.#parts.rows.list().map((row) => row.stream.id));
  }

  /** Cameras whose stored sign-in cannot be opened any more, by name. */
  withUnreadableSignIn(): string[] {
    return this.#parts.rows
      .list()
      .filter((row) => this.#unreadable.has(row.stream.id))
      .map((row) => row.name);
  }

  async test(input: NewSource, signal: AbortSignal): Promise<ConnectionTest> {
    const source = toSource(readAddress(input), input.transport);
    if (this.#testsRunning >= testsLimit) {
      throw new LookoutError('NOT_ALLOWED', 'Other connection tests are still running.', {
        hint: 'Try again in some seconds.',
      });
    }
    this.#testsRunning++;
    try {
      return await this.#parts.test(source, signal);
    } finally {
      this.#testsRunning--;
    }
  }

  add(input: NewSource & { readonly name: string; readonly recording: boolean }): Camera {
    const { kind, url, secret } = readAddress(input);
    const sealed = secret === undefined ? undefined : this.#parts.secrets.seal(JSON.stringify(secret));
    return this.#insert(input.name, input.recording, {
      source: kind,
      url,
      transport: input.transport,
      sealed,
    });
  }

  addTestPattern(name: string): Camera {
    return this.#insert(name, true, { source: 'test-pattern', transport: 'tcp' });
  }

  rename(cameraId: CameraId, name: string): Camera {
    this.#checkName(name, cameraId);
    const result = this.#parts.rows.rename(cameraId, name);
    if (result === 'name-taken') throw nameTaken();
    return this.#publish(this.#get(cameraId));
  }

  /** The row goes first: whatever happens then, the camera is not recorded again. Resolves when its recorder ended. */
  async remove(cameraId: CameraId): Promise<void> {
    const { stream } = this.#get(cameraId);
    this.#parts.rows.remove(cameraId, this.#parts.clocks.wall.nowMs());
    this.#unreadable.delete(stream.id);
    this.#parts.board.forget(stream.id);
    this.#parts.board.publish({ kind: 'camera-removed', cameraId });
    await this.#parts.recorders.remove(stream.id);
  }

  /** Off ends recording by hand as well; on goes back to the mode it had. */
  setRecording(cameraId: CameraId, recording: boolean): Camera {
    if (!this.#parts.rows.setRecording(cameraId, recording)) throw notFound();
    const stored = this.#parts.modes.mode(cameraId);
    if (!recording && stored?.manualUntilMs !== undefined) {
      this.#parts.modes.setMode(cameraId, { ...stored, manualUntilMs: undefined });
    }
    return this.#apply(cameraId);
  }

  setMode(cameraId: CameraId, { kind, ...more }: ModeInput): Camera {
    const before = this.#mode(this.#get(cameraId));
    const { manualUntilMs } = before;
    const kept = kind === 'off' ? this.#parts.modes.mode(cameraId)?.kind : kind;
    this.#parts.modes.setMode(cameraId, { kind: kept ?? 'continuous', ...more, manualUntilMs });
    return this.setRecording(cameraId, kind !== 'off');
  }

  /** `forMs` from now on; 0 ends it. */
  recordByHand(cameraId: CameraId, forMs: number): Camera {
    this.#get(cameraId);
    const manualUntilMs = forMs === 0 ? undefined : this.#parts.clocks.wall.nowMs() + forMs;
    const stored = this.#parts.modes.mode(cameraId) ?? { ...continuously, kind: 'continuous' };
    this.#parts.modes.setMode(cameraId, { ...stored, manualUntilMs });
    return this.#apply(cameraId);
  }

  setSaver(cameraId: CameraId, saver: StorageSaver | undefined): Camera {
    this.#get(cameraId);
    this.#parts.modes.setSaver(cameraId, saver);
    return this.#apply(cameraId);
  }

  #apply(cameraId: CameraId): Camera {
    const row = this.#get(cameraId);
    this.#record(row);
    return this.#publish(row);
  }

  #mode({ id, recording }: CameraRow): RecordingMode {
    const stored = this.#parts.modes.mode(id) ?? continuously;
    return recording ? stored : { ...stored, kind: 'off' };
  }

  setRetention(cameraId: CameraId, retention: RetentionRow): Camera {
    if (!this.#parts.rows.setRetention(cameraId, retention)) throw notFound();
    return this.#publish(this.#get(cameraId));
  }

  /** A recorder learned what its stream carries: every window is told of the camera's new picture. */
  pictureChanged(streamId: StreamId): void {
    const row = this.#parts.rows.list().find((each) => each.stream.id === streamId);
    if (row !== undefined) this.#publish(row);
  }

  #insert(name: string, recording: boolean, stream: Omit<StreamRow, 'id' | 'role'>): Camera {
    this.#checkName(name);
    const row: CameraRow = {
      id: newId(),
      name,
      recording,
      createdMs: this.#parts.clocks.wall.nowMs(),
      retention: {},
      stream: { id: newId(), role: 'main', ...stream },
    };
    const result = this.#parts.rows.add(row, cameraLimit);
    if (result === 'name-taken') throw nameTaken();
    if (result === 'too-many') {
      throw new LookoutError('TOO_MANY_CAMERAS', `A station has at most ${cameraLimit} cameras.`);
    }
    this.#record(row);
    return this.#publish(row);
  }

  /** The catalog compares names byte by byte, ASCII case aside; people also read `É` and `é`, `ﬁ` and `fi` as one. */
  #checkName(name: string, except?: CameraId): void {
    const wanted = nameKey(name);
    const owner = this.#parts.rows.list().find((row) => row.id !== except && nameKey(row.name) === wanted);
    if (owner !== undefined) throw nameTaken();
  }

  #get(cameraId: CameraId): CameraRow {
    const row = this.#parts.rows.get(cameraId);
    if (row === undefined) throw notFound();
    return row;
  }

  #publish(row: CameraRow): Camera {
    const camera = this.#toCamera(row);
    this.#parts.board.publish({ kind: 'camera', camera });
    return camera;
  }

  #record(row: CameraRow): void {
    const { id: streamId, role, source, url = '', transport } = row.stream;
    this.#parts.recorders.set({
      place: { streamId, cameraId: row.id, role },
      source:
        source === 'test-pattern'
          ? { kind: source }
          : toSource({ kind: source, url, secret: this.#openSecret(row.stream) }, transport),
      mode: this.#mode(row),
      saver: this.#parts.modes.saver(row.id),
    });
  }

  #openSecret(stream: StreamRow): SourceSecret | undefined {
    if (stream.sealed === undefined) return undefined;
    try {
      // Authenticated by the box: it can only be what we sealed.
      return JSON.parse(this.#parts.secrets.open(stream.sealed)) as SourceSecret;
    } catch {
      this.#unreadable.add(stream.id);
      this.#parts.log.error({ stream: stream.id }, 'a stored sign-in cannot be opened');
      return undefined;
    }
  }

  #toCamera(row: CameraRow): Camera {
    const state: StreamState = this.#parts.recorders.state(row.stream.id);
    const layout = this.#parts.recorders.picture(row.stream.id);
    const saver = this.#parts.modes.saver(row.id);
    return {
      id: row.id,
      name: row.name,
      recording: row.recording,
      mode: shownMode(this.#mode(row)),
      ...(saver === undefined ? {} : { saver }),
      createdMs: row.createdMs,
      retention: row.retention,
      streamId: row.stream.id,
      source: shownSource(row.stream),
      state,
      ...(layout === undefined ? {} : { picture: shownPicture(layout) }),
    };
  }
}

function readAddress(input: NewSource): SourceAddress {
  const result = readSourceUrl(input.url, input);
  if (!result.ok) {
    const { message, hint, field } = result;
    throw new LookoutError('INVALID_INPUT', message, { field, ...(hint === undefined ? {} : { hint }) });
  }
  if (signInTooLong(toSource(result.address, input.transport))) {
    throw new LookoutError('INVALID_INPUT', 'User and password together are too long for RTSP.', {
      field: 'password',
      hint: 'Give the camera a shorter password.',
    });
  }
  return result.address;
}

function toSource({ kind, url: shown, secret }: SourceAddress, transport: StreamTransport): StreamSource {
  const url = secret?.url ?? shown;
  const { username, password = '' } = secret ?? {};
  const signIn = username === undefined ? {} : { signIn: { username, password } };
  return kind === 'rtsp' ? { kind, url, transport, ...signIn } : { kind, url, ...signIn };
}

function shownSource({ source, url = '', transport, sealed }: StreamRow): Camera['source'] {
  const signsIn = sealed !== undefined;
  if (source === 'test-pattern') return { kind: source };
  return source === 'rtsp' ? { kind: source, url, transport, signsIn } : { kind: source, url, signsIn };
}

function shownMode({ week, ...mode }: RecordingMode): Camera['mode'] {
  return { ...mode, week: [...week] };
}

function shownPicture({ video, audio }: TrackLayout): NonNullable<Camera['picture']> {
  return {
    videoCodec: video.codec,
    width: video.width,
    height: video.height,
    ...(audio === undefined ? {} : { audioCodec: audio.codec }),
  };
}

const nameKey = (name: string) => name.normalize('NFKC').toLowerCase();

const nameTaken = () => new LookoutError('NAME_TAKEN', 'Another camera has this name.', { field: 'name' });

const notFound = () =>
  new LookoutError('CAMERA_NOT_FOUND', 'There is no such camera.', {
    hint: 'It may have been removed in another window.',
    field: 'cameraId',
  });
