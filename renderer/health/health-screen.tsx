// The health screen: alarms, cameras, recordings, disks, and what the station says about itself.
import { useQuery } from '@tanstack/react-query';
import { Archive, Cctv, HardDrive, LockKeyhole, Server } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { StationInfo } from '../../electron/contract/health.ts';
import { Failed, Loading } from '../controls/notice.tsx';
import { LockList } from '../evidence/lock-list.tsx';
import { ScreenHeader } from '../frame/screen-header.tsx';
import { useCameras } from '../station/cameras.ts';
import { api } from '../station/client.ts';
import { useMay } from '../station/person.ts';
import { byteAmount, sinceTime } from '../words/moments.ts';
import { CameraTable } from './camera-table.tsx';
import { Card, Facts } from './card.tsx';
import { FootageTable } from './footage-table.tsx';
import { Problems } from './problems.tsx';
import { RecorderCard } from './recorder-card.tsx';
import { UpkeepCard } from './upkeep-card.tsx';
import { Volumes } from './volumes.tsx';

/** Free space has no event; while somebody looks, it is asked for this often. */
const refreshMs = 10_000;

export function HealthScreen() {
  const { t } = useTranslation('health');
  const query = useQuery(
    api.station.info.queryOptions({ refetchInterval: refreshMs, refetchOnMount: 'always' }),
  );
  return (
    <>
      <ScreenHeader title={t('title')} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what is longer than the window is scrolled by the keyboard */}
      <section tabIndex={0} aria-label={t('title')} className="relative min-h-0 flex-1 overflow-auto p-6">
        {query.isPending && <Loading />}
        {query.isError && <Failed error={query.error} onRetry={() => void query.refetch()} />}
        {query.data !== undefined && <Overview info={query.data} />}
      </section>
    </>
  );
}

function Overview({ info }: { readonly info: StationInfo }) {
  const { t } = useTranslation('health');
  const cameras = useCameras().data ?? [];
  const isOperator = useMay()('operator');
  return (
    <div className="mx-auto flex max-w-6xl flex-col gap-5">
      <Problems info={info} cameras={cameras} />
      <Card icon={Cctv} title={t('cameras')}>
        <CameraTable cameras={cameras} />
      </Card>
      {isOperator ? (
        <Storage>
          <RecorderCard info={info} />
          <StationCard info={info} />
        </Storage>
      ) : (
        <div className="grid gap-5 lg:grid-cols-2">
          <VolumeStates info={info} />
          <RecorderCard info={info} />
          <StationCard info={info} />
        </div>
      )}
    </div>
  );
}

/** `children` stand beside its last card. */
function Storage({ children }: { readonly children: ReactNode }) {
  const { t } = useTranslation(['health', 'evidence']);
  const query = useQuery(
    api.storage.overview.queryOptions({ refetchInterval: refreshMs, refetchOnMount: 'always' }),
  );
  const overview = query.data;
  return (
    <>
      {query.isError && <Failed error={query.error} onRetry={() => void query.refetch()} />}
      {overview !== undefined && (
        <>
          <Card icon={Archive} title={t('recordings')}>
            <FootageTable cameras={overview.cameras} />
          </Card>
          <Volumes volumes={overview.volumes} />
          <Card icon={LockKeyhole} title={t('evidence:title')}>
            <LockList names={new Map(overview.cameras.map(({ cameraId, name }) => [cameraId, name]))} />
          </Card>
        </>
      )}
      <div className="grid items-start gap-5 lg:grid-cols-2">
        {children}
        {overview !== undefined && <UpkeepCard overview={overview} />}
      </div>
    </>
  );
}

/** For those who may not see the folders. */
function VolumeStates({ info }: { readonly info: StationInfo }) {
  const { t } = useTranslation('health');
  return (
    <Card icon={HardDrive} title={t('volumes')}>
      <Facts
        facts={info.volumes.map(({ label, state, freeBytes, totalBytes }) => [
          label,
          freeBytes === undefined || totalBytes === undefined
            ? t(`state.${state}`)
            : t('free', { free: byteAmount(freeBytes), total: byteAmount(totalBytes) }),
        ])}
      />
    </Card>
  );
}

function StationCard({ info }: { readonly info: StationInfo }) {
  const { t } = useTranslation('health');
  return (
    <Card icon={Server} title={t('station')}>
      <Facts
        facts={[
          [t('version'), info.version],
          [t('runningSince'), sinceTime(info.startedMs, Date.now())],
          [t('shell'), t(info.shell)],
          [t('secrets'), t(info.secrets === 'system' ? 'secretsSystem' : 'secretsFile')],
        ]}
      />
    </Card>
  );
}
