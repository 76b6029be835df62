// Cameras: added, renamed, removed, switched; each change reaches its own recorder and no other.

import type { Recorders } from '../../recorder/capture/recorders.ts';
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
import { nameKey } from '../contract/text.ts';
import type { EventBoard } from '../events/event-board.ts';
import { readChangedAddress, readChangedSub } from './changed-source.ts';
import type { SecretBox } from './secret-box.ts';
import type { SourceAddress, SourceSecret } from './source-url.ts';
import { type NewSource, readAddress, readSubAddress, toSource } from './stream-source.ts';

/** Cameras of one station; the recorder is measured for a hundred on a small machine. */
export const cameraLimit = 256;
/** Connection tests at once: each is an FFmpeg for some seconds. */
export const testsLimit = 4;

export interface NewCamera extends NewSource {
  readonly name: string;
  readonly recording: boolean;
  /** Of its smaller picture. */
  readonly subUrl?: string | undefined;
}

/** What a camera's source is changed to; `transport` left out stays. */
export type ChangedSource = Omit<NewSource, 'transport'> & {
  readonly transport?: StreamTransport | undefined;
};

export interface CameraParts {
  readonly rows: CameraRows;
  readonly modes: ModeRows;
  readonly recorders: Pick<Recorders, 'set' | 'setWatched' | 'remove' | 'state' | 'picture'>;
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
    return new Set(this.#parts.rows.list().flatMap(streamIdsOf));
  }

