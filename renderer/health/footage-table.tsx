// What each camera has on the disks, how long it is kept, and how far back it will reach.
import { useTranslation } from 'react-i18next';
import type { CameraStorage } from '../../electron/contract/storage.ts';
import { byteAmount, sinceTime } from '../words/moments.ts';
import { Table } from './card.tsx';

/** A forecast beyond this is as good as for ever. */
const longDays = 3_660;

export function FootageTable({ cameras }: { readonly cameras: readonly CameraStorage[] }) {
  const { t } = useTranslation('health');
  if (cameras.length === 0) return <p className="text-sm text-ink-soft">{t('noCameras')}</p>;
  const column = (word: 'camera' | 'size' | 'perDay' | 'oldest' | 'kept' | 'forecast') => ({
    title: t(`column.${word}`),
    isNumber: ['size', 'perDay', 'forecast'].includes(word),
  });
  return (
    <Table
      label={t('recordings')}
      columns={(['camera', 'size', 'perDay', 'forecast', 'oldest', 'kept'] as const).map(column)}
    >
      {cameras.map((camera) => (
        <Row key={camera.cameraId} camera={camera} />
      ))}
    </Table>
  );
}

function Row({ camera }: { readonly camera: CameraStorage }) {
  const { t } = useTranslation('health');
  const { name, removed, footageBytes, lockedBytes, bytesPerDay, oldestMs, keepDays, quotaBytes } = camera;
  const limits = [
    ...(keepDays === undefined ? [] : [t('days', { count: keepDays })]),
    ...(quotaBytes === undefined ? [] : [t('atMost', { size: byteAmount(quotaBytes) })]),
  ];
  return (
    <tr>
      <th scope="row" className="max-w-72 text-left font-medium">
        <div className="truncate">{name}</div>
        {removed && <div className="text-xs font-normal text-ink-faint">{t('removed')}</div>}
      </th>
      <td className="text-right whitespace-nowrap">
        {byteAmount(footageBytes)}
        {lockedBytes > 0 && (
          <div className="text-xs text-ink-faint">{t('locked', { size: byteAmount(lockedBytes) })}</div>
        )}
      </td>
      <td className="text-right whitespace-nowrap">{bytesPerDay > 0 ? byteAmount(bytesPerDay) : '–'}</td>
      <td className="text-right whitespace-nowrap">
        <Forecast days={camera.forecastDays} />
      </td>
      <td className="whitespace-nowrap">{oldestMs === undefined ? '–' : sinceTime(oldestMs, Date.now())}</td>
      <td>{limits.length === 0 ? t('noLimit') : limits.join(' · ')}</td>
    </tr>
  );
}

function Forecast({ days }: { readonly days: number | undefined }) {
  const { t } = useTranslation('health');
  if (days === undefined) return '–';
  if (days > longDays) return t('forecastLong');
  return days < 3 ? t('hours', { count: Math.round(days * 24) }) : t('days', { count: Math.round(days) });
}
