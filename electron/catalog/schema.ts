// The catalog's tables as drizzle sees them. The SQL of migrations/ is the truth; a test compares the two.

import { sql } from 'drizzle-orm';
import {
  blob,
  foreignKey,
  integer,
  primaryKey,
  sqliteTable,
  text,
  unique,
  uniqueIndex,
} from 'drizzle-orm/sqlite-core';
import type { EncodedCodec } from '../../recorder/model/encoding.ts';
import type {
  AlarmId,
  CameraId,
  LockId,
  MarkId,
  StreamId,
  TagId,
  ViewId,
  VolumeId,
} from '../../recorder/model/ids.ts';
import type { MarkKind } from '../../recorder/model/marks.ts';
import type { GapReason, StreamTransport } from '../../recorder/model/states.ts';
import type { AlarmKind } from '../contract/alarms.ts';
import type { TagColour } from '../contract/marks.ts';

const bytes = (name: string) => blob(name, { mode: 'buffer' });

export const cameras = sqliteTable(
  'cameras',
  {
    id: text('id').$type<CameraId>().primaryKey(),
    name: text('name').notNull(),
    recording: integer('recording', { mode: 'boolean' }).notNull(),
    createdMs: integer('created_ms').notNull(),
    removedMs: integer('removed_ms'),
    keepDays: integer('keep_days'),
    quotaBytes: integer('quota_bytes'),
  },
  (table) => [
    uniqueIndex('cameras_one_name')
      .on(sql`${table.name} COLLATE NOCASE`)
      .where(sql`${table.removedMs} IS NULL`),
  ],
);

export const streams = sqliteTable(
  'streams',
  {
    number: integer('number').primaryKey(),
    id: text('id').$type<StreamId>().notNull().unique(),
    cameraId: text('camera_id')
      .$type<CameraId>()
      .notNull()
      .references(() => cameras.id),
    role: text('role', { enum: ['main', 'sub'] }).notNull(),
    source: text('source', { enum: ['rtsp', 'http', 'test-pattern'] }).notNull(),
    url: text('url'),
    transport: text('transport').$type<StreamTransport>().notNull(),
  },
  (table) => [unique().on(table.cameraId, table.role)],
);

export const credentials = sqliteTable('credentials', {
  streamNumber: integer('stream_number')
    .primaryKey()
    .references(() => streams.number),
  sealed: bytes('sealed').notNull(),
});

export const volumes = sqliteTable('volumes', {
  number: integer('number').primaryKey(),
  id: text('id').$type<VolumeId>().notNull().unique(),
  folder: text('folder').notNull(),
  addedMs: integer('added_ms').notNull(),
  name: text('name').notNull().default('Recordings'),
  reserveBytes: integer('reserve_bytes'),
  retiredMs: integer('retired_ms'),
});

export const inits = sqliteTable(
  'inits',
  {
    number: integer('number').primaryKey(),
    streamNumber: integer('stream_number')
      .notNull()
      .references(() => streams.number),
    sha256: bytes('sha256').notNull(),
    bytes: bytes('bytes').notNull(),
  },
  (table) => [unique().on(table.streamNumber, table.sha256)],
);

export const segments = sqliteTable(
  'segments',
  {
    streamNumber: integer('stream_number')
      .notNull()
      .references(() => streams.number),
    startMs: integer('start_ms').notNull(),
    endMs: integer('end_ms').notNull(),
    runStartMs: integer('run_start_ms').notNull(),
    sizeBytes: integer('size_bytes').notNull(),
    volumeNumber: integer('volume_number')
      .notNull()
      .references(() => volumes.number),
    initNumber: integer('init_number')
      .notNull()
      .references(() => inits.number),
    sha256: bytes('sha256').notNull(),
    chain: bytes('chain'),
  },
  (table) => [primaryKey({ columns: [table.streamNumber, table.startMs] })],
);

export const chainAnchors = sqliteTable(
  'chain_anchors',
  {
    streamNumber: integer('stream_number')
      .notNull()
      .references(() => streams.number),
    startMs: integer('start_ms').notNull(),
    chainBefore: bytes('chain_before').notNull(),
  },
  (table) => [primaryKey({ columns: [table.streamNumber, table.startMs] })],
);

