// Committing one segment and listing a day of segments in a catalog of ten million.

import { statSync } from 'node:fs';
import { FootageReads } from '../electron/catalog/footage-reads.ts';
import { createLedger } from '../electron/catalog/ledger.ts';
import { playlistWindowMs } from '../electron/playback/service.ts';
import { dayMs } from '../recorder/model/clock.ts';
import { segmentPath } from '../recorder/segments/segment-path.ts';
import { inFolder, timed } from './in-folder.ts';
import { type Bench, type Figure, percentile } from './report.ts';
import { openSiteCatalog, type SiteCatalog, siteDays, siteEndMs, siteSizes } from './site-catalog.ts';

const tries = 500;

/** Seeds of the plan: what a plain schema took (measures.md). */
function figures(
  name: string,
  times: readonly number[],
  seed: readonly [number, number],
  aim: readonly [number, number],
): Figure[] {
  return ([0.5, 0.99] as const).map((share, index) => {
    const value = percentile(times, share);
    const other = seed[index] ?? 0;
    const limit = aim[index] ?? 0;
    return {
      name: `${name}: p${share * 100}`,
      value,
      unit: 'ms',
      other,
      ratio: value / other,
      aim: `≤ ${limit} ms`,
      met: value <= limit,
    };
  });
}

/** One segment a camera in turn, as 64 recorders close theirs. */
function commits(site: SiteCatalog): number[] {
  const ledger = createLedger(site.catalog);
  const spans = Array.from({ length: 30 }, (_, index) => ({
    startMs: siteEndMs + index * 2_000,
    startTicks: index * 180_000,
    durationTicks: 180_000,
    offsetBytes: 1_200 + index * 1_000_000,
    sizeBytes: 1_000_000,
    startsWithKeyframe: true,
  }));
  return Array.from({ length: tries }, (_, index) => {
    const stream = site.streams[index % site.streams.length];
    if (stream === undefined) throw new Error('the made site has no cameras');
    const startMs = siteEndMs + Math.floor(index / site.streams.length) * 60_000;
    const segment = {
      streamId: stream.streamId,
      startMs,
      endMs: startMs + 60_000,
      runStartMs: siteEndMs,
      volumeId: site.volumeId,
      initId: 1 + (index % site.streams.length),
      path: segmentPath({ ...stream, role: 'main' }, startMs),
      sizeBytes: 30_000_000,
      sha256: new Uint8Array(32).fill(index % 256),
    };
    return timed(() => ledger.commitSegment(segment, spans));
  });
}

/** Times `read` at a random midnight of a random camera. */
function atDays(
  site: SiteCatalog,
  read: (reads: FootageReads, stream: number, startMs: number) => void,
): number[] {
  const reads = new FootageReads(site.catalog);
  return Array.from({ length: tries }, (_, index) => {
    const stream = site.streams[(index * 37) % site.streams.length];
    if (stream === undefined) throw new Error('the made site has no cameras');
    const found = reads.stream(stream.streamId);
    if (found === undefined) throw new Error('the made site lost a camera');
    const startMs = siteEndMs - (1 + ((index * 13) % (siteDays - 1))) * dayMs;
    return timed(() => read(reads, found.number, startMs));
  });
}

/** A day, every row read. */
function days(site: SiteCatalog): number[] {
  return atDays(site, (reads, stream, startMs) => {
    if (reads.segments(stream, startMs, startMs + dayMs).length < 100) throw new Error('no day');
  });
}

/** What a playlist needs: an hour, every row and its fragment index decoded. */
function hours(site: SiteCatalog): number[] {
  return atDays(site, (reads, stream, startMs) => {
    const rows = reads.segments(stream, startMs, startMs + playlistWindowMs);
    const spans = rows.flatMap((row) => reads.spans(stream, row.startMs));
    if (spans.length < 100) throw new Error('no hour');
  });
}

export const bench: Bench = ({ short }) =>
  inFolder(async (folder) => {
    const site = openSiteCatalog(folder, short ? siteSizes.short : siteSizes.full);
    try {
      const bytes = statSync(site.file).size;
      const hourTimes = hours(site);
      return {
        conditions: {
          segments: site.segments,
          cameras: site.streams.length,
          days: siteDays,
          tries,
          other: 'seeds of the plan: 10 / 50 ms and 50 / 200 ms',
          ...(short ? { short: 'yes' } : {}),
        },
        figures: [
          ...figures('commit one segment', commits(site), [10, 50], [2, 10]),
          ...figures('list a day of one camera', days(site), [50, 200], [5, 20]),
          ...([0.5, 0.99] as const).map((share) => ({
            name: `list an hour with its fragment indexes: p${share * 100}`,
            value: percentile(hourTimes, share),
            unit: 'ms',
          })),
          { name: 'catalog per camera and month', value: bytes / site.streams.length / 1e6, unit: 'MB' },
          { name: 'catalog per segment', value: bytes / site.segments, unit: 'bytes' },
          { name: 'catalog file', value: bytes / 1e9, unit: 'GB' },
        ],
      };
    } finally {
      site.catalog.close();
    }
  });
