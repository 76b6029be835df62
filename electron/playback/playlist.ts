// HLS media playlists over the stored files: pure text from spans (RFC 8216; read by hls.js 1.7.4).

import type { EpochMs } from '../../recorder/model/clock.ts';
import type { FragmentSpan } from '../../recorder/model/footage.ts';
import type { StreamId } from '../../recorder/model/ids.ts';
import { spanEndMs } from '../catalog/open-segments.ts';

/** A segment as far as it can be played: all spans of a closed one, the complete spans of the open one. */
export interface PlayableSegment {
  readonly startMs: EpochMs;
  readonly runStartMs: EpochMs;
  readonly initId: number;
  /** Ticks per second of the video track. */
  readonly timescale: number;
  readonly spans: readonly FragmentSpan[];
}

export interface PlaylistRequest {
  readonly streamId: StreamId;
  /** Consecutive segments in order, the first one holding the first moment. */
  readonly segments: readonly PlayableSegment[];
  /** The playlist begins at the last keyframe at or before this moment, and lists what begins before `untilMs`. */
  readonly fromMs: EpochMs;
  readonly untilMs: EpochMs;
  /**
   * Footage that ends before this moment was complete when the playlist was first asked for: it is listed in whole GOPs.
   * What came later is listed span by span. The address carries the moment, so that an entry, once listed, never changes
   * (RFC 8216 6.2.1: a server may only append to an EVENT playlist; hls.js matches entries by their number).
   */
  readonly settledMs: EpochMs;
  /** True while entries may still be added. */
  readonly growing: boolean;
}

/**
 * Entries in one playlist: two hours of the shortest spans. The list ends there, and a new one is opened. What is
 * beyond is reached from the timeline.
 */
export const entriesLimit = 7_200;
/** Media times of consecutive spans further apart than this are a discontinuity: hls.js plays over smaller holes itself. */
const continuousWithinS = 0.1;
/** Shorter GOPs (cameras that send only keyframes) share an entry: one request a second is enough. */
const entryMinS = 1;
/**
 * Longer GOPs are listed by span. A growing playlist must stay short-worded: hls.js waits half of TARGETDURATION after
 * an unchanged reload. In one that is settled altogether, a whole GOP spares it loading backwards to the keyframe.
 */
const growingEntryMaxS = 4;
const settledEntryMaxS = 30;
/**
 * Covers every span of the growing end (at most a second and a fragment), so that TARGETDURATION never changes. The one
 * exception is a camera with less than a frame in 1.5 s; hls.js takes a grown value as it comes.
 */
const targetMinS = 2;

interface Entry {
  readonly segment: PlayableSegment;
  readonly offsetBytes: number;
  readonly sizeBytes: number;
  readonly startMs: EpochMs;
  readonly durationS: number;
  readonly startsWithKeyframe: boolean;
  readonly discontinuity: boolean;
}

/** The playlist's text, or undefined when no keyframe is in reach. */
export function buildPlaylist(request: PlaylistRequest): string | undefined {
  const entries = listEntries(request);
  if (entries.length === 0) return undefined;
  const cut = entries.length > entriesLimit;
  if (cut) entries.length = entriesLimit;
  const target = entries.reduce((most, entry) => Math.max(most, Math.round(entry.durationS)), targetMinS);
  const lines = [
    '#EXTM3U',
    '#EXT-X-VERSION:7',
    `#EXT-X-TARGETDURATION:${target}`,
    '#EXT-X-MEDIA-SEQUENCE:0',
    '#EXT-X-PLAYLIST-TYPE:EVENT',
  ];
  let initId: number | undefined;
  for (const entry of entries) {
    if (entry.discontinuity) lines.push('#EXT-X-DISCONTINUITY');
    if (entry.discontinuity || entry.segment.initId !== initId) {
      initId = entry.segment.initId;
      lines.push(`#EXT-X-MAP:URI="/init/${initId}.mp4"`);
    }
    // At every keyframe: inside a run wall time is slewed against media time, and no entry may drift from it.
    if (entry.startsWithKeyframe) {
      lines.push(`#EXT-X-PROGRAM-DATE-TIME:${new Date(entry.startMs).toISOString()}`);
    }
    lines.push(
      `#EXTINF:${entry.durationS.toFixed(6)},`,
      `#EXT-X-BYTERANGE:${entry.sizeBytes}@${entry.offsetBytes}`,
      `/footage/${request.streamId}/${entry.segment.startMs}.mp4`,
    );
  }
  if (!request.growing || cut) lines.push('#EXT-X-ENDLIST');
  return `${lines.join('\n')}\n`;
}

