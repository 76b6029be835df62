// The station: catalog, recorders and services put together, without a window and without Electron.

import path from 'node:path';
import type { WebSocket } from 'ws';
import { testConnection } from '../recorder/capture/connection-test.ts';
import { Encoders } from '../recorder/capture/encoders.ts';
import { endOrphans } from '../recorder/capture/orphans.ts';
import { Recorders, type RecordersListener } from '../recorder/capture/recorders.ts';
import { LiveHub } from '../recorder/live/hub.ts';
import type { Clocks, EpochMs } from '../recorder/model/clock.ts';
import type { Log } from '../recorder/model/log.ts';
import type { FootageLedger } from '../recorder/segments/ledger.ts';
import type { CallContext } from './calls.ts';
import { fileSecretBox, type SecretBox } from './cameras/secret-box.ts';
import { CameraService } from './cameras/service.ts';
import { AlarmRows } from './catalog/alarms.ts';
import { CameraRows } from './catalog/cameras.ts';
import { type KeptCatalog, openKeptCatalog } from './catalog/kept-catalog.ts';
import { createLedger } from './catalog/ledger.ts';
import { MarkRows } from './catalog/marks.ts';
import { ModeRows } from './catalog/modes.ts';
import type { Catalog } from './catalog/open.ts';
import { RetentionRows } from './catalog/retention.ts';
import { SettingRows } from './catalog/settings.ts';
import { TagRows } from './catalog/tags.ts';
import { ViewRows } from './catalog/views.ts';
import type { StationEvent } from './contract/events.ts';
import type { Person } from './contract/shapes.ts';
import { claimDataFolder } from './data-folder.ts';
import { AlarmBoard } from './events/alarm-board.ts';
import { EventBoard } from './events/event-board.ts';
import { TimelineService } from './footage/timeline.ts';
import { composeUpkeep, type Upkeep } from './footage/upkeep.ts';
import { CameraHealthService } from './health/camera-health.ts';
import { Heartbeat } from './health/heartbeat.ts';
import { StationHealth } from './health/station-health.ts';
import { CallSockets } from './http/call-sockets.ts';
import { InterfaceFiles } from './http/interface-files.ts';
import { codedRefusal } from './http/refusals.ts';
import { requestHandler } from './http/requests.ts';
import { LiveWindows } from './live/windows.ts';
import { MarkService } from './marks/service.ts';
import { TagService } from './marks/tags.ts';
import { MotionService } from './motion/service.ts';
import { Thumbnails } from './motion/thumbnails.ts';
import { PlaybackRequests } from './playback/requests.ts';
import { PlaybackService } from './playback/service.ts';
import { composeRouter, type Services, type StationRouter } from './router.ts';
import { bundledFfmpeg } from './settings/bundled-ffmpeg.ts';
import { FfmpegFinder } from './settings/ffmpeg-finder.ts';
import { readSettings } from './settings/settings.ts';
import { ViewService } from './views/service.ts';

export interface StationOptions {
  /** Made when it is missing. */
  readonly dataFolder: string;
  readonly shell: 'desktop' | 'headless';
  readonly version: string;
  /** Where the built interface lies. */
  readonly rendererFolder: string;
  readonly migrationsFolder: string;
  readonly clocks: Clocks;
  readonly log: Log;
  /** The desktop's own; left out, a key file in the data folder is used. */
  readonly secrets?: SecretBox;
}

export interface Station {
  readonly router: StationRouter;
  /** What a door gives to the router for each call of this person. */
  context(person: Person): CallContext;
  /** Serves every address: interface, calls, live, footage. Never rejects. */
  handle(request: Request, person: Person): Promise<Response>;
  /** Answers the calls that come over a socket, until either closes. */
  talk(socket: WebSocket, person: Person): void;
  /** Ends the recorders, closes the catalog, lets go of the data folder. Safe to call again. */
  stop(): Promise<void>;
  /**
   * Resolves when the catalog was found damaged while it is in use. Recording goes on as far as it can; the station is to be
   * stopped and opened again, which puts the catalog back.
   */
  readonly damaged: Promise<void>;
}

/**
 * Opens a station: catalog, then the footage store's start steps 1 to 5. Rejects with DataFolderBusy when another station
 * uses the folder, with CatalogError when the catalog cannot be used; nothing is left open then.
 */
export async function openStation(options: StationOptions): Promise<Station> {
  const open = new AsyncDisposableStack();
  try {
    open.defer(claimDataFolder(options.dataFolder));
    const kept = openKeptCatalog(options);
    open.defer(() => kept.close());
    return { ...(await compose(options, kept, open)), damaged: kept.damaged };
  } catch (error) {
    await open.disposeAsync();
    throw error;
  }
}

