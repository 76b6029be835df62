// What records: FFmpeg, and the encoders that a trial found.
import { Cpu } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { StationInfo } from '../../electron/contract/health.ts';
import { sinceTime } from '../words/moments.ts';
import { Card, Facts } from './card.tsx';

export function RecorderCard({ info }: { readonly info: StationInfo }) {
  const { t } = useTranslation('health');
  return (
    <Card icon={Cpu} title={t('recorder')}>
      {info.ffmpeg === undefined ? (
        <p className="text-sm text-warn-text">{t('ffmpegMissing')}</p>
      ) : (
        <Facts
          facts={[
            [t('ffmpeg'), info.ffmpeg.version],
            [t('origin'), t(info.ffmpeg.origin)],
          ]}
        />
      )}
      <Encoders encoders={info.encoders} />
    </Card>
  );
}

function Encoders({ encoders: { trials, trouble } }: { readonly encoders: StationInfo['encoders'] }) {
  const { t } = useTranslation('health');
  return (
    <>
      <h3 className="mt-5 mb-2 text-sm font-medium">{t('encoders')}</h3>
      {trials.length === 0 && <p className="text-sm text-ink-soft">{t('encodersUntried')}</p>}
      <ul aria-label={t('encoders')} className="grid gap-x-6 gap-y-1.5 text-sm sm:grid-cols-2">
        {trials.map(({ name, codec, kind, device, works, isBest, detail }) => (
          <li key={`${name} ${device ?? ''}`} className="flex gap-2" title={detail}>
            <span className={works ? '' : 'text-ink-faint'}>
              {codec === 'h264' ? 'H.264' : 'H.265'} · {t(`encoder.${kind}`)}
              {device !== undefined && ` · ${device.split('/').at(-1)}`}
            </span>
            <span className={`ml-auto shrink-0 ${isBest ? 'text-accent-text' : 'text-ink-faint'}`}>
              {t(isBest ? 'encoderUsed' : works ? 'encoderWorks' : 'encoderFails')}
            </span>
          </li>
        ))}
      </ul>
      {trouble !== undefined && (
        <p className="mt-3 text-sm text-warn-text" title={trouble.detail}>
          {t('encoderTrouble', { encoder: trouble.name, time: sinceTime(trouble.atMs, Date.now()) })}
        </p>
      )}
    </>
  );
}
