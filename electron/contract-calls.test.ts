// Every call of the contract, fuzzed by its schema through the request handler: never a crash, always a code.

import path from 'node:path';
import { isContractProcedure } from '@orpc/contract';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type * as z from 'zod';
import { softwareEncoder } from '../recorder/ffmpeg/encoders.ts';
import { LiveHub } from '../recorder/live/hub.ts';
import { systemClocks } from '../recorder/model/clock.ts';
import { localAdmin } from './accounts/person.ts';
import type { CallContext } from './calls.ts';
import { fileSecretBox } from './cameras/secret-box.ts';
import { CameraService } from './cameras/service.ts';
import { AlarmRows } from './catalog/alarms.ts';
import { CameraRows } from './catalog/cameras.ts';
import { createLedger } from './catalog/ledger.ts';
import { type MadeCatalog, madeCatalog } from './catalog/made-catalog.ts';
import { MarkRows } from './catalog/marks.ts';
import { ModeRows } from './catalog/modes.ts';
import { SettingRows } from './catalog/settings.ts';
import { TagRows } from './catalog/tags.ts';
import { ViewRows } from './catalog/views.ts';
import { contract } from './contract/contract.ts';
import { errorCodes } from './contract/errors.ts';
import { type Role, roles } from './contract/roles.ts';
import type { Person } from './contract/shapes.ts';
import { AlarmBoard } from './events/alarm-board.ts';
import { EventBoard } from './events/event-board.ts';
import { TimelineService } from './footage/timeline.ts';
import { composeUpkeep, type Upkeep } from './footage/upkeep.ts';
import { CameraHealthService } from './health/camera-health.ts';
import { StationHealth } from './health/station-health.ts';
import { InterfaceFiles } from './http/interface-files.ts';
import { requestHandler } from './http/requests.ts';
import { LiveWindows } from './live/windows.ts';
import { MarkService } from './marks/service.ts';
import { TagService } from './marks/tags.ts';
import { MotionService } from './motion/service.ts';
import { Thumbnails } from './motion/thumbnails.ts';
import { PlaybackRequests } from './playback/requests.ts';
import { PlaybackService } from './playback/service.ts';
import { composeRouter } from './router.ts';
import { ViewService } from './views/service.ts';

/** Messages per call; the long form is that of the failure suite (faults.md). */
const messages = process.env['LOOKOUT_FAULTS'] === 'long' ? 10_000 : 300;
const timeLimitMs = messages * 100;

let made: MadeCatalog;
let upkeep: Upkeep;
let ask: (
  call: string,
  body: string | Uint8Array<ArrayBuffer> | undefined,
  person?: Person,
  more?: RequestInit,
) => Promise<Response>;
let logged: string[] = [];
const windowId = crypto.randomUUID();
let ids: readonly string[] = [];