async function compose(
  options: StationOptions,
  kept: KeptCatalog,
  open: AsyncDisposableStack,
): Promise<Omit<Station, 'damaged'>> {
  const { clocks, log, dataFolder } = options;
  const { catalog } = kept;
  const board = new EventBoard(clocks);
  const hub = new LiveHub();
  const settings = readSettings(new SettingRows(catalog), log);
  const { ffmpeg, encoders } = findFfmpeg(settings.ffmpegPath, options);
  open.defer(() => ffmpeg.stop());
  const ledger = createLedger(catalog);
  const alarms = new AlarmBoard({ rows: new AlarmRows(catalog), board, clock: clocks.wall, log });
  const upkeep = await openUpkeep(kept, { ledger, alarms, board, options });
  open.defer(() => upkeep.stop());
  const listener = listenerFor(board, upkeep, () => cameras);
  const recordersFolder = path.join(dataFolder, 'recorders');
  await makeWay(upkeep, recordersFolder, log);
  const motion = new MotionService({
    ...{ catalog, board, clocks, log, cameras: new CameraRows(catalog) },
    apply: (streamId, motionSettings) => recorders.setMotion(streamId, motionSettings),
  });
  open.defer(() => motion.stop());
  const heartbeat = new Heartbeat(options);
  open.defer(() => heartbeat.stop());
  const recorders = new Recorders({
    ...{ clocks, ledger, hub, log, listener, recordersFolder },
    ffmpeg: () => ffmpeg.path(),
    volumes: upkeep.volumes.volumes,
    segmentMs: settings.segmentMs,
    syncIntervalMs: settings.syncMs,
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    aliveUntilMs: aliveUntilMs(heartbeat, catalog),
    encoders,
    pictures: motion.pictureUse(),
  });
  open.defer(() => recorders.stopAll());
  const cameras = camerasOf(catalog, recorders, board, ffmpeg, options);
  const live = new LiveWindows({ hub, clocks, streams: () => cameras.streamIds() });
  const playback = new PlaybackService({ catalog, openSegments: recorders, clock: clocks.wall });
  const { storage, locks } = upkeep;
  const healths = healthOf({ catalog, recorders, cameras, storage, ffmpeg, encoders, options });
  const timeline = new TimelineService(catalog, recorders);

  await ffmpeg.soon();
  cameras.start();
  heartbeat.start();
  upkeep.start();
  kept.start(alarms);
  open.defer(() => {
    live.close();
    board.close();
  });
  const people = peoplesServices(catalog, board, clocks);
  return serveStation(
    {
      ...{ cameras, live, motion, timeline, playback, board, storage, locks, alarms },
      ...healths,
      ...people,
    },
    new Thumbnails(catalog, recorders),
    options,
    open,
  );
}

/** Without a heartbeat (the first start of this version), the newest footage or gap is the last sign of life. */
function aliveUntilMs(heartbeat: Heartbeat, catalog: Catalog): EpochMs | undefined {
  return heartbeat.beforeMs ?? new RetentionRows(catalog).newestMs();
}

/** After these, what lies beside the footage of a camera has to say something else. */
const describesCamera: ReadonlySet<StationEvent['kind']> = new Set([
  'camera',
  'camera-removed',
  'motion-settings',
]);

interface UpkeepNeeds {
  readonly ledger: FootageLedger;
  readonly alarms: AlarmBoard;
  readonly board: EventBoard;
  readonly options: StationOptions;
}

/** What looks after the footage; a catalog that was put back has the cameras and locks again that lie beside it. */
async function openUpkeep(
  kept: KeptCatalog,
  { ledger, alarms, board, options }: UpkeepNeeds,
): Promise<Upkeep> {
  const { dataFolder, clocks, log } = options;
  const upkeep = composeUpkeep({
    ...{ catalog: kept.catalog, ledger, alarms, dataFolder, clocks, log },
    backupMs: () => kept.backupMs(),
    onLocks: () => board.publish({ kind: 'locks' }),
  });
  board.listen((event) => {
    if (describesCamera.has(event.kind)) upkeep.cameraChanged();
  });
  if (kept.restored !== undefined) await upkeep.restore(kept.restored);
  return upkeep;
}

