// The contract over IPC: who is heard, what is dropped, and what a window that goes away takes with it.

import { EventEmitter, once } from 'node:events';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import { os } from '@orpc/server';
import type { IpcMain, WebFrameMain } from 'electron';
import { beforeEach, expect, it } from 'vitest';
import { callChannel } from '../contract/bridge.ts';
import type { Contract } from '../contract/contract.ts';
import { serveCalls } from './calls.ts';

type Served = Parameters<typeof serveCalls>[1];

const me = { name: 'This desk', role: 'admin' } as const;
const log = { info: () => {}, warn: () => {}, error: () => {} };
/** Emits `ended` when an event stream ends. */
let streams: EventEmitter;
let ipc: EventEmitter;
let refused: string[];
beforeEach(() => {
  streams = new EventEmitter();
  ipc = new EventEmitter();
  refused = [];
  const router = {
    session: { me: os.handler(() => me) },
    events: {
      watch: os.handler(async function* watch({ signal }) {
        try {
          yield { kind: 'resync' };
          if (signal !== undefined) await once(signal, 'abort');
        } finally {
          streams.emit('ended');
        }
      }),
    },
  };
  serveCalls(ipc as IpcMain, {
    router: router as unknown as Served['router'],
    context: { person: me, log },
    onRefused: (sender) => refused.push(sender),
  });
});

/** A window whose top frame shows `url`; `received` are the messages it was sent. */
function makeWindow(id: number, url = 'lookout://station/#/live') {
  const toPage = new EventEmitter();
  const received: unknown[] = [];
  const mainFrame = { url } as WebFrameMain;
  const contents = Object.assign(new EventEmitter(), {
    id,
    mainFrame,
    isDestroyed: () => false,
    send: (_channel: string, data: unknown) => {
      received.push(data);
      toPage.emit('message', data);
    },
  });
  const send = (data: unknown, senderFrame: WebFrameMain | null = mainFrame) => {
    ipc.emit(callChannel, { sender: contents, senderFrame }, data);
  };
  const client: ContractRouterClient<Contract> = createORPCClient(
    new RPCLink({
      port: {
        postMessage: (data: unknown) => send(data),
        on: (event: string, listener: (message: { data: unknown }) => void) => {
          if (event === 'message') toPage.on('message', (data) => listener({ data }));
        },
      },
    }),
  );
  return { client, contents, received, send };
}

it('answers the windows of our origin, each on its own', async () => {
  const [first, second] = [makeWindow(1), makeWindow(2)];
  expect(await Promise.all([first.client.session.me(), second.client.session.me()])).toEqual([me, me]);
  expect(first.received.length).toBe(second.received.length);
  expect(refused).toEqual([]);
});

it('drops what comes from another origin, from a frame within, from a frame that is gone, and what is no message', () => {
  const { received, send } = makeWindow(1);
  const foreign = makeWindow(2, 'https://example.org/');
  foreign.send('{}');
  send('{}', { url: 'lookout://station/' } as WebFrameMain);
  send('{}', null);
  send({ not: 'text' });
  send('x'.repeat(5 * 1024 * 1024));
  expect(refused).toEqual([
    'https://example.org/',
    'lookout://station/',
    'a frame that is gone',
    'lookout://station/#/live',
    'lookout://station/#/live',
  ]);
  expect([received, foreign.received]).toEqual([[], []]);
});

it('drops what cannot be read as a call, and goes on serving the window', async () => {
  const { client, received, send } = makeWindow(1);
  const unreadable = [
    '',
    '{',
    'null',
    '7',
    '[]',
    '{"i":"1"}',
    '{"i":1,"p":{"u":"/session/me"}}',
    '{"i":"1","t":99,"p":{}}',
    '{"i":"1","t":3}',
    '{"i":"1","p":{"u":7}}',
    '{"i":"1","p":{"u":"http://[","b":{}}}',
    '{"i":"1","p":{"u":"/session/me","h":{"content-disposition":{}}}}',
    new Uint8Array([0xff, 1]),
  ];
  for (const data of unreadable) send(data);
  expect(refused).toHaveLength(unreadable.length);
  expect(received).toEqual([]);
  expect(await client.session.me()).toEqual(me);
});

it.each([
  ['no such call', '/nothing/here', undefined],
  ['a path that encodes nothing', '/%', undefined],
  ['another site', '//evil.example/session/me', undefined],
  ['a method of its own', '/session/me', { m: 'TRACE' }],
  ['a stream that never comes', '/session/me', { h: { 'content-type': 'text/event-stream' } }],
  ['an odd envelope', '/session/me', { b: { json: 1, meta: [[9, 'x', 'y']] } }],
])('answers a call to %s and lives', async (_what, u, more) => {
  const { client, received, send } = makeWindow(1);
  send(JSON.stringify({ i: 'x', p: { u, ...more } }));
  expect(await client.session.me()).toEqual(me);
  expect(received.map((answer) => (JSON.parse(String(answer)) as { i: string }).i)).toContain('x');
});

it.each(['did-navigate', 'render-process-gone', 'destroyed'])(
  'ends the event streams of a window on %s, and serves it anew',
  async (event) => {
    const { client, contents } = makeWindow(1);
    const events = await client.events.watch();
    expect((await events.next()).value).toEqual({ kind: 'resync' });
    const ended = once(streams, 'ended');
    contents.emit(event);
    await ended;
    expect(await client.session.me()).toEqual(me);
    // Nothing piles up over the reloads of a long day.
    expect(contents.listenerCount('destroyed')).toBe(1);
  },
);