beforeAll(async () => {
  made = madeCatalog();
  ids = [made.cameraId, made.streamId, windowId];
  const { catalog } = made;
  const clocks = systemClocks;
  const log = {
    info: () => {},
    warn: () => {},
    error: (fields: object) => void logged.push(JSON.stringify(fields)),
  };
  const board = new EventBoard(clocks);
  const recorders = {
    set: () => {},
    setWatched: () => {},
    remove: async () => {},
    state: () => ({ kind: 'off' }) as const,
    picture: () => undefined,
    openSegment: () => undefined,
    health: () => undefined,
  };
  const alarms = new AlarmBoard({ rows: new AlarmRows(catalog), board, clock: clocks.wall, log });
  upkeep = composeUpkeep({
    ...{ catalog, ledger: createLedger(catalog), alarms, clocks },
    dataFolder: made.folder,
    backupMs: () => undefined,
    // That its volume is missing is no failing call.
    log: { ...log, error: () => {} },
  });
  const cameras = new CameraService({
    rows: new CameraRows(catalog),
    modes: new ModeRows(catalog),
    recorders,
    secrets: fileSecretBox(path.join(made.folder, 'secrets.key'), { clock: clocks.wall, log }),
    board,
    clocks,
    log,
    test: async () => ({ ok: false, reason: 'unreachable', message: 'Nobody answers.' }),
  });
  const live = new LiveWindows({ hub: new LiveHub(), clocks, streams: () => cameras.streamIds() });
  const playback = new PlaybackService({ catalog, openSegments: recorders, clock: clocks.wall });
  const health = new StationHealth({
    version: '0.0.0',
    shell: 'headless',
    startedMs: 1,
    secrets: 'file',
    ffmpeg: () => undefined,
    volumes: () => upkeep.storage.volumes(),
    withUnreadableSignIn: () => [],
    encoders: { trials: [], trouble: undefined, best: softwareEncoder },
  });
  const motion = new MotionService({
    ...{ catalog, board, clocks, log, cameras: new CameraRows(catalog) },
    apply: () => undefined,
  });
  const timeline = new TimelineService(catalog, recorders);
  const tagRows = new TagRows(catalog);
  const tags = new TagService(tagRows, board);
  const marks = new MarkService({ rows: new MarkRows(catalog), tags: tagRows, board, clock: clocks.wall });
  const views = new ViewService({
    rows: new ViewRows(catalog),
    settings: new SettingRows(catalog),
    board,
    clock: clocks.wall,
  });
  const tag = tags.add({ name: 'Van', category: 'Vehicles', colour: 'teal' });
  const noted = { kind: 'note', startMs: 1, text: 'A van', tagIds: [tag.id] } as const;
  const mark = marks.add({ ...noted, cameraId: made.cameraId }, localAdmin);
  const view = views.save({ name: 'All', layout: {} }, localAdmin);
  alarms.raise('catalog-restored', '', { what: 'It was lost.', hint: 'Look.' });
  const { storage, locks } = upkeep;
  const lock = locks.add({ cameraId: made.cameraId, startMs: 1, endMs: 2, reason: 'A case' }, localAdmin);
  ids = [...ids, tag.id, mark.id, view.id, made.volumeId, lock.id, ...alarms.list().map(({ id }) => id)];
  const context = (person: Person): CallContext => ({ person, log });
  const handle = requestHandler({
    router: composeRouter({
      ...{ health, cameras, live, motion, timeline, playback, tags, marks, views, board },
      ...{ storage, locks, alarms },
      cameraHealth: new CameraHealthService({ cameras: () => new CameraRows(catalog).list(), recorders }),
    }),
    context,
    live,
    playback: new PlaybackRequests(playback, log),
    thumbnails: new Thumbnails(catalog, recorders),
    files: new InterfaceFiles(path.join(made.folder, 'none')),
    log,
  });
  ask = (call, body, person = localAdmin, more = {}) => {
    const headers = { 'content-type': 'application/json' };
    const init = { method: 'POST', headers, ...(body === undefined ? {} : { body }), ...more };
    return handle(new Request(`http://station/rpc/${call}`, init), person);
  };
  await handle(new Request(`http://station/live/${windowId}`), localAdmin);
});
afterAll(async () => {
  await upkeep.stop();
  made.remove();
});

interface Call {
  readonly path: string;
  readonly input: z.core.$ZodType | undefined;
  readonly needs: Role;
}

function callsOf(table: object, prefix = ''): Call[] {
  return Object.entries(table).flatMap(([name, entry]) => {
    if (!isContractProcedure(entry)) return callsOf(entry as object, `${prefix}${name}/`);
    const { inputSchema, meta } = entry['~orpc'];
    return [
      {
        path: prefix + name,
        input: inputSchema as z.core.$ZodType | undefined,
        needs: meta['needs'] as Role,
      },
    ];
  });
}
const all = callsOf(contract);

const awkwardText = fc.constantFrom(
  ...[
    '',
    ' ',
    '\u0000',
    '../../etc/passwd',
    '%00',
    '%',
    '\u202egpj',
    '<img src=x onerror=alert(1)>',
    "'; DROP TABLE cameras",
  ],
  ...[
    'rtsp://127.0.0.1:1/x',
    'rtsp://a:b@127.0.0.1:1/',
    'http://169.254.169.254/',
    'file:///etc/passwd',
    '\ud800',
    'NaN',
  ],
  ...['__proto__', 'constructor', 'x'.repeat(5_000), '=1+1', '-i'],
);
const awkwardNumber = fc.constantFrom(
  0,
  -0,
  -1,
  0.5,
  1e21,
  2 ** 53,
  253_402_300_799_999,
  253_402_300_800_000,
  86_400_000,
);
/** What JSON can say; NaN and the like become null on the way. */
const junk = fc.oneof(
  fc.jsonValue({ maxDepth: 4 }),
  awkwardText,
  awkwardNumber,
  fc.constantFrom(null, [], {}, [[[[[]]]]], { __proto__: { admin: true } }, { length: 1e9 }),
);

/** Values near a schema: mostly of its shape, with the awkward ones of each kind, now and then something else. */
function near(schema: z.core.$ZodType): fc.Arbitrary<unknown> {
  return fc.oneof({ arbitrary: shaped(schema), weight: 12 }, { arbitrary: junk, weight: 1 });
}

function shaped(schema: z.core.$ZodType): fc.Arbitrary<unknown> {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  switch (def.type) {
    case 'object': {
      const fields = Object.entries(def.shape).map(([name, field]) => [name, near(field)] as const);
      return fc.record(Object.fromEntries(fields), { requiredKeys: fields.map(([name]) => name) });
    }
    case 'array':
      return fc.array(near(def.element), { maxLength: 70 });
    case 'string':
      return fc.oneof(fc.string({ unit: 'grapheme' }), awkwardText, fc.constantFrom(...ids));
    case 'number':
      return fc.oneof(fc.integer({ min: 0, max: 65_536 }), fc.maxSafeNat(), awkwardNumber);
    case 'boolean':
      return fc.boolean();
    case 'enum':
      return fc.constantFrom(...Object.values(def.entries));
    // Ids: those there are, and one that is not.
    case 'custom':
      return fc.oneof(fc.constantFrom(...ids), fc.uuid());
    case 'optional':
    case 'default':
      return fc.option(near(def.innerType), { nil: undefined });
    default:
      throw new Error(`the fuzz knows no ${def.type}`);
  }
}

