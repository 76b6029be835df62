// What the station tells its windows without being asked. Delivered by the call `events.watch`.

import * as z from 'zod';
import { Alarm } from './alarms.ts';
import { Mark, MarkIdShape } from './marks.ts';
import { MotionEventShape } from './motion.ts';
import { Camera, CameraIdShape, Gap, StreamIdShape, StreamStateShape, TimeMs } from './shapes.ts';

export const StationEvent = z.discriminatedUnion('kind', [
  /** A camera was added or changed; the whole new value. */
  z.object({ kind: z.literal('camera'), camera: Camera }),
  z.object({ kind: z.literal('camera-removed'), cameraId: CameraIdShape }),
  z.object({ kind: z.literal('stream-state'), streamId: StreamIdShape, state: StreamStateShape }),
  /** Playable footage of a stream now reaches to `newestMs`; at most one a second and stream. */
  z.object({ kind: z.literal('footage'), streamId: StreamIdShape, newestMs: TimeMs }),
  /** A gap began (no `endMs`), changed its reason or ended. */
  z.object({ kind: z.literal('gap'), streamId: StreamIdShape, gap: Gap }),
  /** A mark was added or changed; the whole new value. */
  z.object({ kind: z.literal('mark'), mark: Mark }),
  z.object({ kind: z.literal('mark-removed'), markId: MarkIdShape, cameraId: CameraIdShape }),
  /** Something began to move (no `endMs`), or it is over. */
  z.object({ kind: z.literal('motion'), streamId: StreamIdShape, event: MotionEventShape }),
  /** Somebody changed how a camera is looked at: ask again. */
  z.object({ kind: z.literal('motion-settings'), cameraId: CameraIdShape }),
  /** Tags were added, changed or removed, and with them the marks that have them: ask again. */
  z.object({ kind: z.literal('tags') }),
  /** Somebody saved or removed a view: ask again. */
  z.object({ kind: z.literal('views') }),
  /** Evidence was locked or released, or a lock's time is over: ask again. */
  z.object({ kind: z.literal('locks') }),
  /** All alarms that stand now. */
  z.object({ kind: z.literal('alarms'), alarms: z.array(Alarm) }),
  /** Events were dropped because this window read too slowly: ask for everything again. */
  z.object({ kind: z.literal('resync') }),
]);
export type StationEvent = z.infer<typeof StationEvent>;