function listEntries(request: PlaylistRequest): Entry[] {
  const maxS = request.settledMs >= request.untilMs ? settledEntryMaxS : growingEntryMaxS;
  const entries: Entry[] = [];
  let before: { segment: PlayableSegment; span: FragmentSpan } | undefined;
  for (const segment of request.segments) {
    let group: FragmentSpan[] = [];
    let discontinuity = false;
    const flush = () => {
      if (group.length > 0)
        entries.push(...entriesOf(segment, group, discontinuity, request.settledMs, maxS));
      group = [];
    };
    for (const span of spansOf(segment, request)) {
      const broken = before !== undefined && !follows(before, { segment, span });
      if (broken || (span.startsWithKeyframe && groupSeconds(segment, group) >= entryMinS)) flush();
      if (group.length === 0) discontinuity = broken;
      group.push(span);
      before = { segment, span };
    }
    flush();
    if (entries.length > entriesLimit) break;
  }
  return entries;
}

/** The spans of the segment that belong into the list: from the keyframe at or before `fromMs`, begun before `untilMs`. */
function spansOf(segment: PlayableSegment, { fromMs, untilMs }: PlaylistRequest): readonly FragmentSpan[] {
  let first = segment.spans.findIndex((span) => span.startsWithKeyframe);
  if (first === -1) return [];
  for (let at = first; at < segment.spans.length; at += 1) {
    const span = segment.spans[at];
    if (span === undefined || span.startMs > fromMs) break;
    if (span.startsWithKeyframe) first = at;
  }
  return segment.spans.slice(first).filter((span) => span.startMs < untilMs);
}

/** True when the second span plays on right after the first: same run, same parameters, no hole in media time. */
function follows(
  before: { segment: PlayableSegment; span: FragmentSpan },
  next: { segment: PlayableSegment; span: FragmentSpan },
): boolean {
  if (before.segment.runStartMs !== next.segment.runStartMs) return false;
  if (before.segment.initId !== next.segment.initId) return false;
  const hole = next.span.startTicks - (before.span.startTicks + before.span.durationTicks);
  return Math.abs(hole) <= continuousWithinS * next.segment.timescale;
}

function groupSeconds(segment: PlayableSegment, group: readonly FragmentSpan[]): number {
  const first = group[0];
  const last = group.at(-1);
  if (first === undefined || last === undefined) return 0;
  return (last.startTicks + last.durationTicks - first.startTicks) / segment.timescale;
}

/** A group of spans, each following the one before, as one entry when it is settled and short enough, else as one each. */
function entriesOf(
  segment: PlayableSegment,
  group: readonly FragmentSpan[],
  discontinuity: boolean,
  settledMs: EpochMs,
  maxS: number,
): Entry[] {
  const last = group.at(-1);
  const whole =
    last !== undefined &&
    spanEndMs(last, segment.timescale) < settledMs &&
    groupSeconds(segment, group) <= maxS;
  const parts = whole ? [group] : group.map((span) => [span]);
  return parts.flatMap((spans, index) => {
    const first = spans[0];
    const end = spans.at(-1);
    if (first === undefined || end === undefined) return [];
    return {
      segment,
      offsetBytes: first.offsetBytes,
      sizeBytes: end.offsetBytes + end.sizeBytes - first.offsetBytes,
      startMs: first.startMs,
      durationS: groupSeconds(segment, spans),
      startsWithKeyframe: first.startsWithKeyframe,
      discontinuity: discontinuity && index === 0,
    };
  });
}
