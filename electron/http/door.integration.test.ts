// The loopback door over real HTTP: bodies are bounded, streams flow at once and only as fast as they are read.

import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { systemClocks } from '../../recorder/model/clock.ts';
import type { Log } from '../../recorder/model/log.ts';
import { localAdmin } from '../accounts/person.ts';
import { callSocketPath } from '../contract/call-socket.ts';
import { type Door, openDoor } from './door.ts';
import { bodyLimitBytes } from './node-adapter.ts';

const silent: Log = { info: () => {}, warn: () => {}, error: () => {} };

let door: Door;
let cookie: string;
let serve: (request: Request) => Promise<Response>;
let talk: (socket: WebSocket) => void;

beforeEach(async () => {
  serve = async () => new Response('served');
  talk = (socket) => socket.on('message', (said) => socket.send(`heard ${said.toString()}`));
  door = await openDoor({
    port: 0,
    clocks: systemClocks,
    log: silent,
    person: localAdmin,
    serve: (request) => serve(request),
    talk: (socket) => talk(socket),
  });
  const entered = await fetch(door.newLink(), { redirect: 'manual' });
  cookie = (entered.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
});
afterEach(() => door.close());

const address = (path: string) => `http://127.0.0.1:${door.port}${path}`;

async function ask(path: string, options: { method?: string; host?: string } = {}): Promise<IncomingMessage> {
  const asked = httpRequest(address(path), {
    method: options.method ?? 'GET',
    headers: { cookie, ...(options.host === undefined ? {} : { host: options.host }) },
  });
  asked.end();
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  return response;
}

/** The status line of an answer to bytes no HTTP library would send. */
async function askRaw(text: string): Promise<string> {
  const socket = connect(door.port, '127.0.0.1');
  socket.end(text);
  const [data] = (await once(socket, 'data')) as [Buffer];
  socket.destroy();
  return data.toString().split('\r\n')[0] ?? '';
}

describe('who is let in', () => {
  it('nobody without the link, whoever has it once', async () => {
    expect((await fetch(address('/'))).status).toBe(401);
    const link = door.newLink();
    expect((await fetch(link, { redirect: 'manual' })).status).toBe(303);
    expect((await fetch(link, { redirect: 'manual' })).status).toBe(401);
    expect((await ask('/')).statusCode).toBe(200);
  });

  it('nobody under another host name', async () => {
    expect((await ask('/', { host: `rebound.example:${door.port}` })).statusCode).toBe(421);
    expect(await askRaw(`GET http://127.0.0.1:${door.port}/ HTTP/1.1\r\nHost: x\r\n\r\n`)).toContain('400');
    expect(await askRaw('GET //evil.example/ HTTP/1.1\r\nHost: evil.example\r\n\r\n')).toContain('421');
  });

  it('the port is open on this machine’s own address alone', async () => {
    const other = connect(door.port, '127.0.0.2');
    const [error] = (await once(other, 'error')) as [NodeJS.ErrnoException];
    expect(error.code).toBe('ECONNREFUSED');
  });

  it('every answer carries the security headers', async () => {
    for (const response of [await fetch(address('/')), await fetch(door.newLink(), { redirect: 'manual' })]) {
      expect(response.headers.get('content-security-policy')).toContain("default-src 'self'");
      expect(response.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
      expect(response.headers.get('x-content-type-options')).toBe('nosniff');
      expect(response.headers.get('cache-control')).toBe('no-store');
    }
  });
});

describe('strangers', () => {
  const open = () => {
    const socket = connect(door.port, '127.0.0.1');
    socket.on('error', () => {});
    return socket;
  };

  it.each([
    ['without a session', 401, ''],
    ['from another site', 403, 'Origin: http://evil.example\r\n'],
  ])('are refused by their headers, none of what they send is waited for: %s', async (_who, status, more) => {
    const socket = open();
    socket.write(
      `POST /rpc/x HTTP/1.1\r\nHost: 127.0.0.1:${door.port}\r\n${more}Content-Length: 9000\r\n\r\n`,
    );
    const [data] = (await once(socket, 'data')) as [Buffer];
    expect(data.toString()).toContain(`HTTP/1.1 ${status}`);
    socket.destroy();
  });

  it('that only stand there take no place from those who are let in', async () => {
    const sockets = Array.from({ length: 600 }, open);
    await Promise.all(sockets.slice(0, 400).map((socket) => once(socket, 'close')));
    expect((await ask('/')).statusCode).toBe(200);
    for (const socket of sockets) socket.destroy();
  });

  it('that say nothing are cut off in the time that is said', async () => {
    const began = systemClocks.monotonic.now();
    await once(open().resume(), 'close');
    // Ten seconds, and a second until it is seen; the rest is for a busy machine.
    expect(systemClocks.monotonic.elapsedMs(began)).toBeLessThan(20_000);
  }, 60_000);
});

describe('sockets', () => {
  const open = (path: string, headers: Record<string, string>) =>
    new WebSocket(`ws://127.0.0.1:${door.port}${path}`, { headers });
  const refusalOf = async (socket: WebSocket) => {
    const [error] = (await once(socket, 'error')) as [Error];
    return error.message;
  };

  it('are there for whoever is let in, at their one address, beside requests', async () => {
    const sockets = Array.from({ length: 20 }, () => open(callSocketPath, { cookie }));
    await Promise.all(sockets.map((socket) => once(socket, 'open')));
    const answers = sockets.map((socket) => once(socket, 'message'));
    for (const socket of sockets) socket.send('a call');
    expect((await Promise.all(answers)).map(String)).toEqual(sockets.map(() => 'heard a call,false'));
    expect((await ask('/')).statusCode).toBe(200);
    expect(await refusalOf(open('/', { cookie }))).toContain('405');
    for (const socket of sockets) socket.terminate();
  });

  it.each([
    ['without a session', 401, () => ({})],
    ['from another site', 403, () => ({ cookie, origin: 'http://evil.example' })],
    ['under another host name', 421, () => ({ cookie, host: `rebound.example:${door.port}` })],
  ])('are refused %s', async (_who, status, headers) => {
    let talked = 0;
    talk = () => {
      talked += 1;
    };
    expect(await refusalOf(open(callSocketPath, headers()))).toContain(String(status));
    expect(talked).toBe(0);
  });

  it('are cut off after more than a call may say', async () => {
    talk = (socket) => socket.on('error', () => undefined);
    const socket = open(callSocketPath, { cookie });
    await once(socket, 'open');
    socket.on('error', () => undefined);
    socket.send('x'.repeat(bodyLimitBytes + 1));
    expect((await once(socket, 'close'))[0]).toBe(1009);
  });

  it('do not keep the door open', async () => {
    const socket = open(callSocketPath, { cookie });
    await once(socket, 'open');
    const [closed] = await Promise.all([once(socket, 'close'), door.close()]);
    expect(closed[0]).toBe(1006);
  });
});

describe('requests', () => {
  it('that are too large are refused, declared or not', async () => {
    let bytes = 0;
    serve = async (request) => {
      bytes = (await request.arrayBuffer()).byteLength;
      return new Response('served');
    };
    const post = (body: Uint8Array<ArrayBuffer> | ReadableStream, more: object = {}) =>
      fetch(address('/rpc/x'), { method: 'POST', body, headers: { cookie }, ...more });
    expect((await post(new Uint8Array(bodyLimitBytes))).status).toBe(200);
    expect(bytes).toBe(bodyLimitBytes);
    const refused = await post(new Uint8Array(bodyLimitBytes + 1));
    expect(refused.status).toBe(413);
    // As the client of a call reads it.
    expect(await refused.json()).toMatchObject({ json: { defined: true, code: 'INVALID_INPUT' } });
    const parts = new ReadableStream({
      pull: (controller) => controller.enqueue(new Uint8Array(64 * 1024)),
    });
    const endless = await post(parts, { duplex: 'half' }).then(
      (response) => response.status,
      () => 'cut off',
    );
    expect([413, 'cut off']).toContain(endless);
  });

  it('that make the station fail are answered without its words', async () => {
    serve = async () => {
      throw new Error('secret words');
    };
    const answer = await ask('/').then(
      (response) => response.statusCode,
      (error: NodeJS.ErrnoException) => error.code,
    );
    expect(answer).toBe('ECONNRESET');
  });
});

describe('a streamed body', () => {
  it('arrives chunk by chunk, headers first', async () => {
    let controller: ReadableStreamDefaultController | undefined;
    serve = async () =>
      new Response(
        new ReadableStream({
          start: (given) => {
            controller = given;
          },
        }),
      );
    const response = await ask('/');
    for (const word of ['one', 'two', 'three']) {
      controller?.enqueue(new TextEncoder().encode(word));
      const [data] = (await once(response, 'data')) as [Buffer];
      expect(data.toString()).toBe(word);
    }
    controller?.close();
    await once(response, 'end');
  });

  it('is read no faster than the window takes it, and cancelled when that goes away', async () => {
    let produced = 0;
    const cancelled = Promise.withResolvers<void>();
    const aborted = Promise.withResolvers<void>();
    serve = async (request) => {
      request.signal.addEventListener('abort', () => aborted.resolve());
      return new Response(
        new ReadableStream(
          {
            pull: (controller) => {
              produced += 1024 * 1024;
              controller.enqueue(new Uint8Array(1024 * 1024));
            },
            cancel: () => cancelled.resolve(),
          },
          { highWaterMark: 0 },
        ),
      );
    };
    const response = await ask('/');
    response.pause();
    // Full when two looks some time apart see the same: the sockets' buffers and ours are bounded.
    let before = -1;
    while (before !== produced) {
      before = produced;
      await new Promise((resolve) => systemClocks.timers.after(150, () => resolve(undefined)));
    }
    expect(produced).toBeLessThan(64 * 1024 * 1024);
    response.destroy();
    await Promise.all([cancelled.promise, aborted.promise]);
  });

  it('that fails cuts the connection and says nothing', async () => {
    serve = async () =>
      new Response(
        new ReadableStream({
          start: (controller) => controller.error(new Error('/secret/path')),
        }),
      );
    const outcome = await ask('/').then(
      async (response) => {
        let text = '';
        response.on('error', () => {});
        response.on('data', (chunk) => {
          text += chunk;
        });
        await new Promise((resolve) => response.once('close', resolve));
        return text;
      },
      () => '',
    );
    expect(outcome).not.toContain('secret');
  });
});