export const storedFootage = sqliteTable(
  'stored_footage',
  {
    streamNumber: integer('stream_number')
      .notNull()
      .references(() => streams.number),
    volumeNumber: integer('volume_number')
      .notNull()
      .references(() => volumes.number),
    segments: integer('segments').notNull(),
    sizeBytes: integer('size_bytes').notNull(),
  },
  (table) => [primaryKey({ columns: [table.streamNumber, table.volumeNumber] })],
);

export const evidenceLocks = sqliteTable('evidence_locks', {
  id: text('id').$type<LockId>().primaryKey(),
  cameraId: text('camera_id')
    .$type<CameraId>()
    .notNull()
    .references(() => cameras.id),
  startMs: integer('start_ms').notNull(),
  endMs: integer('end_ms').notNull(),
  reason: text('reason').notNull(),
  createdMs: integer('created_ms').notNull(),
  createdBy: text('created_by').notNull(),
  expiresMs: integer('expires_ms'),
  releasedMs: integer('released_ms'),
  releasedBy: text('released_by'),
});

export const damages = sqliteTable(
  'damages',
  {
    streamNumber: integer('stream_number').notNull(),
    startMs: integer('start_ms').notNull(),
    kind: text('kind', { enum: ['missing', 'size', 'hash', 'unreadable'] }).notNull(),
    foundMs: integer('found_ms').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.streamNumber, table.startMs] }),
    foreignKey({
      columns: [table.streamNumber, table.startMs],
      foreignColumns: [segments.streamNumber, segments.startMs],
    }).onDelete('cascade'),
  ],
);

export const alarms = sqliteTable(
  'alarms',
  {
    id: text('id').$type<AlarmId>().primaryKey(),
    kind: text('kind').$type<AlarmKind>().notNull(),
    subject: text('subject').notNull(),
    detail: text('detail').notNull(),
    raisedMs: integer('raised_ms').notNull(),
    clearedMs: integer('cleared_ms'),
  },
  (table) => [
    uniqueIndex('alarms_one_standing').on(table.kind, table.subject).where(sql`${table.clearedMs} IS NULL`),
  ],
);

export const coverage = sqliteTable(
  'coverage',
  {
    streamNumber: integer('stream_number')
      .notNull()
      .references(() => streams.number),
    startMs: integer('start_ms').notNull(),
    endMs: integer('end_ms').notNull(),
  },
  (table) => [primaryKey({ columns: [table.streamNumber, table.startMs] })],
);

export const fragmentIndexes = sqliteTable(
  'fragment_indexes',
  {
    streamNumber: integer('stream_number').notNull(),
    startMs: integer('start_ms').notNull(),
    spans: bytes('spans').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.streamNumber, table.startMs] }),
    foreignKey({
      columns: [table.streamNumber, table.startMs],
      foreignColumns: [segments.streamNumber, segments.startMs],
    }).onDelete('cascade'),
  ],
);

export const gaps = sqliteTable(
  'gaps',
  {
    streamNumber: integer('stream_number')
      .notNull()
      .references(() => streams.number),
    startMs: integer('start_ms').notNull(),
    endMs: integer('end_ms'),
    reason: text('reason').$type<GapReason>().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.streamNumber, table.startMs] }),
    uniqueIndex('gaps_one_open').on(table.streamNumber).where(sql`${table.endMs} IS NULL`),
  ],
);

export const garbage = sqliteTable(
  'garbage',
  {
    volumeNumber: integer('volume_number')
      .notNull()
      .references(() => volumes.number),
    path: text('path').notNull(),
    sinceMs: integer('since_ms').notNull(),
  },
  (table) => [primaryKey({ columns: [table.volumeNumber, table.path] })],
);

export const motionSettings = sqliteTable('motion_settings', {
  cameraId: text('camera_id')
    .$type<CameraId>()
    .primaryKey()
    .references(() => cameras.id),
  enabled: integer('enabled', { mode: 'boolean' }).notNull(),
  sensitivity: integer('sensitivity').notNull(),
  masks: text('masks').notNull(),
});