/** Start steps 1 to 4. */
async function makeWay(upkeep: Upkeep, recordersFolder: string, log: Log): Promise<void> {
  // Step 2 first: nothing of a recorder that still runs may be read.
  await endOrphans(recordersFolder, log);
  await upkeep.volumes.look();
}

function camerasOf(
  catalog: Catalog,
  recorders: Recorders,
  board: EventBoard,
  ffmpeg: FfmpegFinder,
  { clocks, log, dataFolder, secrets }: StationOptions,
): CameraService {
  return new CameraService({
    ...{ recorders, board, clocks, log },
    rows: new CameraRows(catalog),
    modes: new ModeRows(catalog),
    secrets: secrets ?? fileSecretBox(path.join(dataFolder, 'secrets.key'), { clock: clocks.wall, log }),
    test: async (source, signal) => testConnection(source, await ffmpeg.required(), clocks, signal),
  });
}

interface HealthNeeds {
  readonly catalog: Catalog;
  readonly recorders: Recorders;
  readonly cameras: CameraService;
  readonly storage: Upkeep['storage'];
  readonly ffmpeg: FfmpegFinder;
  readonly encoders: Encoders;
  readonly options: StationOptions;
}

function healthOf({ catalog, recorders, cameras, storage, ffmpeg, encoders, options }: HealthNeeds) {
  const { version, shell, clocks, secrets } = options;
  const rows = new CameraRows(catalog);
  return {
    health: new StationHealth({
      ...{ version, shell, startedMs: clocks.wall.nowMs(), encoders },
      secrets: secrets?.kind ?? 'file',
      ffmpeg: () => ffmpeg.found(),
      volumes: () => storage.volumes(),
      withUnreadableSignIn: () => cameras.withUnreadableSignIn(),
    }),
    cameraHealth: new CameraHealthService({ cameras: () => rows.list(), recorders }),
  };
}

/** Who is told of what happens in the recorders. */
function listenerFor(board: EventBoard, upkeep: Upkeep, cameras: () => CameraService): RecordersListener {
  return {
    onState: (streamId, state) => board.publish({ kind: 'stream-state', streamId, state }),
    onPicture: (streamId) => cameras().pictureChanged(streamId),
    onFootage: (streamId, newestMs) => board.publishFootage(streamId, newestMs),
    onGap: (streamId, gap) => board.publish({ kind: 'gap', streamId, gap }),
    onSegment: () => upkeep.retention.wake(),
  };
}

/** What people write down: tags, marks, views. */
function peoplesServices(catalog: Catalog, board: EventBoard, { wall }: Clocks) {
  const tags = new TagRows(catalog);
  return {
    tags: new TagService(tags, board),
    marks: new MarkService({ rows: new MarkRows(catalog), tags, board, clock: wall }),
    views: new ViewService({
      rows: new ViewRows(catalog),
      settings: new SettingRows(catalog),
      board,
      clock: wall,
    }),
  };
}

function serveStation(
  services: Services,
  thumbnails: Thumbnails,
  options: StationOptions,
  open: AsyncDisposableStack,
): Omit<Station, 'damaged'> {
  const { log, rendererFolder } = options;
  const router = composeRouter(services);
  const context = (person: Person): CallContext => ({ person, log });
  const serve = requestHandler({
    router,
    context,
    live: services.live,
    playback: new PlaybackRequests(services.playback, log),
    thumbnails,
    files: new InterfaceFiles(rendererFolder),
    log,
  });
  const sockets = new CallSockets(router, context);
  open.defer(() => sockets.close());
  let stopped: Promise<void> | undefined;
  return {
    router,
    context,
    talk: (socket, person) => sockets.talk(socket, person),
    handle: async (request, person) =>
      stopped === undefined ? serve(request, person) : refuseStopping(request),
    stop: () => {
      stopped ??= open.disposeAsync();
      return stopped;
    },
  };
}

function refuseStopping(request: Request): Response {
  const asCall = new URL(request.url).pathname.startsWith('/rpc/');
  return codedRefusal('STOPPING', 'Lookout is stopping.', { asCall });
}

/** Looks for FFmpeg, and tries what encoders it has, in the background; until then the processor encodes. */
function findFfmpeg(setting: string | undefined, { clocks, log, dataFolder }: StationOptions) {
  const encoders = new Encoders({ clocks, log });
  const file = path.join(dataFolder, 'encoders.json');
  const ffmpeg = new FfmpegFinder({
    ...{ places: { setting, bundled: bundledFfmpeg() }, clocks, log },
    onFound: (found) => void encoders.find({ ffmpeg: found, file }),
  });
  return { ffmpeg, encoders };
}
