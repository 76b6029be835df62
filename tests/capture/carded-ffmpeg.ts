// Stands in for an FFmpeg on a machine with a graphics card: NVENC works, until the driver is said to be gone. Everything
// else is the FFmpeg of the system.

import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The stand-in's own source; `gone` is the file whose existence breaks the driver. */
const source = (gone: string) => `#!${process.execPath}
const { spawn } = require('node:child_process');
const { existsSync } = require('node:fs');
const args = process.argv.slice(2);
const at = args.findIndex((arg) => /^(h264|hevc)_nvenc$/.test(arg));
if (at >= 0) {
  const until = args.indexOf('-force_key_frames', at);
  const software = args[at] === 'h264_nvenc' ? 'libx264' : 'libx265';
  args.splice(at, until - at, software, '-preset', 'ultrafast', '-tune', 'zerolatency', '-forced-idr', '1');
}
function fail() {
  process.stderr.write('[h264_nvenc @ 0x55d1] [error] Failed locking bitstream buffer: device lost (6)\\n');
  process.stderr.write('[error] Video encoding failed\\n');
  process.exit(1);
}
const isBroken = () => at >= 0 && existsSync(${JSON.stringify(gone)});
if (isBroken()) fail();
const ffmpeg = spawn('ffmpeg', args, { shell: false, stdio: 'inherit' });
process.on('SIGTERM', () => ffmpeg.kill('SIGTERM'));
ffmpeg.on('exit', (code) => (isBroken() ? fail() : process.exit(code ?? 1)));
setInterval(() => isBroken() && ffmpeg.kill('SIGKILL'), 50);
`;

export async function openCardedFfmpeg() {
  const folder = await mkdtemp(join(tmpdir(), 'lookout-carded-'));
  const path = join(folder, 'ffmpeg');
  const gone = join(folder, 'driver-is-gone');
  await writeFile(path, source(gone));
  await chmod(path, 0o755);
  return {
    path,
    /** From now on the driver refuses everything, also what is under way. */
    breakDriver: () => writeFile(gone, ''),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  };
}
