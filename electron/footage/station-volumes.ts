// The station's volumes: known from the catalog, brought into agreement whenever they are found, the first one made.

import type { Clocks } from '../../recorder/model/clock.ts';
import type { Log } from '../../recorder/model/log.ts';
import type { FootageLedger, StreamPlace } from '../../recorder/segments/ledger.ts';
import { type RecoveryReport, recoverVolume } from '../../recorder/segments/recovery.ts';
import { openVolume, type Volume } from '../../recorder/segments/volume.ts';
import { Volumes } from '../../recorder/segments/volumes.ts';
import type { VolumeRows } from '../catalog/volumes.ts';
import { Pace } from './pace.ts';

/** Recording waits this long for the files of a volume to be brought into agreement; the rest is done beside it. */
const recoverLimitMs = 2_000;
/** How fast the rest is read. */
const restBytesPerSecond = 100_000_000;

export interface StationVolumesParts {
  readonly rows: VolumeRows;
  readonly ledger: FootageLedger;
  /** Of every stream that may have files, removed cameras included. */
  readonly places: () => readonly StreamPlace[];
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
  readonly #deferred: { volume: Volume; places: readonly StreamPlace[] }[] = [];
  readonly #stopping = new AbortController();
  #working: Promise<void> | undefined;

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
  }

  /** Resolves when nothing reads on the volumes any more. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#working;
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
    const { places, clocks } = this.#parts;
    const began = clocks.monotonic.now();
    const { deferred } = await this.#recover(volume, places(), {
      isLate: () => this.#isStopping() || clocks.monotonic.elapsedMs(began) > recoverLimitMs,
    });
    if (deferred.length === 0 || this.#isStopping()) return;
    this.#deferred.push({ volume, places: deferred });
    this.#working ??= this.#recoverRest();
  }

  async #recoverRest(): Promise<void> {
    const { clocks, log } = this.#parts;
    const pace = new Pace(restBytesPerSecond, clocks.timers, this.#stopping.signal);
    for (let next = this.#deferred.shift(); next !== undefined; next = this.#deferred.shift()) {
      const { volume, places } = next;
      log.info(
        { volumeId: volume.id, streams: places.length },
        'Footage without rows is read beside recording',
      );
      await this.#recover(volume, places, {
        isLate: () => this.#isStopping(),
        pace: (readBytes) => pace.rest(readBytes),
      });
    }
    this.#working = undefined;
  }

  #recover(
    volume: Volume,
    places: readonly StreamPlace[],
    options: { isLate: () => boolean; pace?: (readBytes: number) => Promise<void> },
  ): Promise<RecoveryReport> {
    const { ledger, log } = this.#parts;
    return recoverVolume(volume, places, ledger, log, { underWay: this.volumes.underWay, ...options });
  }

  #isStopping(): boolean {
    return this.#stopping.signal.aborted;
  }
}
