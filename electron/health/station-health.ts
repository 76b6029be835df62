// What the station says about itself: versions, disks, and what is wrong, in the operator's words.

import type { Encoders } from '../../recorder/capture/encoders.ts';
import type { FfmpegSearch } from '../../recorder/ffmpeg/locate.ts';
import type { EpochMs } from '../../recorder/model/clock.ts';
import type { StationInfo } from '../contract/health.ts';
import type { StorageVolume } from '../contract/storage.ts';

type Problem = StationInfo['problems'][number];
type VolumeInfo = StationInfo['volumes'][number];

export interface StationFacts {
  readonly version: string;
  readonly shell: 'desktop' | 'headless';
  readonly startedMs: EpochMs;
  readonly secrets: 'system' | 'file';
  /** Undefined while it is still looked for. */
  readonly ffmpeg: () => FfmpegSearch | undefined;
  readonly encoders: Pick<Encoders, 'trials' | 'trouble' | 'best'>;
  readonly volumes: () => readonly StorageVolume[];
  /** Cameras whose stored sign-in cannot be opened: of the camera itself, or of its sub stream alone. */
  readonly withUnreadableSignIn: () => readonly { readonly name: string; readonly role: 'main' | 'sub' }[];
}

export class StationHealth {
  readonly #facts: StationFacts;

  constructor(facts: StationFacts) {
    this.#facts = facts;
  }

  info(): StationInfo {
    const { version, shell, startedMs, secrets, volumes } = this.#facts;
    const ffmpeg = this.#facts.ffmpeg();
    return {
      version,
      shell,
      startedMs,
      secrets,
      ...(ffmpeg?.ok === true ? { ffmpeg: { version: ffmpeg.version, origin: ffmpeg.origin } } : {}),
      encoders: shownEncoders(this.#facts.encoders),
      volumes: volumes().map(shownVolume),
      problems: this.#problems(ffmpeg),
    };
  }

  #problems(ffmpeg: FfmpegSearch | undefined): Problem[] {
    const problems: Problem[] = [];
    if (ffmpeg?.ok === false) problems.push({ message: ffmpeg.message, hint: ffmpeg.hint });
    for (const { name, role } of this.#facts.withUnreadableSignIn()) {
      const whose = role === 'main' ? `“${name}”` : `the sub stream of “${name}”`;
      problems.push({
        message: `The stored sign-in of ${whose} cannot be read any more.`,
        hint:
          role === 'main'
            ? 'Give it user and password again: Cameras, Change address.'
            : 'Give its address again, with user and password: Cameras, Sub stream.',
      });
    }
    return problems;
  }
}

function shownEncoders(encoders: StationFacts['encoders']): StationInfo['encoders'] {
  const { trials, trouble } = encoders;
  return {
    trials: trials.map(({ encoder, ok, detail }) => ({
      ...encoder,
      works: ok,
      isBest: ok && encoders.best(encoder.codec) === encoder,
      ...(detail === undefined ? {} : { detail }),
    })),
    ...(trouble === undefined
      ? {}
      : { trouble: { name: trouble.encoder.name, atMs: trouble.atMs, detail: trouble.detail } }),
  };
}

/** Without its folder: who may see that asks for the storage. */
function shownVolume({ name, state, freeBytes, totalBytes }: StorageVolume): VolumeInfo {
  return {
    label: name,
    state: state === 'ready' || state === 'missing' ? state : 'refused',
    ...(freeBytes === undefined ? {} : { freeBytes }),
    ...(totalBytes === undefined ? {} : { totalBytes }),
  };
}
