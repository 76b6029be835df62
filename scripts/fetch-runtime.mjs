// Fetches a binary from where its npm package says it lies, checks it, and puts it where that package expects it. Run by
// Node 24 on its own: `fetch-runtime.mjs electron|ffmpeg-static`. The packages' own installers wait for minutes.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  createWriteStream,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { at } from './machine.mjs';

/** No answer, or no further byte of one, is waited for longer than this. */
const silenceLimitMs = 10_000;

/**
 * A stream's bytes into a file, failing when it falls silent.
 * @param {string} url
 * @param {string} file
 * @param {import('node:stream').Duplex[]} [through]
 * @returns {Promise<string>} SHA-256 of what came over the line, in hex
 */
async function download(url, file, through = []) {
  const silence = new AbortController();
  const giveUp = () => silence.abort(new Error(`${new URL(url).host} did not answer for 10 s`));
  let timer = setTimeout(giveUp, silenceLimitMs);
  try {
    const response = await fetch(url, { signal: silence.signal });
    if (!response.ok || response.body === null) {
      throw new Error(`${new URL(url).host} answered ${response.status}`);
    }
    const totalBytes = Number(response.headers.get('content-length') ?? 0);
    const hash = createHash('sha256');
    let bytes = 0;
    let toldPercent = 0;
    const body = /** @type {import('node:stream/web').ReadableStream<Uint8Array>} */ (response.body);
    const counted = Readable.from(
      (async function* () {
        for await (const chunk of body) {
          clearTimeout(timer);
          timer = setTimeout(giveUp, silenceLimitMs);
          hash.update(chunk);
          bytes += chunk.length;
          const percent = Math.floor((bytes / totalBytes) * 10) * 10;
          if (totalBytes > 0 && percent > toldPercent) {
            toldPercent = percent;
            console.log(`  ${percent} % of ${(totalBytes / 1e6).toFixed(0)} MB`);
          }
          yield chunk;
        }
      })(),
    );
    await pipeline([counted, ...through, createWriteStream(file)], { signal: silence.signal });
    return hash.digest('hex');
  } catch (error) {
    if (silence.signal.aborted) throw silence.signal.reason;
    // `fetch` hides what the network said in the cause.
    const cause = error instanceof Error ? error.cause : undefined;
    throw cause === undefined ? error : new Error(`${new URL(url).host} cannot be reached`, { cause });
  } finally {
    clearTimeout(timer);
  }
}

/** Electron's runtime, by the checksums that came with its package; `ELECTRON_MIRROR` as Electron documents it. */
async function fetchElectron() {
  const folder = at('node_modules', 'electron');
  const { version } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const name = `electron-v${version}-${process.platform}-${process.arch}.zip`;
  const expected = JSON.parse(readFileSync(path.join(folder, 'checksums.json'), 'utf8'))[name];
  if (expected === undefined) throw new Error('there is none for this system');
  const mirror = process.env['ELECTRON_MIRROR'] ?? 'https://github.com/electron/electron/releases/download/';
  const zip = path.join(folder, name);
  try {
    const actual = await download(`${mirror}v${version}/${name}`, zip);
    if (actual !== expected) throw new Error('what came is not what its package expects (SHA-256)');
    const { extract } = createRequire(path.join(folder, 'package.json'))('@electron-internal/extract-zip');
    rmSync(path.join(folder, 'dist'), { recursive: true, force: true });
    await extract(zip, { dir: path.join(folder, 'dist') });
  } finally {
    rmSync(zip, { force: true });
  }
  writeFileSync(path.join(folder, 'path.txt'), electronProgram());
}

/** Where Electron's own installer says its program lies (electron/install.js). */
function electronProgram() {
  if (process.platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron';
  return process.platform === 'win32' ? 'electron.exe' : 'electron';
}

/** A static FFmpeg; nobody publishes its checksum, so it counts as good when it runs and names its version. */
async function fetchFfmpeg() {
  const folder = at('node_modules', 'ffmpeg-static');
  const tag = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'))['ffmpeg-static'][
    'binary-release-tag'
  ];
  const base =
    process.env['FFMPEG_BINARIES_URL'] ?? 'https://github.com/eugeneware/ffmpeg-static/releases/download';
  const name = process.platform === 'win32' ? 'ffmpeg.exe' : 'ffmpeg';
  const part = path.join(folder, `part-${name}`);
  mkdirSync(folder, { recursive: true });
  try {
    await download(`${base}/${tag}/ffmpeg-${process.platform}-${process.arch}.gz`, part, [createGunzip()]);
    chmodSync(part, 0o755);
    const { status, stdout } = spawnSync(part, ['-version'], { encoding: 'utf8', timeout: 10_000 });
    if (status !== 0 || !stdout.startsWith('ffmpeg version')) throw new Error('what came does not run here');
    renameSync(part, path.join(folder, name));
  } finally {
    rmSync(part, { force: true });
  }
}

try {
  await (process.argv[2] === 'electron' ? fetchElectron() : fetchFfmpeg());
} catch (error) {
  // The last line is the reason that set-up remembers and repeats.
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