  /** Cameras whose stored sign-in cannot be opened any more; `sub` where that of the camera itself can. */
  withUnreadableSignIn(): { readonly name: string; readonly role: StreamRow['role'] }[] {
    return this.#parts.rows.list().flatMap(({ name, stream, sub }) => {
      const lost = [stream, sub].find((each) => each !== undefined && this.#unreadable.has(each.id));
      return lost === undefined ? [] : [{ name, role: lost.role }];
    });
  }

  /** Of the sub stream when its address is given; with `cameraId` as the source that the camera would be changed to. */
  async test(
    input: NewSource & Pick<NewCamera, 'subUrl'> & { readonly cameraId?: CameraId | undefined },
    signal: AbortSignal,
  ): Promise<ConnectionTest> {
    const { subUrl, transport, cameraId } = input;
    const main = cameraId === undefined ? readAddress(input) : this.#changed(this.#get(cameraId), input);
    const of = { url: main.url, transport };
    const address = subUrl === undefined ? main : readSubAddress(subUrl, of, main.secret, 'subUrl');
    return this.#test(toSource(address, transport), signal);
  }

  async testSub(cameraId: CameraId, url: string, signal: AbortSignal): Promise<ConnectionTest> {
    const row = this.#get(cameraId);
    return this.#test(toSource(this.#subAddress(row, url), row.stream.transport), signal);
  }

  async #test(source: StreamSource, signal: AbortSignal): Promise<ConnectionTest> {
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

  add(input: NewCamera): Camera {
    const { name, recording, transport, subUrl } = input;
    const address = readAddress(input);
    const of = { url: address.url, transport };
    const sub = subUrl === undefined ? undefined : readSubAddress(subUrl, of, address.secret, 'subUrl');
    const main = this.#streamOf('main', address, transport);
    return this.#insert(name, recording, main, sub && this.#streamOf('sub', sub, transport));
  }

  /**
   * Another address, sign-in or transport of the camera; its streams keep their ids. A sub stream on the same host that signed in
   * as the camera did still does; one elsewhere, or with a sign-in of its own, stays as it is.
   */
  setSource(cameraId: CameraId, { transport: wanted, ...input }: ChangedSource): Camera {
    const before = this.#get(cameraId);
    const { stream, sub } = before;
    const transport = wanted ?? stream.transport;
    const address = this.#changed(before, { ...input, transport });
    const changed = [this.#streamAfter(stream, address, transport)];
    if (sub !== undefined) {
      const subAddress = readChangedSub(this.#opened(sub), this.#opened(stream), address, transport);
      changed.push(this.#streamAfter(sub, subAddress, transport));
    }
    if (!this.#parts.rows.setSources(cameraId, changed)) throw notFound();
    for (const streamId of streamIdsOf(before)) this.#unreadable.delete(streamId);
    return this.#apply(cameraId);
  }

  #changed({ stream }: CameraRow, input: NewSource): SourceAddress {
    return readChangedAddress(input, this.#opened(stream));
  }

  #opened(stream: StreamRow) {
    return { url: stream.url, secret: this.#openSecret(stream) };
  }

  /** A sign-in that cannot be opened any more is kept as it is where nothing takes its place: its key may come back. */
  #streamAfter(before: StreamRow, address: SourceAddress | undefined, transport: StreamTransport): StreamRow {
    const isKept = address === undefined || (address.secret === undefined && address.url === before.url);
    if (isKept) return { ...before, transport };
    return { ...this.#streamOf(before.role, address, transport), id: before.id };
  }

  /** Another address of the camera's smaller picture; undefined takes it away. */
  setSub(cameraId: CameraId, url: string | undefined): Camera {
    const row = this.#get(cameraId);
    const { transport } = row.stream;
    const before = row.sub;
    const address = url === undefined ? undefined : this.#subAddress(row, url);
    if (!this.#parts.rows.setSub(cameraId, address && this.#streamOf('sub', address, transport)))
      throw notFound();
    if (before !== undefined) this.#unreadable.delete(before.id);
    if (address === undefined && before !== undefined) void this.#parts.recorders.remove(before.id);
    return this.#apply(cameraId);
  }

  /** The stored address as it is shown means the stored one, with the sign-in that is not shown. */
  #subAddress({ stream, sub }: CameraRow, url: string): SourceAddress {
    if (sub !== undefined && sub.source !== 'test-pattern' && sub.url === url) {
      const secret = this.#openSecret(sub);
      if (secret !== undefined) return { kind: sub.source, url, secret };
    }
    return readSubAddress(url, stream, this.#openSecret(stream));
  }

  #streamOf(
    role: StreamRow['role'],
    { kind, url, secret }: SourceAddress,
    transport: StreamTransport,
  ): StreamRow {
    const sealed = secret === undefined ? undefined : this.#parts.secrets.seal(JSON.stringify(secret));
    return { id: newId(), role, source: kind, url, transport, sealed };
  }

  addTestPattern(name: string): Camera {
    return this.#insert(name, true, { id: newId(), role: 'main', source: 'test-pattern', transport: 'tcp' });
  }

  rename(cameraId: CameraId, name: string): Camera {
    this.#checkName(name, cameraId);
    const result = this.#parts.rows.rename(cameraId, name);
    if (result === 'name-taken') throw nameTaken();
    return this.#publish(this.#get(cameraId));
  }

  /** The row goes first: whatever happens then, the camera is not recorded again. Resolves when its recorder ended. */
  async remove(cameraId: CameraId): Promise<void> {
    const streamIds = streamIdsOf(this.#get(cameraId));
    this.#parts.rows.remove(cameraId, this.#parts.clocks.wall.nowMs());
    for (const streamId of streamIds) {
      this.#unreadable.delete(streamId);
      this.#parts.board.forget(streamId);
    }
    this.#parts.board.publish({ kind: 'camera-removed', cameraId });
    await Promise.all(streamIds.map((streamId) => this.#parts.recorders.remove(streamId)));
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
    const row = this.#parts.rows.list().find((each) => streamIdsOf(each).includes(streamId));
    if (row !== undefined) this.#publish(row);
  }

  #insert(name: string, recording: boolean, stream: StreamRow, sub?: StreamRow): Camera {
    this.#checkName(name);
    const row: CameraRow = {
      id: newId(),
      name,
      recording,
      createdMs: this.#parts.clocks.wall.nowMs(),
      retention: {},
      stream,
      sub,
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
    const { recorders, modes } = this.#parts;
    const { id: cameraId, stream, sub } = row;
    recorders.set({
      place: { streamId: stream.id, cameraId, role: stream.role },
      source: this.#source(stream),
      mode: this.#mode(row),
      saver: modes.saver(cameraId),
    });
    if (sub === undefined) return;
    recorders.setWatched({ streamId: sub.id, cameraId, role: sub.role }, this.#source(sub));
  }

  #source(stream: StreamRow): StreamSource {
    const { source: kind, url = '', transport } = stream;
    if (kind === 'test-pattern') return { kind };
    return toSource({ kind, url, secret: this.#openSecret(stream) }, transport);
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
      ...(row.sub === undefined ? {} : { sub: this.#toSub(row.sub) }),
    };
  }

  #toSub(sub: StreamRow): NonNullable<Camera['sub']> {
    const layout = this.#parts.recorders.picture(sub.id);
    const picture = layout === undefined ? {} : { picture: shownPicture(layout) };
    return { streamId: sub.id, source: shownSource(sub), ...picture };
  }
}

const streamIdsOf = ({ stream, sub }: CameraRow) => (sub === undefined ? [stream.id] : [stream.id, sub.id]);

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

const nameTaken = () => new LookoutError('NAME_TAKEN', 'Another camera has this name.', { field: 'name' });

const notFound = () =>
  new LookoutError('CAMERA_NOT_FOUND', 'There is no such camera.', {
    hint: 'It may have been removed in another window.',
    field: 'cameraId',
  });
