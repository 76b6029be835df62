// What a connection test found: the camera's picture in figures, or why there is none and what may help.
import { CircleCheck, LoaderCircle } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ConnectionTest } from '../../electron/contract/shapes.ts';
import { Alert } from '../controls/alert.tsx';
import { codecName } from '../words/codecs.ts';

interface ConnectionResultProps {
  readonly result: ConnectionTest;
  readonly isSub?: boolean;
}

export function ConnectionResult({ result, isSub = false }: ConnectionResultProps) {
  const { t } = useTranslation('cameras');
  if (!result.ok) {
    const message = result.message || t('test.failed');
    return <Alert title={isSub ? t('sub.failed', { message }) : message}>{result.hint}</Alert>;
  }
  const { video, audio, warnings } = result;
  const rows = [
    [t('test.video'), codecName(video.codec)],
    [t('test.size'), `${video.width}×${video.height}`],
    [t('test.fps'), t('test.fpsValue', { fps: Number(video.fps.toFixed(1)) })],
    [
      t('test.keyframes'),
      video.keyframeIntervalS === undefined
        ? t('test.keyframesUnknown')
        : t('test.keyframesValue', { seconds: Number(video.keyframeIntervalS.toFixed(1)) }),
    ],
    [
      t('test.audio'),
      audio === undefined
        ? t('test.noAudio')
        : t('test.audioValue', { codec: codecName(audio.codec), rate: audio.sampleRate / 1_000 }),
    ],
  ] as const;
  return (
    <div role="status" className="rounded-lg border border-line bg-raised p-3.5 text-sm">
      <p className="flex items-center gap-2 font-medium">
        <CircleCheck aria-hidden className="size-4.5 text-accent-text" />
        {t(isSub ? 'sub.worked' : 'test.worked')}
      </p>
      <dl className="mt-3 flex flex-wrap gap-x-8 gap-y-3">
        {rows.map(([label, value]) => (
          <div key={label}>
            <dt className="text-xs text-ink-faint">{label}</dt>
            <dd className="font-medium">{value}</dd>
          </div>
        ))}
      </dl>
      {warnings.length > 0 && (
        <ul className="mt-3 space-y-1 border-t border-line pt-3 text-warn-text">
          {warnings.map((warning) => (
            <li key={warning}>{warning}</li>
          ))}
        </ul>
      )}
    </div>
  );
}

interface ConnectionResultsProps {
  readonly isPending: boolean;
  /** Of the main stream, then of the sub stream if there is one. */
  readonly results: readonly ConnectionTest[];
}

/** What a test found of both streams, or that it is under way; nothing before there was one. */
export function ConnectionResults({ isPending, results }: ConnectionResultsProps) {
  return (
    <div aria-live="polite" className="flex flex-col gap-3 empty:hidden">
      {isPending && <ConnectionUnderTest />}
      {results.map((result, at) => (
        <ConnectionResult key={at === 0 ? 'main' : 'sub'} result={result} isSub={at === 1} />
      ))}
    </div>
  );
}

/** In place of a result while the camera is asked. */
export function ConnectionUnderTest() {
  const { t } = useTranslation('cameras');
  return (
    <p className="flex items-center gap-3 rounded-lg border border-line bg-raised p-3.5 text-sm text-ink-soft">
      <LoaderCircle aria-hidden className="size-4.5 animate-spin" />
      {t('form.testing')}
    </p>
  );
}
