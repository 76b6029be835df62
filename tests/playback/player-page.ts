// A page with hls.js in real Chromium that says of every picture it shows which one it is and what time it maps to.

import { readFileSync } from 'node:fs';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import type HlsPlayer from 'hls.js';
import { type Browser, chromium, type Page } from 'playwright';
import { findProgram } from '../peers/find-program.ts';
import { numberBits } from './numbered-footage.ts';

/** A picture on the screen: its number, and the wall time that playlist and media clock give it. */
export interface ShownPicture {
  readonly number: number;
  readonly wallMs: number;
}

declare global {
  interface Window {
    Hls: typeof HlsPlayer;
    player: HlsPlayer;
    shown: ShownPicture[];
    failures: string[];
  }
}

export interface PlayerPage {
  readonly page: Page;
  /** Begins to play; the player starts at `startMs` into the playlist. Slower than 1, a busy machine leaves fewer pictures out. */
  play(playlist: string, startMs: number, rate?: number): Promise<void>;
  close(): Promise<void>;
}

const hlsFile = createRequire(import.meta.url).resolve('hls.js/dist/hls.js');
const html = '<!doctype html><video muted playsinline></video><script src="/hls.js"></script>';

/** Serves the page and, for all else, what `answer` gives. */
export async function openPlayerPage(
  answer: (request: Request) => Promise<Response | undefined>,
): Promise<PlayerPage> {
  const server = await serve(async (request) => {
    const { pathname } = new URL(request.url);
    if (pathname === '/') return new Response(html, { headers: { 'content-type': 'text/html' } });
    if (pathname === '/hls.js')
      return new Response(readFileSync(hlsFile), { headers: { 'content-type': 'text/javascript' } });
    return (await answer(request)) ?? new Response(null, { status: 404 });
  });
  const browser = await launch();
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  return {
    page,
    play: (playlist, startMs, rate = 1) =>
      page.evaluate(playInPage, { playlist, startMs, rate, bits: numberBits }),
    close: async () => {
      await browser.close();
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

function launch(): Promise<Browser> {
  const executablePath = findProgram('chromium') ?? findProgram('google-chrome');
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return chromium.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    args: [
      '--disable-gpu',
      '--disable-background-networking',
      '--autoplay-policy=no-user-gesture-required',
      ...asRoot,
    ],
  });
}

async function serve(handle: (request: Request) => Promise<Response>): Promise<Server> {
  const server = createServer((incoming, outgoing) => {
    const headers = Object.entries(incoming.headers).map(([name, value]): [string, string] => [
      name,
      String(value),
    ]);
    const request = new Request(`http://${incoming.headers.host}${incoming.url}`, { headers });
    // A rejection is a request the player broke off, as it does when it seeks.
    handle(request)
      .then((response) => send(response, outgoing))
      .catch(() => outgoing.destroy());
  });
  await new Promise<void>((listening) => {
    server.listen(0, '127.0.0.1', listening);
  });
  return server;
}

async function send(response: Response, outgoing: ServerResponse): Promise<void> {
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  await pipeline(Readable.fromWeb((response.body ?? new Blob().stream()) as ReadableStream), outgoing);
}

interface PlayOrder {
  readonly playlist: string;
  readonly startMs: number;
  readonly rate: number;
  readonly bits: number;
}

/** Runs in the page. */
function playInPage({ playlist, startMs, rate, bits }: PlayOrder): void {
  const video = document.querySelector('video');
  if (video === null) throw new Error('no video element');
  const canvas = new OffscreenCanvas(320, 32).getContext('2d', { willReadFrequently: true });
  // The element begins each new source at its default.
  video.defaultPlaybackRate = rate;
  video.playbackRate = rate;
  window.shown = [];
  window.failures = [];
  window.player?.destroy();
  const player = new window.Hls({ startPosition: startMs / 1_000 });
  window.player = player;
  player.on(window.Hls.Events.ERROR, (_, data) => {
    // At the newest footage there is nothing more to play yet.
    if (data.details !== 'bufferStalledError') window.failures.push(`${data.details} ${data.error.message}`);
  });
  const note = (_: number, { mediaTime }: VideoFrameCallbackMetadata) => {
    canvas?.drawImage(video, 0, 0, 320, 32, 0, 0, 320, 32);
    let number = 0;
    for (let bit = 0; bit < bits; bit += 1) {
      const luma = canvas?.getImageData(bit * 32 + 16, 16, 1, 1).data[1] ?? 0;
      number = number * 2 + (luma > 128 ? 1 : 0);
    }
    // Half a millisecond: the media clock and the list round a border differently.
    const at = mediaTime + 0.000_5;
    const entry = player.levels[0]?.details?.fragments.find(({ start, end }) => start <= at && at < end);
    if (entry?.programDateTime != null) {
      window.shown.push({ number, wallMs: entry.programDateTime + (mediaTime - entry.start) * 1_000 });
    }
    video.requestVideoFrameCallback(note);
  };
  video.requestVideoFrameCallback(note);
  player.loadSource(playlist);
  player.attachMedia(video);
  void video.play();
}