export const motionEvents = sqliteTable(
  'motion_events',
  {
    streamNumber: integer('stream_number')
      .notNull()
      .references(() => streams.number),
    startMs: integer('start_ms').notNull(),
    endMs: integer('end_ms').notNull(),
    peakMs: integer('peak_ms').notNull(),
    peakLevel: integer('peak_level').notNull(),
    cells: bytes('cells').notNull(),
  },
  (table) => [primaryKey({ columns: [table.streamNumber, table.startMs] })],
);

export const heatMaps = sqliteTable(
  'heat_maps',
  {
    streamNumber: integer('stream_number').notNull(),
    startMs: integer('start_ms').notNull(),
    cells: bytes('cells').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.streamNumber, table.startMs] }),
    foreignKey({
      columns: [table.streamNumber, table.startMs],
      foreignColumns: [segments.streamNumber, segments.startMs],
    }).onDelete('cascade'),
  ],
);

export const recordingModes = sqliteTable('recording_modes', {
  cameraId: text('camera_id')
    .$type<CameraId>()
    .primaryKey()
    .references(() => cameras.id),
  kind: text('kind', { enum: ['continuous', 'motion', 'schedule'] }).notNull(),
  week: text('week').notNull(),
  preRollMs: integer('pre_roll_ms').notNull(),
  postRollMs: integer('post_roll_ms').notNull(),
  manualUntilMs: integer('manual_until_ms'),
});

export const storageSavers = sqliteTable('storage_savers', {
  cameraId: text('camera_id')
    .$type<CameraId>()
    .primaryKey()
    .references(() => cameras.id),
  codec: text('codec').$type<EncodedCodec>().notNull(),
  heightLimit: integer('height_limit'),
  fpsLimit: integer('fps_limit'),
  kilobits: integer('kilobits').notNull(),
});

export const streamMinutes = sqliteTable(
  'stream_minutes',
  {
    atMs: integer('at_ms').notNull(),
    streamNumber: integer('stream_number')
      .notNull()
      .references(() => streams.number),
    runningMs: integer('running_ms').notNull(),
    recordingMs: integer('recording_ms').notNull(),
    frames: integer('frames').notNull(),
    sizeBytes: integer('size_bytes').notNull(),
    keyframeMs: integer('keyframe_ms'),
    restarts: integer('restarts').notNull(),
    reason: text('reason').$type<GapReason>(),
  },
  (table) => [primaryKey({ columns: [table.atMs, table.streamNumber] })],
);

export const settings = sqliteTable('settings', {
  name: text('name').primaryKey(),
  value: text('value').notNull(),
});

export const tags = sqliteTable(
  'tags',
  {
    number: integer('number').primaryKey(),
    id: text('id').$type<TagId>().notNull().unique(),
    name: text('name').notNull(),
    category: text('category').notNull(),
    colour: text('colour').$type<TagColour>().notNull(),
  },
  (table) => [uniqueIndex('tags_one_name').on(sql`${table.name} COLLATE NOCASE`)],
);

export const marks = sqliteTable('marks', {
  number: integer('number').primaryKey(),
  id: text('id').$type<MarkId>().notNull().unique(),
  cameraId: text('camera_id')
    .$type<CameraId>()
    .notNull()
    .references(() => cameras.id),
  kind: text('kind').$type<MarkKind>().notNull(),
  startMs: integer('start_ms').notNull(),
  endMs: integer('end_ms'),
  text: text('text').notNull(),
  author: text('author').notNull(),
  createdMs: integer('created_ms').notNull(),
  changedMs: integer('changed_ms').notNull(),
});

export const markTags = sqliteTable(
  'mark_tags',
  {
    markNumber: integer('mark_number')
      .notNull()
      .references(() => marks.number, { onDelete: 'cascade' }),
    tagNumber: integer('tag_number')
      .notNull()
      .references(() => tags.number, { onDelete: 'cascade' }),
  },
  (table) => [primaryKey({ columns: [table.markNumber, table.tagNumber] })],
);

export const views = sqliteTable(
  'views',
  {
    id: text('id').$type<ViewId>().primaryKey(),
    owner: text('owner').notNull(),
    name: text('name').notNull(),
    layout: text('layout').notNull(),
    changedMs: integer('changed_ms').notNull(),
  },
  (table) => [uniqueIndex('views_one_name').on(table.owner, sql`${table.name} COLLATE NOCASE`)],
);
