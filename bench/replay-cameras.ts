// Cameras that cost next to nothing: one H.264 clip, cut into RTP packets once, sent to everybody who asks over RTSP and TCP
// (RFC 2326, RFC 6184). Run by itself it serves them and prints its port.

import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { relayClip } from '../tests/peers/clips.ts';
import { startPeer } from '../tests/peers/peer-process.ts';

const startLimitMs = 60_000;
/** Payload of a packet on an Ethernet, less what headers take. */
const payloadLimit = 1_400;
const ticksPerSecond = 90_000;
/** Cameras of a phase show the same picture at the same time; keyframes of all at once would be no usual site. */
const phases = 25;
const tickMs = 4;

export interface ReplayCameras extends AsyncDisposable {
  readonly pid: number;
  /** One camera more than was asked for before, as far as the station can tell. */
  url(number: number): string;
}

/** 1080p25 with 4 Mbit/s and a keyframe every 2 s, as many as there are connections; in a process of their own. */
export async function startReplayCameras(): Promise<ReplayCameras> {
  const { pictures, fps } = await relayClip();
  const args = [import.meta.filename, path.dirname(pictures), String(fps)];
  const server = startPeer({ command: process.execPath, args, stdout: 'pipe' });
  const { stdout } = server.child;
  if (stdout === null || server.pid === undefined) throw new Error('a peer started with pipes has none');
  const lines = createInterface({ input: stdout });
  const port = await server.until('its port', startLimitMs, async (signal) => {
    const [line] = (await once(lines, 'line', { signal })) as [string];
    return line;
  });
  return {
    pid: server.pid,
    url: (number) => `rtsp://127.0.0.1:${port}/camera${number}`,
    [Symbol.asyncDispose]: () => server.stop(),
  };
}

/** The NAL units of an Annex B stream, without their start codes. */
function nalUnits(stream: Buffer): Buffer[] {
  const starts: number[] = [];
  for (let at = stream.indexOf('000001', 0, 'hex'); at >= 0; at = stream.indexOf('000001', at + 3, 'hex'))
    starts.push(at + 3);
  return starts.map((start, index) => {
    let end = (starts[index + 1] ?? stream.length + 3) - 3;
    while (end > start && stream[end - 1] === 0) end -= 1;
    return stream.subarray(start, end);
  });
}

const typeOf = (nal: Buffer) => (nal[0] ?? 0) & 0x1f;

/** An RTP packet behind its interleaved header; sequence number, timestamp and marker are still to be written. */
function packet(payload: readonly Buffer[]): Buffer {
  const head = Buffer.alloc(16);
  const length = 12 + payload.reduce((sum, part) => sum + part.length, 0);
  head.write('$', 'latin1');
  head.writeUInt16BE(length, 2);
  head[4] = 0x80;
  head[5] = 96;
  head.writeUInt32BE(0x10_0c_0a_7e, 12);
  return Buffer.concat([head, ...payload]);
}

/** One NAL unit as a packet, or in fragments (RFC 6184, 5.8). */
function packetsOf(nal: Buffer): Buffer[] {
  if (nal.length <= payloadLimit) return [packet([nal])];
  const [header = 0] = nal;
  const packets: Buffer[] = [];
  for (let at = 1; at < nal.length; at += payloadLimit) {
    const part = nal.subarray(at, at + payloadLimit);
    const flags = (at === 1 ? 0x80 : 0) | (at + payloadLimit >= nal.length ? 0x40 : 0);
    packets.push(packet([Buffer.of((header & 0xe0) | 28, flags | (header & 0x1f)), part]));
  }
  return packets;
}

/** The packets of one picture as one piece, and where each begins. */
interface Picture {
  readonly bytes: Buffer;
  readonly packets: readonly number[];
}

function readClip(folder: string): { pictures: Picture[]; parameterSets: string; profile: string } {
  const files = readdirSync(folder)
    .filter((name) => /^\d{3}\.h264$/.test(name))
    .toSorted();
  const pictures: Picture[] = [];
  const sets = new Map<number, Buffer>();
  let waiting: Buffer[] = [];
  for (const nal of files.flatMap((name) => nalUnits(readFileSync(path.join(folder, name))))) {
    if (typeOf(nal) === 7 || typeOf(nal) === 8) sets.set(typeOf(nal), nal);
    waiting.push(...packetsOf(nal));
    if (typeOf(nal) !== 1 && typeOf(nal) !== 5) continue;
    const last = waiting.at(-1);
    if (last !== undefined) last[5] = 96 | 0x80;
    let at = 0;
    pictures.push({
      bytes: Buffer.concat(waiting),
      packets: waiting.map(({ length }) => {
        at += length;
        return at - length;
      }),
    });
    waiting = [];
  }
  const [sps, pps] = [sets.get(7), sets.get(8)];
  if (sps === undefined || pps === undefined) throw new Error(`no parameter sets in ${folder}`);
  return {
    pictures,
    parameterSets: `${sps.toString('base64')},${pps.toString('base64')}`,
    profile: sps.subarray(1, 4).toString('hex'),
  };
}

