// Where the FFmpeg that comes with the program is looked for, beside the sources and in the packed program.

import path from 'node:path';
import { expect, it } from 'vitest';
import { bundledFfmpeg } from './bundled-ffmpeg.ts';

const program = process.platform === 'win32' ? 'ffmpeg.exe' : 'ffmpeg';
/** Nothing is installed for code that lies here. */
const elsewhere = path.resolve('/opt/Lookout/resources/app.asar/dist/main/main.js');

it('is in the folder of the packed program’s resources that electron-builder.yml copies it to', () => {
  const resources = path.resolve('/opt/Lookout/resources');
  expect(bundledFfmpeg(elsewhere, resources)).toBe(path.join(resources, 'ffmpeg', program));
});

it('is nowhere without its package and without resources', () => {
  expect(bundledFfmpeg(elsewhere, undefined)).toBeUndefined();
});
