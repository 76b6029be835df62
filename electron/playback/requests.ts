// The requests of a player: playlists, footage bytes and init sections, by id only.

import type { EpochMs } from '../../recorder/model/clock.ts';
import { isId, type StreamId } from '../../recorder/model/ids.ts';
import type { Log } from '../../recorder/model/log.ts';
import { errorCodes, LookoutError } from '../contract/errors.ts';
import { TimeMs } from '../contract/shapes.ts';
import { parseByteRange } from './byte-range.ts';
import { fileBody, openStored } from './file-body.ts';
import type { FootageFile, PlaybackService } from './service.ts';

/**
 * `GET` and `HEAD` of `/playlist/<streamId>.m3u8?from=<ms>[&settled=<ms>]`, `/footage/<streamId>/<startMs>.mp4`
 * (single `Range`, RFC 9110) and `/init/<number>.mp4`. Every refusal is JSON `{code, message, hint?, field?}` with the
 * status of its code; no message names a path. Who may ask is checked before.
 */
export class PlaybackRequests {
  readonly #playback: PlaybackService;
  readonly #log: Log;

  constructor(playback: PlaybackService, log: Log) {
    this.#playback = playback;
    this.#log = log;
  }

  /** Undefined when the address is none of ours. Never rejects. */
  async handle(request: Request): Promise<Response | undefined> {
    const url = new URL(request.url);
    const [, subject, ...rest] = url.pathname.split('/');
    if (subject !== 'playlist' && subject !== 'footage' && subject !== 'init') return undefined;
    try {
      if (request.method !== 'GET' && request.method !== 'HEAD') {
        throw new LookoutError('INVALID_INPUT', 'Footage can only be read.', { field: 'method' });
      }
      const answer = await this.#answer(subject, rest, url, request);
      if (request.method === 'GET') return answer;
      await answer.body?.cancel();
      return new Response(null, { status: answer.status, headers: answer.headers });
    } catch (error) {
      return this.#refusal(error);
    }
  }

  async #answer(
    subject: 'playlist' | 'footage' | 'init',
    rest: readonly string[],
    url: URL,
    request: Request,
  ): Promise<Response> {
    if (subject === 'playlist' && rest.length === 1) {
      return this.#playlist(streamIdFrom(stem(rest[0], '.m3u8', 'streamId')), url.searchParams);
    }
    if (subject === 'footage' && rest.length === 2) {
      const startMs = timeFrom(stem(rest[1], '.mp4', 'startMs'), 'startMs');
      return this.#footage(streamIdFrom(rest[0]), startMs, request.headers);
    }
    if (subject === 'init' && rest.length === 1) {
      const bytes = this.#playback.init(timeFrom(stem(rest[0], '.mp4', 'init'), 'init'));
      return whole(Uint8Array.from(bytes), 'video/mp4');
    }
    throw new LookoutError('INVALID_INPUT', 'This address has too many or too few parts.', {
      field: subject,
    });
  }

  #playlist(streamId: StreamId, query: URLSearchParams): Response {
    const fromMs = timeFrom(query.get('from'), 'from');
    const settledMs = query.has('settled') ? timeFrom(query.get('settled'), 'settled') : 0;
    const text = this.#playback.playlist(streamId, fromMs, settledMs);
    return whole(new TextEncoder().encode(text), 'application/vnd.apple.mpegurl');
  }

  async #footage(streamId: StreamId, startMs: EpochMs, headers: Headers): Promise<Response> {
    const file = this.#playback.file(streamId, startMs);
    const tag = entityTag(file);
    // 13.1.5: a range of something that may have changed since is answered with the whole of what is there now.
    const condition = headers.get('if-range');
    const wanted = condition === null || condition === tag ? headers.get('range') : null;
    const range = parseByteRange(wanted, file.sizeBytes);
    if (range.kind === 'malformed') {
      throw new LookoutError('INVALID_INPUT', 'The byte range cannot be read.', { field: 'range' });
    }
    if (range.kind === 'unsatisfiable') {
      const refusal = new LookoutError('INVALID_INPUT', 'The recording has no such bytes.', {
        field: 'range',
      });
      return refusalResponse(refusal, 416, { 'content-range': `bytes */${file.sizeBytes}` });
    }
    const handle = await openStored(file);
    if (handle === undefined) {
      this.#log.error({ streamId, startMs }, 'A recorded file is missing or not what the catalog says.');
      throw new LookoutError('FOOTAGE_NOT_FOUND', 'This recording is missing on its disk.', {
        field: 'startMs',
        hint: 'Check that the disk with the recordings is connected.',
      });
    }
    const { first, last } = range.kind === 'part' ? range : { first: 0, last: file.sizeBytes - 1 };
    // 14.4: `*` while the complete length is unknown, because the file is still growing.
    const total = tag === undefined ? '*' : String(file.sizeBytes);
    return new Response(fileBody(handle, first, last), {
      status: range.kind === 'part' ? 206 : 200,
      headers: {
        'content-type': 'video/mp4',
        'content-length': String(last + 1 - first),
        'accept-ranges': 'bytes',
        ...(range.kind === 'part' ? { 'content-range': `bytes ${first}-${last}/${total}` } : {}),
        ...(tag === undefined ? {} : { etag: tag }),
        ...uncached,
      },
    });
  }

  #refusal(error: unknown): Response {
    if (error instanceof LookoutError) return refusalResponse(error, errorCodes[error.code].status, {});
    this.#log.error({ err: error }, 'A request for footage failed.');
    return refusalResponse(new LookoutError('INTERNAL', 'The recording could not be read.'), 500, {});
  }
}

/** Footage stays in the store: no copy of it in a browser's cache outlives its retention. */
const uncached = { 'cache-control': 'no-store' };

function whole(bytes: Uint8Array<ArrayBuffer>, type: string): Response {
  return new Response(bytes, {
    headers: { 'content-type': type, 'content-length': String(bytes.length), ...uncached },
  });
}

function refusalResponse(
  { code, message, detail }: LookoutError,
  status: number,
  extra: Record<string, string>,
): Response {
  const { hint, field } = detail;
  return Response.json({ code, message, hint, field }, { status, headers: { ...uncached, ...extra } });
}

/** Strong, because a closed segment never changes (store invariant 1); the open one has none. */
function entityTag(file: FootageFile): string | undefined {
  return file.sha256 && `"${Buffer.from(file.sha256).toString('base64url')}"`;
}

function stem(text: string | undefined, extension: string, field: string): string {
  if (text?.endsWith(extension)) return text.slice(0, -extension.length);
  throw new LookoutError('INVALID_INPUT', `The address ends with ${extension}.`, { field });
}

function streamIdFrom(text: string | undefined): StreamId {
  if (text !== undefined && isId(text)) return text as StreamId;
  throw new LookoutError('INVALID_INPUT', 'This is not a stream id.', { field: 'streamId' });
}

/** A whole number in plain decimal digits, inside the times we accept. */
function timeFrom(text: string | null, field: string): number {
  const number = text !== null && /^(0|[1-9]\d{0,15})$/.test(text) ? Number(text) : undefined;
  const time = TimeMs.safeParse(number);
  if (time.success) return time.data;
  throw new LookoutError('INVALID_INPUT', 'This is not a whole number in range.', { field });
}
