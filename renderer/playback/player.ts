// Plays one stream: a moment is asked for, the right frame comes on screen, and what is shown says its own wall time.

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { PlaybackStart } from '../../electron/contract/shapes.ts';
import type { EpochMs } from '../../recorder/model/clock.ts';
import { type Direction, type FrameSteps, frameStepsOf } from './frame-steps.ts';
import { HlsSource } from './hls-source.ts';
import { watchForHoles } from './hole-watch.ts';
import { hasNextPicture, insideFrameS, watchFrames, whenPainted } from './painting.ts';
import type { Playable } from './playable.ts';
import {
  atFirst,
  isOver,
  type Phase,
  type PlayerFailure,
  type PlayerState,
  type ShownFrame,
  type Station,
} from './player-state.ts';
import { Scan, skipsAll, turnedBack } from './scan.ts';
import { aimFor, endsAtNewest, newestMoment, planSeek, skippedBy } from './seek.ts';
import { SeekCorrections } from './seek-corrections.ts';
import { isStepped, leadFor } from './speeds.ts';
import { watchForStalls } from './stalls.ts';

/** A frame of an unknown rate, until its bytes were read: 25 a second. */
const usualFrameS = 0.04;

export class Player implements Playable {
  readonly store: StoreApi<PlayerState>;
  readonly #video: HTMLVideoElement;
  readonly #station: Station;
  readonly #source: HlsSource;
  readonly #frames = new Set<() => void>();
  readonly #scan: Scan;
  readonly #steps: FrameSteps;
  readonly #corrections: SeekCorrections;
  readonly #ending = new AbortController();
  #shown: ShownFrame | undefined;
  /** Media time of the frame painted last, whether or not it was the wanted one; undefined before a playlist's first. */
  #painted: number | undefined;
  #frameS = usualFrameS;
  /** Counts seeks, so that an answer to an older one is known as such. */
  #seek = 0;
  #loaded = false;

