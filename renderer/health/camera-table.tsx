// How each camera does: what comes from it now, how often it broke off, and why the last time.
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { CameraHealth } from '../../electron/contract/health.ts';
import type { Camera } from '../../electron/contract/shapes.ts';
import { CameraState } from '../cameras/camera-state.tsx';
import { Failed } from '../controls/notice.tsx';
import { api } from '../station/client.ts';
import { bitRate } from '../words/amounts.ts';
import { sinceTime } from '../words/moments.ts';
import { Table } from './card.tsx';

/** Rates have no event; while somebody looks, they are asked for this often. */
const refreshMs = 2_000;

export function CameraTable({ cameras }: { readonly cameras: readonly Camera[] }) {
  const { t } = useTranslation('health');
  const query = useQuery(api.cameras.health.queryOptions({ refetchInterval: refreshMs }));
  const known = new Map(query.data?.map((health) => [health.cameraId, health]));
  if (query.isError) return <Failed error={query.error} onRetry={() => void query.refetch()} />;
  if (cameras.length === 0) return <p className="text-sm text-ink-soft">{t('noCameras')}</p>;
  const column = (word: 'camera' | 'state' | 'fps' | 'bits' | 'keyframes' | 'breaks' | 'last') => ({
    title: t(`column.${word}`),
    isNumber: ['fps', 'bits', 'keyframes', 'breaks'].includes(word),
  });
  return (
    <Table
      label={t('cameras')}
      columns={(['camera', 'state', 'fps', 'bits', 'keyframes', 'breaks', 'last'] as const).map(column)}
    >
      {cameras.map((camera) => (
        <Row key={camera.id} camera={camera} health={known.get(camera.id)} />
      ))}
    </Table>
  );
}

interface RowProps {
  readonly camera: Camera;
  /** Undefined until the station has said how it does. */
  readonly health: CameraHealth | undefined;
}

function Row({ camera, health }: RowProps) {
  const { t } = useTranslation(['health', 'states']);
  const { fps, kilobits, keyframeIntervalMs, interruptions, last, encoder, isBlind } = health ?? {};
  return (
    <tr>
      <th scope="row" className="max-w-72 text-left font-medium">
        <div className="truncate">{camera.name}</div>
        {encoder !== undefined && (
          <div className="text-xs font-normal text-ink-faint">
            {t('encodedBy', { encoder: encoder.name })}
          </div>
        )}
      </th>
      <td>
        <CameraState camera={camera} />
        {isBlind === true && <div className="max-w-72 text-xs text-warn-text">{t('blind')}</div>}
      </td>
      <td className="text-right">{fps === undefined ? '–' : fps.toFixed(fps < 9.95 ? 1 : 0)}</td>
      <td className="text-right whitespace-nowrap">{kilobits === undefined ? '–' : bitRate(kilobits)}</td>
      <td className="text-right whitespace-nowrap">
        {keyframeIntervalMs === undefined
          ? '–'
          : t('seconds', { seconds: (keyframeIntervalMs / 1_000).toFixed(1) })}
      </td>
      <td className="text-right">{interruptions ?? '–'}</td>
      <td className="max-w-72">
        {last === undefined ? (
          <span className="text-ink-faint">{t('nothingWrong')}</span>
        ) : (
          <div title={last.detail}>
            <div className="truncate">{t(`states:reason.${last.reason}`)}</div>
            <div className="text-xs text-ink-faint">{sinceTime(last.atMs, Date.now())}</div>
          </div>
        )}
      </td>
    </tr>
  );
}