/** Cameras that show the same at the same time. */
class Phase {
  readonly viewers = new Set<Socket>();
  readonly #pictures: readonly Picture[];
  readonly #ticksPerPicture: number;
  #next: number;
  #sequence = 0;
  #sent = 0;

  constructor(pictures: readonly Picture[], fps: number, first: number) {
    this.#pictures = pictures;
    this.#ticksPerPicture = ticksPerSecond / fps;
    this.#next = first;
  }

  get sent(): number {
    return this.#sent;
  }

  send(): void {
    const picture = this.#pictures[this.#next % this.#pictures.length];
    this.#next += 1;
    this.#sent += 1;
    if (picture === undefined || this.viewers.size === 0) return;
    // A copy, because a socket may keep what it could not send at once.
    const bytes = Buffer.from(picture.bytes);
    for (const at of picture.packets) {
      bytes.writeUInt16BE(this.#sequence, at + 6);
      bytes.writeUInt32BE((this.#sent * this.#ticksPerPicture) >>> 0, at + 8);
      this.#sequence = (this.#sequence + 1) & 0xffff;
    }
    for (const viewer of this.viewers) viewer.write(bytes);
  }
}

function answer(request: string, description: string): string {
  const [method = '', address = ''] = request.split(' ');
  const sequence = /^CSeq: *(\d+)/im.exec(request)?.[1] ?? '0';
  const lines = ['RTSP/1.0 200 OK', `CSeq: ${sequence}`, 'Session: 1;timeout=60'];
  if (method === 'OPTIONS') lines.push('Public: OPTIONS, DESCRIBE, SETUP, PLAY, GET_PARAMETER, TEARDOWN');
  if (method === 'SETUP') lines.push('Transport: RTP/AVP/TCP;unicast;interleaved=0-1');
  if (method !== 'DESCRIBE') return [...lines, '', ''].join('\r\n');
  const about = [`Content-Base: ${address}/`, 'Content-Type: application/sdp'];
  return [...lines, ...about, `Content-Length: ${description.length}`, '', description].join('\r\n');
}

async function serve(folder: string, fps: number): Promise<number> {
  const { pictures, parameterSets, profile } = readClip(folder);
  const group = Array.from(
    { length: phases },
    (_, phase) => new Phase(pictures, fps, Math.floor((phase * pictures.length) / phases)),
  );
  const description = [
    ...['v=0', 'o=- 0 0 IN IP4 127.0.0.1', 's=replay', 'c=IN IP4 0.0.0.0', 't=0 0'],
    ...['m=video 0 RTP/AVP 96', 'a=rtpmap:96 H264/90000', 'a=control:track0'],
    `a=fmtp:96 packetization-mode=1;profile-level-id=${profile};sprop-parameter-sets=${parameterSets}`,
    '',
  ].join('\r\n');
  let connections = 0;
  const server = createServer((socket) => {
    const phase = group[connections % phases];
    connections += 1;
    let text = '';
    socket.on('error', () => socket.destroy());
    socket.on('close', () => phase?.viewers.delete(socket));
    // What is binary is RTCP, which nobody here reads; requests have no body.
    socket.setEncoding('latin1').on('data', (more: string) => {
      text += more;
      for (let end = text.indexOf('\r\n\r\n'); end >= 0; end = text.indexOf('\r\n\r\n')) {
        const request = /[A-Z_]+ rtsp:.*$/s.exec(text.slice(0, end))?.[0];
        text = text.slice(end + 4);
        if (request === undefined) continue;
        socket.write(answer(request, description));
        if (request.startsWith('PLAY ')) phase?.viewers.add(socket);
      }
      text = text.slice(-4_096);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const began = performance.now();
  const pictureMs = 1_000 / fps;
  setInterval(() => {
    const elapsedMs = performance.now() - began;
    for (const [index, phase] of group.entries()) {
      const due = Math.floor((elapsedMs - (index * pictureMs) / phases) / pictureMs);
      while (phase.sent < due) phase.send();
    }
  }, tickMs);
  return (server.address() as AddressInfo).port;
}

if (import.meta.main) {
  const [folder = '', fps = '25'] = process.argv.slice(2);
  process.stdout.write(`${await serve(folder, Number(fps))}\n`);
}
