// Reads a file of footage that no row names: walks its boxes, cuts it after its last whole fragment, hashes what stays.

import { createHash } from 'node:crypto';
import { type CutItem, FragmentCutter } from '../media/fragment-cutter.ts';
import { MediaError } from '../media/media-error.ts';
import type { EpochMs } from '../model/clock.ts';
import type { FragmentSpan, TrackLayout } from '../model/footage.ts';
import type { StoreFile } from './durable.ts';
import { wallEndMs } from './segment-file.ts';
import { SpanBuilder } from './span-builder.ts';

/** What lies in a file up to the end of its last whole fragment. */
export interface FoundFootage {
  readonly startMs: EpochMs;
  readonly endMs: EpochMs;
  readonly startTicks: number;
  readonly endTicks: number;
  /** Length of a frame at its begin. */
  readonly frameTicks: number;
  readonly initBytes: Uint8Array;
  readonly layout: TrackLayout;
  readonly spans: readonly FragmentSpan[];
  readonly sizeBytes: number;
  readonly sha256: Uint8Array;
}

/**
 * `empty`: a recorder was stopped before its first fragment was whole, nothing is lost by taking the file away;
 * `foreign`: no recorder of ours wrote this, or not under this name.
 */
export type FoundFile =
  | { readonly kind: 'footage'; readonly footage: FoundFootage; readonly isTorn: boolean }
  | { readonly kind: 'empty' }
  | { readonly kind: 'foreign'; readonly why: string };

const bufferBytes = 1024 * 1024;

/**
 * Reads the file from its begin to its end, or to where it stops being footage: what follows is torn, not an error.
 * @param startMs what its name tells; a file that begins at another time is foreign
 * Fails with an error of the file system alone.
 */
export async function readFoundFile(file: StoreFile, startMs: EpochMs): Promise<FoundFile> {
  const reader = new FoundFileReader(startMs);
  const cutter = new FragmentCutter();
  let atBytes = 0;
  try {
    for (;;) {
      // A new buffer each time: the cutter holds on to what it has not given out.
      const buffer = new Uint8Array(bufferBytes);
      const count = await file.read(buffer, atBytes);
      if (count === 0) break;
      atBytes += count;
      for (const item of cutter.push(buffer.subarray(0, count))) reader.take(item);
    }
  } catch (error) {
    if (!(error instanceof MediaError)) throw error;
    if (!reader.hasFootage) return { kind: 'foreign', why: error.message };
  }
  return reader.result(atBytes);
}

/** Collects a file's items; ends, by a `MediaError`, with the first that the writer would not have written there. */
class FoundFileReader {
  readonly #startMs: EpochMs;
  readonly #hash = createHash('sha256');
  #init: Extract<CutItem, { kind: 'init' }> | undefined;
  #spans: SpanBuilder | undefined;
  #frameTicks = 0;
  #newestMs: EpochMs | undefined;
  #endMs: EpochMs;
  #sizeBytes = 0;

  constructor(startMs: EpochMs) {
    this.#startMs = startMs;
    this.#endMs = startMs;
  }

  get hasFootage(): boolean {
    return this.#newestMs !== undefined;
  }

  take(item: CutItem): void {
    const refuse = (problem: string): MediaError => new MediaError(item.kind, item.offsetBytes, problem);
    if (item.offsetBytes !== this.#sizeBytes) throw refuse('boxes before it that no recorder writes');
    if (item.kind === 'init') {
      if (this.#init !== undefined) throw refuse('a second one');
      this.#init = item;
      this.#spans = new SpanBuilder(item.layout.video.timescale, item.bytes.length);
      this.#takeBytes(item.bytes);
      return;
    }
    const { fragment } = item;
    if (fragment.videoFrames > 0) {
      const wallMs = Math.round(fragment.muxedAtMs);
      if (this.#newestMs === undefined) {
        if (!fragment.startsWithKeyframe) throw refuse('no keyframe first');
        if (wallMs !== this.#startMs) throw refuse(`it begins at ${wallMs} ms, not when its name says`);
        this.#frameTicks = fragment.durationTicks / fragment.videoFrames;
      } else if (wallMs <= this.#newestMs) {
        throw refuse('time does not rise');
      }
      this.#newestMs = wallMs;
      const timescale = this.#init?.layout.video.timescale ?? 1;
      this.#endMs = wallEndMs({ fragment, startMs: wallMs }, timescale);
    } else if (this.#newestMs === undefined) {
      throw refuse('no video first');
    }
    this.#spans?.add(fragment, this.#newestMs);
    this.#takeBytes(fragment.bytes);
  }

  #takeBytes(bytes: Uint8Array): void {
    this.#hash.update(bytes);
    this.#sizeBytes += bytes.length;
  }

  /** @param readBytes how much was read of the file: all, or past the place where it stops being footage */
  result(readBytes: number): FoundFile {
    const spans = this.#spans?.all ?? [];
    const first = spans[0];
    const last = spans.at(-1);
    if (this.#init === undefined || first === undefined || last === undefined) return { kind: 'empty' };
    const footage: FoundFootage = {
      startMs: this.#startMs,
      endMs: this.#endMs,
      startTicks: first.startTicks,
      endTicks: last.startTicks + last.durationTicks,
      frameTicks: this.#frameTicks,
      initBytes: this.#init.bytes,
      layout: this.#init.layout,
      spans,
      sizeBytes: this.#sizeBytes,
      sha256: this.#hash.digest(),
    };
    return { kind: 'footage', footage, isTorn: readBytes > this.#sizeBytes };
  }
}
