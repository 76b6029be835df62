// The messages on a window's one live connection, both directions of the code in one place.
//
// message  = length:u32 (bytes after this field)  type:u8  channel:u16  payload        (all big-endian)
// init     = type 1: JSON length:u32, JSON (LiveInit), init section bytes
// fragment = type 2: muxedAtMs:f64  startMs:f64  flags:u8 (1 keyframe first, 2 something was skipped before)  boxes
// state    = type 3: JSON (stream state)
// beat     = type 4, channel 0: stationMs:f64, once a second, so that silence is told from a dead connection

import type { StreamState } from '../../recorder/model/states.ts';

export interface LiveInit {
  readonly videoCodec: string;
  readonly audioCodec?: string;
  readonly width: number;
  readonly height: number;
}

export type LiveMessage =
  | { readonly kind: 'init'; readonly channel: number; readonly init: LiveInit; readonly bytes: Uint8Array }
  | {
      readonly kind: 'fragment';
      readonly channel: number;
      /** When it left FFmpeg's muxer, UTC ms: latency is measured from here. */
      readonly muxedAtMs: number;
      /** Wall time of its first video frame. */
      readonly startMs: number;
      readonly keyframe: boolean;
      readonly skipped: boolean;
      readonly bytes: Uint8Array;
    }
  | { readonly kind: 'state'; readonly channel: number; readonly state: StreamState }
  | { readonly kind: 'beat'; readonly stationMs: number };

const headerBytes = 7;
/** A 4K GOP in one fragment fits; more means the stream lost its framing. */
const messageLimitBytes = 32 * 1024 * 1024;
const fragmentHeadBytes = 17;
const text = { encoder: new TextEncoder(), decoder: new TextDecoder() };

function frame(type: number, channel: number, payloadBytes: number): { bytes: Uint8Array; view: DataView } {
  const bytes = new Uint8Array(headerBytes + payloadBytes);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, headerBytes - 4 + payloadBytes);
  view.setUint8(4, type);
  view.setUint16(5, channel);
  return { bytes, view };
}

/** One message as the bytes to send. */
export function encodeLiveMessage(message: LiveMessage): Uint8Array {
  switch (message.kind) {
    case 'init': {
      const json = text.encoder.encode(JSON.stringify(message.init));
      const { bytes, view } = frame(1, message.channel, 4 + json.length + message.bytes.length);
      view.setUint32(headerBytes, json.length);
      bytes.set(json, headerBytes + 4);
      bytes.set(message.bytes, headerBytes + 4 + json.length);
      return bytes;
    }
    case 'fragment': {
      const { bytes, view } = frame(2, message.channel, fragmentHeadBytes + message.bytes.length);
      view.setFloat64(headerBytes, message.muxedAtMs);
      view.setFloat64(headerBytes + 8, message.startMs);
      view.setUint8(headerBytes + 16, (message.keyframe ? 1 : 0) | (message.skipped ? 2 : 0));
      bytes.set(message.bytes, headerBytes + fragmentHeadBytes);
      return bytes;
    }
    case 'state': {
      const json = text.encoder.encode(JSON.stringify(message.state));
      const { bytes } = frame(3, message.channel, json.length);
      bytes.set(json, headerBytes);
      return bytes;
    }
    case 'beat': {
      const { bytes, view } = frame(4, 0, 8);
      view.setFloat64(headerBytes, message.stationMs);
      return bytes;
    }
  }
}

/** Cuts a byte stream into messages; keeps what is incomplete for the next chunk. Throws RangeError on broken framing. */
export class LiveMessageReader {
  #rest = new Uint8Array(0);

  push(chunk: Uint8Array): LiveMessage[] {
    const all = this.#join(chunk);
    const view = new DataView(all.buffer, all.byteOffset, all.byteLength);
    const messages: LiveMessage[] = [];
    let at = 0;
    while (all.length - at >= headerBytes) {
      const length = view.getUint32(at);
      if (length < headerBytes - 4 || length > messageLimitBytes) throw new RangeError('live message length');
      if (all.length - at < 4 + length) break;
      messages.push(decode(all.subarray(at + 4, at + 4 + length)));
      at += 4 + length;
    }
    this.#rest = all.slice(at);
    return messages;
  }

  #join(chunk: Uint8Array): Uint8Array<ArrayBuffer> {
    const all = new Uint8Array(this.#rest.length + chunk.length);
    all.set(this.#rest);
    all.set(chunk, this.#rest.length);
    return all;
  }
}

function decode(body: Uint8Array): LiveMessage {
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  const channel = view.getUint16(1);
  switch (view.getUint8(0)) {
    case 1: {
      const jsonEnd = 7 + view.getUint32(3);
      const init = JSON.parse(text.decoder.decode(body.subarray(7, jsonEnd))) as LiveInit;
      return { kind: 'init', channel, init, bytes: body.slice(jsonEnd) };
    }
    case 2: {
      const flags = view.getUint8(19);
      return {
        kind: 'fragment',
        channel,
        muxedAtMs: view.getFloat64(3),
        startMs: view.getFloat64(11),
        keyframe: (flags & 1) !== 0,
        skipped: (flags & 2) !== 0,
        bytes: body.slice(20),
      };
    }
    case 3:
      return {
        kind: 'state',
        channel,
        state: JSON.parse(text.decoder.decode(body.subarray(3))) as StreamState,
      };
    case 4:
      return { kind: 'beat', stationMs: view.getFloat64(3) };
    default:
      throw new RangeError('live message type');
  }
}