interface SentError {
  readonly code: string;
  readonly defined: boolean;
  readonly message: string;
  readonly data?: object;
}

/** Fails unless the answer is a result or an error of the closed set that tells no secret of ours. */
async function expectCoded(response: Response): Promise<void> {
  if (response.headers.get('content-type') === 'text/event-stream') {
    await response.body?.cancel();
    return;
  }
  const answer = (await response.json()) as { json: SentError };
  if (response.status === 200) return;
  const { code, defined, message, data } = answer.json;
  expect(errorCodes).toHaveProperty(code);
  expect(defined).toBe(true);
  expect(message.length).toBeGreaterThan(0);
  expect(message.length).toBeLessThanOrEqual(300);
  expect(Object.keys(data ?? {}).every((key) => key === 'hint' || key === 'field')).toBe(true);
  expect(message).not.toMatch(/\bat \/|SQLITE|node:|\.ts\b/);
  // Nothing that can be typed is an error of ours.
  expect({ code, logged }).toEqual({ code: expect.not.stringMatching('INTERNAL'), logged: [] });
}

describe('every call', () => {
  it('is in the table with the role it needs', () => {
    expect(all.length).toBeGreaterThanOrEqual(12);
    for (const { needs } of all) expect(roles).toContain(needs);
  });

  it.each(all)(
    '$path answers whatever comes near its schema',
    async ({ path: call, input }) => {
      const value = input === undefined ? junk : near(input);
      await fc.assert(
        fc.asyncProperty(value, async (json) => expectCoded(await ask(call, JSON.stringify({ json })))),
        { numRuns: messages },
      );
    },
    timeLimitMs,
  );

  it.each(all)(
    '$path answers bodies that are no message',
    async ({ path: call }) => {
      const meta = fc.array(fc.tuple(fc.nat({ max: 12 }), fc.oneof(fc.string(), fc.nat())), { maxLength: 3 });
      const body = fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.uint8Array({ maxLength: 200 }).map((bytes) => Uint8Array.from(bytes)),
        junk.map((value) => JSON.stringify(value)),
        fc.record({ json: junk, meta: fc.oneof(meta, junk) }).map((value) => JSON.stringify(value)),
      );
      const type = fc.constantFrom(
        ...[
          'application/json',
          'multipart/form-data',
          'multipart/form-data; boundary=x',
          'text/event-stream',
        ],
        ...['application/x-www-form-urlencoded', 'text/plain', 'application/octet-stream', 'x'],
      );
      await fc.assert(
        fc.asyncProperty(body, type, async (bytes, contentType) => {
          const headers = { 'content-type': contentType };
          await expectCoded(await ask(call, bytes, localAdmin, { headers }));
        }),
        { numRuns: Math.ceil(messages / 3) },
      );
    },
    timeLimitMs,
  );

  it.each(all)(
    '$path is refused below its role, before its input is looked at',
    async ({ path: call, needs }) => {
      for (const role of roles) {
        const { status } = await ask(call, JSON.stringify({ json: 'nonsense' }), { name: 'Somebody', role });
        expect(status === 403).toBe(roles.indexOf(role) < roles.indexOf(needs));
      }
    },
  );
});

it('there are no other calls', async () => {
  const names = fc.oneof(
    fc.webPath(),
    fc.constantFrom('', '/', '__proto__', 'cameras', 'cameras/list/x', 'constructor'),
  );
  await fc.assert(
    fc.asyncProperty(names, async (name) => {
      const response = await ask(name, '{}');
      await expectCoded(response);
      const isCall = all.some((call) => `/${call.path}` === `/${name}`.replace(/\/$/, ''));
      expect(isCall || response.status === 404).toBe(true);
    }),
    { numRuns: 100 },
  );
  expect((await ask('cameras/list', undefined, localAdmin, { method: 'GET' })).status).toBe(405);
});

it('an error that nobody expected is told plainly and logged in full', async () => {
  made.catalog.database.exec('ALTER TABLE cameras RENAME TO hidden');
  const response = await ask('cameras/list', '{}');
  made.catalog.database.exec('ALTER TABLE hidden RENAME TO cameras');
  expect(response.status).toBe(500);
  const { json } = (await response.json()) as { json: SentError };
  expect(json).toMatchObject({
    code: 'INTERNAL',
    defined: true,
    message: 'Something went wrong inside Lookout.',
  });
  expect(logged.join()).toContain('cameras.list');
  logged = [];
});
