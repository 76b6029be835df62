// The encoders of this machine: tried once per FFmpeg and driver, in the background, and chosen from ever after.

import { readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { arch, platform, release } from 'node:os';
import { type Encoder, hardwareEncoders, softwareEncoder } from '../ffmpeg/encoders.ts';
import { type Clocks, dayMs, type EpochMs } from '../model/clock.ts';
import { type EncodedCodec, encodedCodecs } from '../model/encoding.ts';
import type { Log } from '../model/log.ts';
import { tryEncoder } from './encoder-trial.ts';

/** A new driver is not seen on every system; after this long everything is tried again. */
const trustMs = 7 * dayMs;
/** Where Linux shows graphics cards, and the modules that drive them. */
const renderNodes = '/dev/dri';
const modules = ['nvidia', 'i915', 'xe', 'amdgpu'];
/** Render nodes that are tried; a machine has one or two. */
const deviceLimit = 4;

export interface Trial {
  readonly encoder: Encoder;
  readonly ok: boolean;
  /** Why not, in FFmpeg's words. */
  readonly detail?: string | undefined;
}

/** A hardware encoder that failed while it was in use. */
export interface EncoderTrouble {
  readonly encoder: Encoder;
  readonly atMs: EpochMs;
  readonly detail: string;
}

export interface EncodersDependencies {
  readonly clocks: Clocks;
  readonly log: Log;
  /** Undefined when there is no FFmpeg. */
  readonly ffmpeg: { readonly path: string; readonly version: string } | undefined;
  /** What the trials found is kept here. */
  readonly file: string;
}

/** What a stream asks. */
export interface EncoderChoice {
  /** The first that works; x264 as long as nothing is known. */
  best(codec: EncodedCodec): Encoder;
  /** What the processor encodes with: x264 where x265 is missing. */
  software(codec: EncodedCodec): Encoder;
  failed(encoder: Encoder, detail: string): void;
}

interface Stored {
  readonly key: string;
  readonly atMs: EpochMs;
  readonly trials: readonly Trial[];
}

export class Encoders implements EncoderChoice {
  #trials: readonly Trial[] = [];
  #trouble: EncoderTrouble | undefined;
  readonly #clocks: Clocks;
  readonly #log: Log;

  constructor({ clocks, log }: Pick<EncodersDependencies, 'clocks' | 'log'>) {
    this.#clocks = clocks;
    this.#log = log;
  }

  /** In the order they were tried; empty until that is done. */
  get trials(): readonly Trial[] {
    return this.#trials;
  }

  /** The newest failure of a hardware encoder in use since the program started. */
  get trouble(): EncoderTrouble | undefined {
    return this.#trouble;
  }

  /** Takes over what an earlier program found, or tries all; one encoder at a time. Never rejects. */
  async find({ ffmpeg, file }: Pick<EncodersDependencies, 'ffmpeg' | 'file'>): Promise<void> {
    if (ffmpeg === undefined) return;
    const devices = listDevices();
    const key = [ffmpeg.path, ffmpeg.version, platform(), arch(), release(), drivers(), devices].join('|');
    const nowMs = this.#clocks.wall.nowMs();
    const stored = read(file);
    if (stored?.key === key && Math.abs(nowMs - stored.atMs) < trustMs) {
      this.#trials = stored.trials;
      return;
    }
    const trials: Trial[] = [];
    for (const codec of encodedCodecs) {
      for (const encoder of [...hardwareEncoders(platform(), codec, devices), softwareEncoder(codec)]) {
        const result = await tryEncoder(ffmpeg.path, encoder, this.#clocks.timers);
        trials.push({ encoder, ...result });
        const fields = { encoder: encoder.name, device: encoder.device, ...result };
        this.#log.info(fields, result.ok ? 'An encoder works' : 'An encoder does not work');
      }
    }
    this.#trials = trials;
    this.#keep(file, { key, atMs: nowMs, trials });
  }

  best(codec: EncodedCodec): Encoder {
    const working = this.#trials.find(({ encoder, ok }) => ok && encoder.codec === codec);
    return working?.encoder ?? this.software(codec);
  }

  software(codec: EncodedCodec): Encoder {
    const wanted = softwareEncoder(codec);
    const isMissing = this.#trials.some(({ encoder, ok }) => !ok && encoder.name === wanted.name);
    return isMissing ? softwareEncoder('h264') : wanted;
  }

  failed(encoder: Encoder, detail: string): void {
    this.#trouble = { encoder, atMs: this.#clocks.wall.nowMs(), detail };
    this.#log.warn({ encoder: encoder.name, detail }, 'A hardware encoder failed; the processor takes over');
  }

  #keep(file: string, stored: Stored): void {
    try {
      writeFileSync(`${file}.new`, JSON.stringify(stored), { mode: 0o600 });
      renameSync(`${file}.new`, file);
    } catch (error) {
      this.#log.warn({ err: error }, 'What was found of the encoders cannot be noted');
    }
  }
}

function listDevices(): string[] {
  try {
    const nodes = readdirSync(renderNodes).filter((name) => /^renderD\d+$/.test(name));
    return nodes.slice(0, deviceLimit).map((name) => `${renderNodes}/${name}`);
  } catch {
    return [];
  }
}

function drivers(): string {
  return modules
    .map((name) => {
      try {
        return `${name} ${readFileSync(`/sys/module/${name}/version`, 'utf8').trim()}`;
      } catch {
        return '';
      }
    })
    .join(' ');
}

/** What cannot be read is as if it were not there. */
function read(file: string): Stored | undefined {
  try {
    const stored = JSON.parse(readFileSync(file, 'utf8')) as Partial<Stored> | null;
    const isWhole =
      typeof stored?.key === 'string' &&
      typeof stored.atMs === 'number' &&
      Array.isArray(stored.trials) &&
      stored.trials.every(isTrial);
    return isWhole ? (stored as Stored) : undefined;
  } catch {
    return undefined;
  }
}

function isTrial(value: unknown): value is Trial {
  const { encoder, ok } = (value ?? {}) as Partial<Trial>;
  if (typeof ok !== 'boolean' || encoder === undefined) return false;
  // Names and devices go onto a command line: only those that we would try ourselves are taken.
  const known = [
    ...hardwareEncoders(platform(), encoder.codec, encoder.device === undefined ? [] : [encoder.device]),
    softwareEncoder(encoder.codec),
  ];
  const isDevice = encoder.device === undefined || /^\/dev\/dri\/renderD\d+$/.test(encoder.device);
  return isDevice && known.some(({ name, kind }) => name === encoder.name && kind === encoder.kind);
}
