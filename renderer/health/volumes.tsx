// The disks footage is written to, with the room that is left.
import { Meter } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { StationInfo } from '../../electron/contract/health.ts';
import { byteAmount } from '../words/moments.ts';

type VolumeInfo = StationInfo['volumes'][number];

/** A disk fuller than this is drawn in amber. */
const nearlyFull = 0.95;

export function Volumes({ volumes }: { readonly volumes: readonly VolumeInfo[] }) {
  const { t } = useTranslation('health');
  if (volumes.length === 0) return <p className="text-sm text-warn-text">{t('noVolumes')}</p>;
  return (
    <ul className="flex flex-col gap-5">
      {volumes.map((volume) => (
        <li key={volume.label}>
          <VolumeRow volume={volume} />
        </li>
      ))}
    </ul>
  );
}

function VolumeRow({ volume }: { readonly volume: VolumeInfo }) {
  const { t } = useTranslation('health');
  const { label, state, freeBytes, totalBytes } = volume;
  return (
    <div className="text-sm">
      <div className="flex justify-between gap-4">
        <span data-selectable className="truncate font-medium">
          {label}
        </span>
        <span className={`shrink-0 ${state === 'ready' ? 'text-ink-faint' : 'text-warn-text'}`}>
          {t(state)}
        </span>
      </div>
      {freeBytes !== undefined && totalBytes !== undefined && totalBytes > 0 && (
        <Room label={label} freeBytes={freeBytes} totalBytes={totalBytes} />
      )}
    </div>
  );
}

function Room(props: { readonly label: string; readonly freeBytes: number; readonly totalBytes: number }) {
  const { t } = useTranslation('health');
  const { label, freeBytes, totalBytes } = props;
  const used = 1 - freeBytes / totalBytes;
  const percent = Math.round(used * 100);
  return (
    <Meter aria-label={label} value={percent} valueLabel={t('used', { percent })} className="mt-2">
      <div className="h-2 overflow-hidden rounded-full bg-hover">
        <div
          className={`h-full rounded-full ${used > nearlyFull ? 'bg-warn-text' : 'bg-accent'}`}
          style={{ width: `${used * 100}%` }}
        />
      </div>
      <div className="mt-1.5 flex justify-between text-xs text-ink-soft">
        <span>{t('free', { free: byteAmount(freeBytes), total: byteAmount(totalBytes) })}</span>
        <span>{t('used', { percent })}</span>
      </div>
    </Meter>
  );
}
