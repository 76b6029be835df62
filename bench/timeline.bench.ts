// A day, a week and a month on the timeline, of one camera and of sixteen, from a catalog of ten million segments.

import { TimelineService } from '../electron/footage/timeline.ts';
import { dayMs } from '../recorder/model/clock.ts';
import { inFolder, timed } from './in-folder.ts';
import { type Bench, percentile } from './report.ts';
import { openSiteCatalog, siteEndMs, siteSizes } from './site-catalog.ts';

const tries = 200;
/** What a screen of 1,600 pixels can show apart. */
const screenPixels = 1_600;

const spans = [
  { name: 'day', days: 1, aimMs: 10 },
  { name: 'week', days: 7, aimMs: 20 },
  { name: 'month', days: 30, aimMs: 50 },
] as const;

export const bench: Bench = ({ short }) =>
  inFolder(async (folder) => {
    const site = openSiteCatalog(folder, short ? siteSizes.short : siteSizes.full);
    const timeline = new TimelineService(site.catalog, { openSegment: () => undefined });
    const ask = (days: number, cameras: number, turn: number) => {
      const endMs = siteEndMs - ((turn * 17) % (31 - days)) * dayMs;
      const startMs = endMs - days * dayMs;
      for (let camera = 0; camera < cameras; camera++) {
        const stream = site.streams[(turn + camera) % site.streams.length];
        if (stream === undefined) throw new Error('the made site has no cameras');
        const found = timeline.range({
          streamId: stream.streamId,
          startMs,
          endMs,
          mergeMs: (endMs - startMs) / screenPixels / 2,
        });
        if (found.coverage.length === 0) throw new Error('no coverage');
      }
    };
    try {
      return {
        conditions: { segments: site.segments, tries, ...(short ? { short: 'yes' } : {}) },
        figures: spans.flatMap(({ name, days, aimMs }) =>
          [1, 16].map((cameras) => {
            const times = Array.from({ length: tries }, (_, turn) => timed(() => ask(days, cameras, turn)));
            const p99 = percentile(times, 0.99);
            return {
              name: `${name} of ${cameras} camera${cameras === 1 ? '' : 's'}: p99`,
              value: p99,
              unit: 'ms',
              aim: `≤ ${aimMs} ms`,
              met: p99 <= aimMs,
            };
          }),
        ),
      };
    } finally {
      site.catalog.close();
    }
  });
