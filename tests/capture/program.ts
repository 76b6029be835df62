// A program that records one camera until it is killed; prints where, and which FFmpeg, as JSON.

import { openCaptureStation, rtspSource } from './station.ts';

const station = await openCaptureStation();
station.set(rtspSource(process.argv[2] ?? ''));
await station.running();
console.log(JSON.stringify({ folder: station.folder, pid: station.ffmpegPid() }));
