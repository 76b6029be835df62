// Figures over a tile: what the stream carries and how old the picture on the glass is.
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { codecName } from '../words/codecs.ts';
import { reportOf, type TileReport } from './diagnostics.ts';
import type { TileFeed } from './tile-feed.ts';

const refreshMs = 500;

export function TileDetails({ feed }: { readonly feed: TileFeed }) {
  const { t } = useTranslation('live');
  const report = useReport(feed);
  const { videoCodec, width, height, latency } = report;
  const rows: (readonly [string, string])[] = [];
  if (videoCodec !== undefined)
    rows.push([t('details.picture'), `${codecName(videoCodec)} · ${width}×${height}`]);
  rows.push([
    t('details.rate'),
    `${report.framesPerSecond.toFixed(1)} fps · ${(report.bitsPerSecond / 1e6).toFixed(2)} Mbit/s`,
  ]);
  if (latency !== undefined) {
    rows.push([t('details.latency'), `${latency.p50Ms.toFixed(0)} ms · p95 ${latency.p95Ms.toFixed(0)} ms`]);
  }
  rows.push([t('details.ahead'), `${report.aheadMs.toFixed(0)} ms`]);
  return (
    <dl
      aria-label={t('details.title')}
      data-latency-ms={latency?.p50Ms.toFixed(1)}
      data-frame-wall-ms={report.newest?.frameMs.toFixed(1)}
      className="pointer-events-none absolute top-2 right-2 grid grid-cols-[auto_auto] gap-x-3 gap-y-0.5 rounded-md bg-black/70 px-2.5 py-1.5 text-xs"
    >
      {rows.map(([label, value]) => (
        <div key={label} className="contents">
          <dt className="text-on-glass-soft">{label}</dt>
          <dd className="text-right font-medium">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function useReport(feed: TileFeed): TileReport {
  const [report, setReport] = useState(() => reportOf(feed));
  useEffect(() => {
    setReport(reportOf(feed));
    const timer = setInterval(() => setReport(reportOf(feed)), refreshMs);
    return () => clearInterval(timer);
  }, [feed]);
  return report;
}
