// A camera service for tests, with recorders that only note what they are asked.

import path from 'node:path';
import type { StreamSource } from '../../recorder/ffmpeg/source.ts';
import { systemClocks } from '../../recorder/model/clock.ts';
import type { StorageSaver } from '../../recorder/model/encoding.ts';
import type { StreamId } from '../../recorder/model/ids.ts';
import type { RecordingMode } from '../../recorder/model/modes.ts';
import { CameraRows } from '../catalog/cameras.ts';
import { type MadeCatalog, madeCatalog } from '../catalog/made-catalog.ts';
import { ModeRows } from '../catalog/modes.ts';
import type { StationEvent } from '../contract/events.ts';
import { EventBoard } from '../events/event-board.ts';
import { fileSecretBox, type SecretBox } from './secret-box.ts';
import { type CameraParts, CameraService } from './service.ts';

const silent = { info: () => {}, warn: () => {}, error: () => {} };

export class MadeCameras {
  readonly made: MadeCatalog = madeCatalog();
  readonly modes: RecordingMode[] = [];
  readonly savers: (StorageSaver | undefined)[] = [];
  /** What the recorders were asked, in words. */
  asked: string[] = [];
  /** What each stream was opened from last. */
  readonly sources = new Map<StreamId, StreamSource>();
  readonly told: StationEvent[] = [];
  logged = '';
  answerTest: CameraParts['test'] = async () => ({
    ok: false,
    reason: 'unreachable',
    message: 'Nobody answers.',
  });

  secretsIn(name: string): SecretBox {
    return fileSecretBox(path.join(this.made.folder, name), { clock: systemClocks.wall, log: silent });
  }

  /** As a station would after another start, on the same catalog. */
  open(secrets: SecretBox = this.secretsIn('secrets.key')): CameraService {
    const board = new EventBoard(systemClocks);
    board.publish = (event) => void this.told.push(event);
    const write = (fields: object, message: string) => {
      this.logged += JSON.stringify([fields, message]);
    };
    return new CameraService({
      rows: new CameraRows(this.made.catalog),
      modes: new ModeRows(this.made.catalog),
      recorders: {
        set: ({ place, source, mode, saver }) => {
          this.modes.push(mode);
          this.savers.push(saver);
          this.asked.push(`${source.kind} ${mode.kind !== 'off' ? 'recorded' : 'live only'}`);
          this.sources.set(place.streamId, source);
        },
        setWatched: ({ streamId, role }, source) => {
          this.asked.push(`${source.kind} ${role} watched`);
          this.sources.set(streamId, source);
        },
        remove: async () => void this.asked.push('removed'),
        state: () => ({ kind: 'connecting', sinceMs: 1 }),
        picture: () => undefined,
      },
      secrets,
      board,
      clocks: systemClocks,
      log: { info: write, warn: write, error: write },
      test: (source, signal) => this.answerTest(source, signal),
    });
  }

  remove(): void {
    this.made.remove();
  }
}

export const newCamera = (url: string, more: object = {}) => ({
  url,
  transport: 'tcp' as const,
  name: 'Yard',
  recording: true,
  ...more,
});
