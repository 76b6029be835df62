// A bad line in front of a camera that sends its pictures over UDP: packets get lost on it, and their timestamps are what a test says.

import { createSocket, type Socket as Datagrams } from 'node:dgram';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import type { Chance } from './chance.ts';

/** Where the timestamp lies in an RTP packet, and the 90 kHz of video (RFC 3550, 5.1). */
const timestampAt = 4;
export const ticksPerMs = 90;
const portTries = 100;

export interface BadLine extends AsyncDisposable {
  /** Of the RTSP address, on 127.0.0.1. */
  readonly port: number;
  /** From now on this share of the packets does not arrive. */
  lose(share: number): void;
  /** From now on the timestamps of the pictures are these. */
  stamp(change: (ticks: number) => number): void;
  readonly lost: number;
  readonly sent: number;
}

/** A pair of ports that follow each other, the first of them even, as RTP and RTCP have them (RFC 3550, 11). */
async function bindPair(): Promise<[Datagrams, Datagrams]> {
  for (let tries = 0; tries < portTries; tries += 1) {
    const [first, second] = [createSocket('udp4'), createSocket('udp4')];
    try {
      first.bind(0, '127.0.0.1');
      await once(first, 'listening');
      const { port } = first.address();
      if (port % 2 === 0) {
        second.bind(port + 1, '127.0.0.1');
        await once(second, 'listening');
        return [first, second];
      }
    } catch {
      // Somebody has the next one.
    }
    first.close();
    second.close();
  }
  throw new Error('no pair of ports is free');
}

/** What comes from `from` goes to `to`, and the answers back. */
interface Track {
  client: [number, number];
  server: [number, number];
}

const portPair = (transport: string, name: string): [number, number] | undefined => {
  const [, first, second] = new RegExp(`${name}_port=(\\d+)-(\\d+)`).exec(transport) ?? [];
  return first === undefined ? undefined : [Number(first), Number(second)];
};

/** Opens a line on 127.0.0.1 that leads to the RTSP server at `port`. */
export async function openBadLine(port: number, chance: Chance): Promise<BadLine> {
  const open: (() => void)[] = [];
  let [lossShare, lost, sent] = [0, 0, 0];
  let stamp: ((ticks: number) => number) | undefined;

  /** Returns false for a packet that is lost; changes it otherwise. */
  const passes = (packet: Buffer, isRtcp: boolean): boolean => {
    // Its clock would tell how wrong the others are.
    if (isRtcp) return stamp === undefined;
    sent += 1;
    if (lossShare > 0 && chance.between(0, 1) < lossShare) {
      lost += 1;
      return false;
    }
    if (stamp !== undefined) packet.writeUInt32BE(stamp(packet.readUInt32BE(timestampAt)) >>> 0, timestampAt);
    return true;
  };

  const layTrack = async (client: [number, number]): Promise<{ track: Track; ports: string }> => {
    const pair = await bindPair();
    const track: Track = { client, server: [0, 0] };
    for (const [index, socket] of pair.entries()) {
      open.push(() => socket.close());
      socket.on('message', (packet, from) => {
        const isFromServer = from.port === track.server[index as 0 | 1];
        if (isFromServer && !passes(packet, index === 1)) return;
        socket.send(packet, (isFromServer ? track.client : track.server)[index as 0 | 1], '127.0.0.1');
      });
    }
    return { track, ports: pair.map((socket) => socket.address().port).join('-') };
  };

  const server = createServer((outer) => {
    const inner = connect(port, '127.0.0.1');
    const waiting: { track: Track; ports: string }[] = [];
    let turn = Promise.resolve();
    for (const socket of [outer, inner]) {
      open.push(() => socket.destroy());
      socket.on('error', () => socket.destroy());
    }
    outer.on('close', () => inner.destroy());
    inner.on('close', () => outer.destroy());
    // Ours are the ports that either side is told.
    const pass = (from: Socket, to: Socket, change: (text: string) => Promise<string>) =>
      from.on('data', (bytes) => {
        turn = turn.then(async () => {
          if (!to.destroyed) to.write(await change(bytes.toString('latin1')), 'latin1');
        });
      });
    pass(outer, inner, async (text) => {
      const client = portPair(text, 'client');
      if (client === undefined) return text;
      const laid = await layTrack(client);
      waiting.push(laid);
      return text.replace(/client_port=\d+-\d+/, `client_port=${laid.ports}`);
    });
    pass(inner, outer, async (text) => {
      const ports = portPair(text, 'server');
      const laid = ports === undefined ? undefined : waiting.shift();
      if (ports === undefined || laid === undefined) return text;
      laid.track.server = ports;
      return text
        .replace(/client_port=\d+-\d+/, `client_port=${laid.track.client.join('-')}`)
        .replace(/server_port=\d+-\d+/, `server_port=${laid.ports}`);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    lose: (share) => {
      lossShare = share;
    },
    stamp: (change) => {
      stamp = change;
    },
    get lost() {
      return lost;
    },
    get sent() {
      return sent;
    },
    async [Symbol.asyncDispose]() {
      server.close();
      for (const close of open) close();
      await once(server, 'close');
    },
  };
}