  constructor(video: HTMLVideoElement, station: Station) {
    this.#video = video;
    this.#station = station;
    this.store = createStore(() => atFirst);
    this.#source = new HlsSource(video, {
      onMap: () => this.#correct(),
      onFailure: (kind) => this.#fail({ kind }),
    });
    this.#corrections = new SeekCorrections(video, () => this.#source.map);
    this.#scan = new Scan({
      isSeeking: () => this.store.getState().phase.kind === 'seeking',
      show: (ms) => this.#goTo(ms, leadFor(this.store.getState().speed)),
      keyframeMs: (ms) => this.keyframeMs(ms),
      footage: () => station.footage(),
      loop: () => station.loop(),
      end: (side) => this.#endScan(side),
    });
    this.#steps = frameStepsOf(video, {
      isSeeking: () => this.store.getState().phase.kind === 'seeking',
      shown: () => this.#shown,
      frameS: () => this.#frameS,
      isEven: (mediaS) => this.#source.map.isEven(mediaS),
      isListed: (mediaS) => this.#source.map.holds(mediaS),
      footage: () => station.footage(),
      forgetSkipped: () => this.forgetSkipped(),
      goTo: (ms) => this.#goTo(ms, 0),
    });
    this.onFrame(() => this.#steps.go());
    this.#listen();
    const { signal } = this.#ending;
    const endHoles = watchForHoles(video, (toS) => this.#leap(toS));
    signal.addEventListener('abort', endHoles);
    const stalling = {
      store: this.store,
      shown: () => this.#shown,
      newestMs: () => station.footage().newestMs,
      setSpeed: (speed: number) => this.setSpeed(speed),
      setPhase: (phase: Phase) => this.#setPhase(phase),
      openNext: () => this.#openFrom((this.#shown?.wallMs ?? 0) + this.frameMs),
    };
    watchForStalls(video, stalling, signal);
  }

  /** The frame on screen; undefined while there is none, or while an old one is about to be replaced. */
  shown(): ShownFrame | undefined {
    return this.#shown;
  }

  /** Wall time of where the video element is now: inside the frame that is on screen. Undefined as `shown` is. */
  positionMs(): EpochMs | undefined {
    return this.#shown === undefined ? undefined : this.#source.map.wallAt(this.#video.currentTime);
  }

  /** Calls `changed` after every frame and every change of phase. Returns how to stop. */
  onFrame(changed: () => void): () => void {
    this.#frames.add(changed);
    return () => this.#frames.delete(changed);
  }

  /** Shows the frame of that moment, or of the first one recorded after it. A playlist opened for it begins `leadMs` earlier. */
  seek(askedMs: EpochMs, leadMs = 0): void {
    this.#steps.drop();
    const aimMs = aimFor(askedMs, this.#station.footage());
    this.store.setState({ skipped: undefined });
    if (this.#scan.isRunning) this.#scan.run(aimMs, this.store.getState().speed);
    else this.#goTo(aimMs, leadMs);
  }

  #goTo(aimMs: EpochMs, leadMs: number): void {
    const plan = planSeek(aimMs, this.#loaded ? this.#source.map : undefined);
    this.#seek += 1;
    this.#corrections.begin();
    if (plan.kind === 'jump') {
      this.#painted = undefined;
      this.#setPhase({ kind: 'seeking', targetMs: aimMs, fresh: false });
      this.#video.currentTime = plan.mediaS + insideFrameS;
      this.#keepPlaying();
    } else {
      void this.#open(plan.atMs, leadMs);
    }
  }

  play(): void {
    this.#steps.drop();
    this.store.setState({ playing: true });
    const { phase } = this.store.getState();
    if (phase.kind === 'failed') this.seek(phase.targetMs);
    else this.#keepPlaying();
  }

  pause(): void {
    this.store.setState({ playing: false });
    this.#scan.stop();
    this.#video.pause();
  }

  toggle(): void {
    if (this.store.getState().playing) this.pause();
    else this.play();
  }

  /** Below zero backwards. What no video element plays is shown frame by frame. */
  setSpeed(speed: number): void {
    this.#changeSpeed(speed);
    this.#keepPlaying();
  }

  #changeSpeed(speed: number): void {
    this.#scan.stop();
    this.store.setState({ speed });
    if (isStepped(speed)) this.#video.pause();
    else this.setRate(speed);
  }

  /** How fast the video element plays. Who bends it a little says nothing about the speed that was asked for. */
  get rate(): number {
    return this.#video.playbackRate;
  }

  setRate(rate: number): void {
    this.#video.defaultPlaybackRate = rate;
    this.#video.playbackRate = rate;
  }

  /** Begin of the GOP that holds the moment, where it is known. */
  keyframeMs(ms: EpochMs): EpochMs | undefined {
    return this.#source.keyframeMs(ms);
  }

  /** How long a frame is shown at 1×, in ms. */
  get frameMs(): number {
    return this.#frameS * 1_000;
  }

  /** Moves by wall time from what is shown, or from what is about to be. */
  skip(byMs: number): void {
    const fromMs = this.targetMs();
    if (fromMs !== undefined) this.seek(fromMs + byMs);
  }

  /** Pauses and shows the next frame or the one before; while a picture is on its way, once that is there. */
  step(direction: Direction): void {
    this.pause();
    this.#steps.ask(direction);
  }

  /** The notice of skipped time has been read. */
  forgetSkipped(): void {
    this.store.setState({ skipped: undefined });
  }

  /** Plays on from the newest footage there is. */
  goToNewest(): void {
    const newestMs = newestMoment(this.#station.footage());
    if (newestMs === undefined) return;
    // First: what is shown frame by frame would only run on from there.
    this.#changeSpeed(1);
    this.seek(newestMs);
    this.play();
  }

  /** The moment asked for last while it is on its way, else the one on screen. */
  targetMs(): EpochMs | undefined {
    const { phase } = this.store.getState();
    return phase.kind === 'seeking' || phase.kind === 'failed' ? phase.targetMs : this.#shown?.wallMs;
  }

  dispose(): void {
    this.#seek += 1;
    this.#scan.stop();
    this.#ending.abort();
    this.#source.dispose();
  }

  async #open(askedMs: EpochMs, leadMs = 0): Promise<void> {
    const seek = this.#seek;
    this.#loaded = false;
    this.#shown = undefined;
    this.#setPhase({ kind: 'seeking', targetMs: askedMs, fresh: true });
    let start: PlaybackStart;
    try {
      const opened = await this.#station.open(Math.max(0, Math.round(askedMs - leadMs)));
      // What was recorded up to the moment is in the playlist, too: it is entered at the moment itself.
      start = opened.atMs < askedMs && leadMs > 0 ? { ...opened, atMs: askedMs } : opened;
    } catch (error) {
      if (seek === this.#seek) this.#fail({ kind: 'refused', error });
      return;
    }
    if (seek !== this.#seek) return;
    if (!HlsSource.canPlay(start.videoCodec)) {
      this.#fail({ kind: 'codec', codec: start.videoCodec });
      return;
    }
    // The asked moment is rounded to a millisecond, a stored one to the begin of its frame.
    if (start.atMs - askedMs > this.#frameS * 1_000) {
      this.store.setState({ skipped: { startMs: askedMs, endMs: start.atMs } });
    }
    this.#loaded = true;
    this.#painted = undefined;
    this.#setPhase({ kind: 'seeking', targetMs: start.atMs, fresh: true });
    this.#source.load(start);
    this.#keepPlaying();
  }

  /** Sets the player right when loading has shown that the sought moment lies elsewhere on its timeline. */
  #correct(): void {
    const { phase } = this.store.getState();
    if (phase.kind !== 'seeking' || !this.#loaded || this.#video.readyState === 0) return;
    this.#corrections.towards(phase.targetMs);
  }

  /** Over a hole in what is loaded, to where the footage goes on. What was asked for inside of it cannot be shown. */
  #leap(toS: number): void {
    const { phase } = this.store.getState();
    const landingS = toS + insideFrameS;
    const landedMs = this.#source.map.wallAt(landingS);
    if (phase.kind === 'seeking' && landedMs !== undefined) {
      this.#corrections.giveUp();
      this.store.setState({ skipped: skippedBy(phase.targetMs, landedMs) });
    }
    this.#video.currentTime = landingS;
  }

  #listen(): void {
    const { signal } = this.#ending;
    const video = this.#video;
    watchFrames(video, signal, (mediaS) => this.#onFrame(mediaS));
    video.addEventListener('seeked', () => this.#onSeeked(), { signal });
    video.addEventListener('ended', () => this.#onEnd(), { signal });
  }

  #onFrame(mediaS: number): void {
    if (!this.#loaded) return;
    this.#painted = mediaS;
    const wallMs = this.#source.map.wallAt(mediaS);
    if (wallMs === undefined) return;
    const before = this.#shown;
    const { phase, playing } = this.store.getState();
    if (phase.kind === 'seeking') {
      if (this.#video.seeking) return;
      this.#correct();
      if (this.#video.seeking || !this.#corrections.isSought(mediaS)) return;
    }
    this.#shown = { mediaS, wallMs };
    this.#frameS = this.#source.map.frameS(mediaS) ?? this.#frameS;
    if (isOver(phase, hasNextPicture(this.#video))) this.#setPhase({ kind: 'showing' });
    if (phase.kind !== 'seeking' && before !== undefined && playing) {
      const gap = this.#source.map.gapBetween(before.mediaS, mediaS);
      if (gap !== undefined) this.store.setState({ skipped: gap });
    }
    this.#tell();
    this.#turnBack(wallMs);
  }

  #turnBack(shownMs: EpochMs): void {
    const { phase, playing, speed } = this.store.getState();
    const loop = this.#station.loop();
    if (loop === undefined || !playing || this.#scan.isRunning || phase.kind === 'seeking') return;
    // The next frame would lie outside.
    const turned = turnedBack(shownMs + this.frameMs, speed, loop);
    if (turned === undefined) return;
    if (skipsAll(this.store.getState().skipped, loop)) this.pause();
    else this.seek(turned);
  }

  #endScan(side: 'newest' | 'oldest'): void {
    if (side === 'newest') this.goToNewest();
    else {
      this.pause();
      this.seek(this.#station.footage().oldestMs ?? 0);
    }
  }

  /** A seek to the frame that is on screen already brings no new one. */
  #onSeeked(): void {
    const { phase } = this.store.getState();
    const shown = this.#shown;
    if (phase.kind !== 'seeking') return;
    const seek = this.#seek;
    const isDone = () => seek !== this.#seek || this.#acceptPainted();
    // It may also leave an earlier frame on screen where it says that it stands: it is sent there once more.
    whenPainted(isDone, () => this.#corrections.again() || this.#acceptPainted());
    if (phase.fresh || shown === undefined) return;
    const intoS = this.#video.currentTime - shown.mediaS;
    if (intoS >= 0 && intoS < this.#frameS) this.#setPhase({ kind: 'showing' });
  }

  /** Chromium may paint the wanted frame before it says `seeked`; while paused no other follows. True: no more to do. */
  #acceptPainted(): boolean {
    // Without any it is still on its way.
    if (this.#painted === undefined || this.#video.seeking) return true;
    if (this.store.getState().phase.kind === 'seeking') this.#onFrame(this.#painted);
    return this.store.getState().phase.kind !== 'seeking' || this.#video.seeking;
  }

  /** The playlist is over: the next one begins where it ended. */
  #onEnd(): void {
    if (this.#scan.isRunning) return;
    const endMs = this.#source.map.endMs;
    if (endMs === undefined) return;
    const isNewest = endsAtNewest(endMs, this.#station.footage().newestMs);
    if (isNewest) return this.#setPhase({ kind: 'waiting', atNewest: true });
    this.#openFrom(Math.max(endMs, this.#shown?.wallMs ?? endMs));
  }

  #openFrom(ms: EpochMs): void {
    this.#seek += 1;
    this.#corrections.begin();
    void this.#open(Math.ceil(ms));
  }

  #keepPlaying(): void {
    const { playing, speed } = this.store.getState();
    if (!playing) return;
    if (isStepped(speed)) {
      const fromMs = this.targetMs();
      if (!this.#scan.isRunning && fromMs !== undefined) this.#scan.run(fromMs, speed);
      return;
    }
    // From its end a video element would begin anew.
    if (this.#loaded && this.#video.ended) return this.#onEnd();
    // Ends early with a pause or another playlist; without sound it is never refused.
    this.#video.play().catch(() => undefined);
  }

  #fail(failure: PlayerFailure): void {
    const targetMs = this.targetMs() ?? 0;
    this.#steps.drop();
    this.#scan.stop();
    this.#loaded = false;
    this.#shown = undefined;
    this.#setPhase({ kind: 'failed', failure, targetMs });
  }

  #setPhase(phase: Phase): void {
    this.store.setState({ phase });
    this.#tell();
  }

  #tell(): void {
    for (const changed of this.#frames) changed();
  }
}
