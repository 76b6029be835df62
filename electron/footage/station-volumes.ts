// The station's volumes: known from the catalog, brought into agreement whenever they are found, the first one made.

import type { Clocks } from '../../recorder/model/clock.ts';
import type { Log } from '../../recorder/model/log.ts';
import type { FootageLedger, StreamPlace } from '../../recorder/segments/ledger.ts';
import { recoverVolume } from '../../recorder/segments/recovery.ts';
import { openVolume, type Volume } from '../../recorder/segments/volume.ts';
import { Volumes } from '../../recorder/segments/volumes.ts';
import type { VolumeRows } from '../catalog/volumes.ts';
import type { FootageReading } from './reading.ts';

/** Recording waits this long for the files of a volume to be brought into agreement; the rest is done beside it. */
const recoverLimitMs = 2_000;
/** Of that, for the deleted files of a volume that was away: retention unlinks the rest. */
const garbageLimitMs = 500;

export interface StationVolumesParts {
  readonly rows: VolumeRows;
  readonly ledger: FootageLedger;
  /** Of every stream that may have files, removed cameras included. */
  readonly places: () => readonly StreamPlace[];
  /** Takes over what recording should not wait for. */
  readonly reading: FootageReading;
  readonly clocks: Clocks;
  readonly log: Log;
  /** The folder of the volume that a station begins with. */
  readonly defaultFolder: string;
  /** The state of a volume changed. */
  readonly onChange: () => void;
}

export class StationVolumes {
  readonly volumes: Volumes;
  readonly #parts: StationVolumesParts;

  constructor(parts: StationVolumesParts) {
    this.#parts = parts;
    const { clocks, log, onChange } = parts;
    const prepare = (volume: Volume) => this.#prepare(volume);
    this.volumes = new Volumes({ clocks, log, onChange, prepare });
  }

  /** Start steps 1, 3 and 4 for every volume that is there; then again at each look, for those that were not. */
  async look(): Promise<void> {
    await this.#knowDefault();
    await this.volumes.look();
    this.#readUnread();
  }

  /** Hands over what lies there without a row. A catalog that does not take the note of it is asked again at the next look. */
  #readUnread(): void {
    const { reading, log } = this.#parts;
    const { unread } = this.volumes;
    for (const volume of this.volumes.ready()) {
      const streams = unread.on(volume.id);
      if (streams.length === 0) continue;
      try {
        reading.readRest(volume, streams);
        unread.forget(volume.id);
      } catch (error) {
        log.error({ err: error, volumeId: volume.id }, 'Files without a row have to wait for the catalog');
      }
    }
  }

  /**
   * The first start makes the default volume. Later it must be the one it was; only when the data folder was moved as a
   * whole is a volume found in it that the catalog knows at another place.
   */
  async #knowDefault(): Promise<void> {
    const { rows, clocks, log, defaultFolder } = this.#parts;
    const known = rows.list();
    if (known.length === 0) {
      const made = await openVolume(defaultFolder);
      if (made.ok) rows.register({ ...made.volume, nowMs: clocks.wall.nowMs() });
      else log.error({ reason: made.reason, detail: made.detail }, 'The first volume cannot be used');
    } else if (known.every(({ folder }) => folder !== defaultFolder)) {
      for (const { id } of known) {
        const moved = await openVolume(defaultFolder, id);
        if (moved.ok) rows.register({ ...moved.volume, nowMs: clocks.wall.nowMs() });
      }
    }
    for (const { id, folder, retiredMs } of rows.list()) {
      this.volumes.know({ id, folder, isRetired: retiredMs !== undefined });
    }
  }

  async #prepare(volume: Volume): Promise<void> {
    const { places, ledger, clocks, log, reading } = this.#parts;
    if (reading.isRequested(volume.id)) {
      reading.readAll(volume);
      return;
    }
    const began = clocks.monotonic.now();
    // Read before anything is recorded: from then on the newest row tells nothing of what lies here.
    const streams = places().map((place) => ({
      ...place,
      fromMs: ledger.newestOnVolumeMs(place.streamId, volume.id) ?? 0,
    }));
    const { deferred, left } = await recoverVolume(volume, streams, ledger, log, {
      underWay: this.volumes.underWay,
      isLate: () => clocks.monotonic.elapsedMs(began) > recoverLimitMs,
      isLateForGarbage: () => clocks.monotonic.elapsedMs(began) > garbageLimitMs,
    });
    for (const stream of left.length > 0 ? streams : deferred) this.volumes.unread.add(volume.id, stream);
  }
}
