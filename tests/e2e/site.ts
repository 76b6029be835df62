// A small site: four cameras of GStreamer's RTSP server with a clock in their pictures, on a desk that records them.

import type { Browser } from '@playwright/test';
import { type GstreamerCameras, startGstreamerCameras } from '../peers/gstreamer.ts';
import { type Desk, openDesk, type Shell } from './open-desk.ts';
import { addByUrl, goTo } from './screens.ts';

const small = { kind: 'h264', width: 640, height: 360, fps: 15, gopFrames: 15, kilobits: 700 } as const;

const plans = {
  gate: {
    kind: 'h264',
    width: 1280,
    height: 720,
    fps: 15,
    gopFrames: 30,
    kilobits: 1_500,
    background: 0xff2f4858,
    audio: 'pcma',
  },
  yard: { ...small, background: 0xff3d5a45, audio: 'pcma' },
  dock: { ...small, background: 0xff5b4b49 },
  lobby: { ...small, background: 0xff4a4e69, audio: 'aac' },
} as const;

/** Their names on the wall, in this order. */
export const names = { gate: 'Main gate', yard: 'Yard', dock: 'Loading dock', lobby: 'Lobby' } as const;
export type CameraKey = keyof typeof names;

/** From picture to picture, in ms. */
export const frameMs = 1_000 / 15;
/** The shortest segments the product allows, so that a short recording has borders to play over. */
export const segmentSeconds = 10;

export interface Site extends AsyncDisposable {
  readonly desk: Desk;
  readonly cameras: GstreamerCameras<CameraKey>;
  /** When the last camera was added, UTC ms. */
  readonly addedMs: number;
}

export async function startSite(shell: Shell, browser: Browser): Promise<Site> {
  const open = new AsyncDisposableStack();
  try {
    const cameras = open.use(await startGstreamerCameras(plans));
    const desk = open.use(await openDesk(shell, browser, { segmentSeconds }));
    await goTo(desk.page, 'Cameras');
    for (const key of Object.keys(names) as CameraKey[]) {
      await addByUrl(desk.page, names[key], cameras.urls[key]);
    }
    return { desk, cameras, addedMs: Date.now(), [Symbol.asyncDispose]: () => open.disposeAsync() };
  } catch (error) {
    await open.disposeAsync();
    throw error;
  }
}
