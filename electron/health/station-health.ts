// What the station says about itself: versions, disks, and what is wrong, in the operator's words.

import { statfs } from 'node:fs/promises';
import type { FfmpegSearch } from '../../recorder/ffmpeg/locate.ts';
import type { EpochMs } from '../../recorder/model/clock.ts';
import type { Log } from '../../recorder/model/log.ts';
import type { OpenVolumeResult, VolumeTrouble } from '../../recorder/segments/volume.ts';
import type { StationInfo } from '../contract/shapes.ts';

/** With less than this share of a volume free, the operator is told. */
const lowSpaceShare = 0.05;

type Problem = StationInfo['problems'][number];
type VolumeInfo = StationInfo['volumes'][number];

export interface StationFacts {
  readonly version: string;
  readonly shell: 'desktop' | 'headless';
  readonly startedMs: EpochMs;
  readonly secrets: 'system' | 'file';
  /** Undefined while it is still looked for. */
  readonly ffmpeg: () => FfmpegSearch | undefined;
  readonly volume: OpenVolumeResult;
  /** Names of cameras whose stored sign-in cannot be opened. */
  readonly withUnreadableSignIn: () => readonly string[];
  readonly log: Log;
}

const volumeWords: Record<VolumeTrouble, Problem> = {
  missing: {
    message: 'The disk for recordings is missing. Nothing is recorded.',
    hint: 'Connect it and start Lookout again.',
  },
  swapped: {
    message: 'Another disk is in the place of the one for recordings. Nothing is recorded.',
    hint: 'Connect the right one and start Lookout again.',
  },
  unreadable: {
    message: 'The disk for recordings cannot be used. Nothing is recorded.',
    hint: 'Check that it is writable and not damaged, and start Lookout again. The log says more.',
  },
};

export class StationHealth {
  readonly #facts: StationFacts;

  constructor(facts: StationFacts) {
    this.#facts = facts;
  }

  async info(): Promise<StationInfo> {
    const { version, shell, startedMs, secrets } = this.#facts;
    const ffmpeg = this.#facts.ffmpeg();
    const volume = await this.#volume();
    return {
      version,
      shell,
      startedMs,
      secrets,
      ...(ffmpeg?.ok === true ? { ffmpeg: { version: ffmpeg.version, origin: ffmpeg.origin } } : {}),
      volumes: [volume],
      problems: this.#problems(ffmpeg, volume),
    };
  }

  async #volume(): Promise<VolumeInfo> {
    const { volume, log } = this.#facts;
    const label = 'Recordings';
    if (!volume.ok) return { label, state: volume.reason === 'missing' ? 'missing' : 'refused' };
    try {
      const { bavail, blocks, bsize } = await statfs(volume.volume.folder);
      return { label, state: 'ready', freeBytes: bavail * bsize, totalBytes: blocks * bsize };
    } catch (error) {
      log.warn({ err: error }, 'the volume cannot be looked at');
      return { label, state: 'missing' };
    }
  }

  #problems(ffmpeg: FfmpegSearch | undefined, volume: VolumeInfo): Problem[] {
    const problems: Problem[] = [];
    if (ffmpeg?.ok === false) problems.push({ message: ffmpeg.message, hint: ffmpeg.hint });
    if (!this.#facts.volume.ok) problems.push(volumeWords[this.#facts.volume.reason]);
    else if (volume.state === 'missing') problems.push(volumeWords.missing);
    const { freeBytes, totalBytes } = volume;
    if (freeBytes !== undefined && totalBytes !== undefined && freeBytes < totalBytes * lowSpaceShare) {
      problems.push({
        message: 'The disk for recordings is nearly full.',
        hint: 'Make room on it, or use a larger one.',
      });
    }
    for (const name of this.#facts.withUnreadableSignIn()) {
      problems.push({
        message: `The stored sign-in of “${name}” cannot be read any more.`,
        hint: 'Remove the camera and add it again; its recordings stay.',
      });
    }
    return problems;
  }
}
