// Finds the FFmpeg to use: the path from the settings, else the bundled one, else the system's (architecture.md, FFmpeg).

import { type ExecFileException, execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { childEnvironment } from './environment.ts';

/** Asking for the version takes milliseconds; a binary that hangs must not hold up the start. */
const versionTimeoutMs = 5_000;
const versionOutputLimitBytes = 64 * 1024;
/** The oldest FFmpeg whose options we use (`-fps_mode` came with 5.1). */
const oldest = { major: 5, minor: 1 } as const;

export interface FfmpegFound {
  readonly ok: true;
  readonly path: string;
  /** As FFmpeg prints it, e.g. `5.1.9-0+deb12u1`. */
  readonly version: string;
  readonly origin: 'setting' | 'bundled' | 'system';
}

export type FfmpegSearch =
  | FfmpegFound
  /** `message` says for the operator what was tried and why it does not serve. */
  | { readonly ok: false; readonly message: string; readonly hint: string };

export interface FfmpegPlaces {
  /** Path from the settings. When it is there, nothing else is tried: the operator wants this one. */
  readonly setting: string | undefined;
  /** Where the program's own copy would be. */
  readonly bundled: string | undefined;
}

/** Version text of `ffmpeg -version`'s first line, or undefined when these are not FFmpeg's words. */
export function readVersion(output: string): string | undefined {
  return /^ffmpeg version (\S+)/.exec(output)?.[1];
}

/** Builds from the development branch carry no number (`N-109542-g…`) and count as new. */
export function isRecent(version: string): boolean {
  const [, major, minor] = /^n?(\d+)\.(\d+)/.exec(version) ?? [];
  if (major === undefined || minor === undefined) return true;
  return Number(major) > oldest.major || (Number(major) === oldest.major && Number(minor) >= oldest.minor);
}

async function ask(path: string): Promise<{ version: string } | { problem: string }> {
  try {
    const { stdout } = await promisify(execFile)(path, ['-hide_banner', '-version'], {
      shell: false,
      env: childEnvironment(),
      windowsHide: true,
      timeout: versionTimeoutMs,
      killSignal: 'SIGKILL',
      maxBuffer: versionOutputLimitBytes,
    });
    const version = readVersion(stdout);
    if (version === undefined) return { problem: 'is not FFmpeg' };
    if (!isRecent(version)) return { problem: `is too old (${version})` };
    return { version };
  } catch (error) {
    const { code, killed } = error as ExecFileException;
    if (code === 'ENOENT') return { problem: 'is not there' };
    if (code === 'EACCES') return { problem: 'may not be started' };
    const isLate = killed === true && typeof code !== 'string';
    return { problem: isLate ? 'does not answer' : 'does not work' };
  }
}

/** Tries the places in order; never rejects. */
export async function locateFfmpeg(places: FfmpegPlaces): Promise<FfmpegSearch> {
  const wanted = `FFmpeg ${oldest.major}.${oldest.minor} or later`;
  const search = 'Lookout tries again by itself.';
  if (places.setting !== undefined) {
    const answer = await ask(places.setting);
    if ('version' in answer)
      return { ok: true, path: places.setting, version: answer.version, origin: 'setting' };
    const hint = `Put ${wanted} in its place. ${search}`;
    return { ok: false, message: `The FFmpeg named in the settings ${answer.problem}.`, hint };
  }
  if (places.bundled !== undefined) {
    const answer = await ask(places.bundled);
    if ('version' in answer)
      return { ok: true, path: places.bundled, version: answer.version, origin: 'bundled' };
  }
  const answer = await ask('ffmpeg');
  if ('version' in answer) return { ok: true, path: 'ffmpeg', version: answer.version, origin: 'system' };
  const hint = `Install ${wanted}. ${search}`;
  return { ok: false, message: `The FFmpeg of this system ${answer.problem}.`, hint };
}
