// The health screen: what the station says about itself, its recorder, its cameras and its disks.
import { useQuery } from '@tanstack/react-query';
import { Cctv, CircleCheck, Cpu, HardDrive, type LucideIcon, Server, VideoOff } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { StationInfo } from '../../electron/contract/health.ts';
import type { Camera } from '../../electron/contract/shapes.ts';
import { AlarmList } from '../alarms/alarm-list.tsx';
import { useAlarms } from '../alarms/alarms.ts';
import { Alert } from '../controls/alert.tsx';
import { Failed, Loading } from '../controls/notice.tsx';
import { ScreenHeader } from '../frame/screen-header.tsx';
import { useCameras } from '../station/cameras.ts';
import { api } from '../station/client.ts';
import { sinceTime } from '../words/moments.ts';
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
  return (
    <div className="mx-auto flex max-w-6xl flex-col gap-5">
      <Problems info={info} cameras={cameras} />
      <div className="grid gap-5 lg:grid-cols-2">
        <Card icon={HardDrive} title={t('storage')}>
          <Volumes volumes={info.volumes} />
        </Card>
        <Card icon={Cctv} title={t('cameras')}>
          <CameraCounts cameras={cameras} />
        </Card>
        <RecorderCard info={info} />
        <StationCard info={info} />
      </div>
    </div>
  );
}

/** Alarms first, then the station's own problems, then every camera that is away; or the good news. */
function Problems({ info, cameras }: { readonly info: StationInfo; readonly cameras: readonly Camera[] }) {
  const { t } = useTranslation(['health', 'states']);
  const away = cameras.flatMap((camera) =>
    camera.state.kind === 'waiting' ? [{ camera, state: camera.state }] : [],
  );
  const alarms = useAlarms();
  if (alarms.length + info.problems.length + away.length === 0) {
    return (
      <p className="flex items-center gap-3 text-base font-medium">
        <CircleCheck aria-hidden className="size-5 text-accent-text" />
        {t('allWell')}
      </p>
    );
  }
  return (
    <section aria-label={t('problems')} className="flex flex-col gap-2">
      {alarms.length > 0 && <AlarmList alarms={alarms} />}
      {info.problems.map((problem) => (
        <Alert key={problem.message} title={problem.message}>
          {problem.hint}
        </Alert>
      ))}
      {away.map(({ camera, state }) => (
        <Alert
          key={camera.id}
          icon={VideoOff}
          title={t('cameraAway', { camera: camera.name, time: sinceTime(state.sinceMs, Date.now()) })}
        >
          {t(`states:reason.${state.reason}`)}
        </Alert>
      ))}
    </section>
  );
}

interface CardProps {
  readonly icon: LucideIcon;
  readonly title: string;
  readonly children: ReactNode;
}

function Card({ icon: Icon, title, children }: CardProps) {
  return (
    <section className="rounded-xl border border-line bg-panel p-5">
      <h2 className="mb-4 flex items-center gap-2.5 text-sm font-semibold">
        <Icon aria-hidden className="size-4.5 text-ink-faint" />
        {title}
      </h2>
      {children}
    </section>
  );
}

function Facts({ facts }: { readonly facts: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-2 text-sm">
      {facts.map(([label, value]) => (
        <div key={label} className="contents">
          <dt className="text-ink-faint">{label}</dt>
          <dd data-selectable className="text-right">
            {value}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function RecorderCard({ info }: { readonly info: StationInfo }) {
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

function CameraCounts({ cameras }: { readonly cameras: readonly Camera[] }) {
  const { t } = useTranslation('health');
  const count = (matches: (state: Camera['state']) => boolean) =>
    cameras.filter(({ state }) => matches(state)).length;
  return (
    <Facts
      facts={[
        [t('camerasRecording'), count((state) => state.kind === 'running' && state.recording)],
        [t('camerasLive'), count((state) => state.kind === 'running' && !state.recording)],
        [t('camerasConnecting'), count((state) => state.kind === 'connecting')],
        [t('camerasAway'), count((state) => state.kind === 'waiting')],
        [t('camerasOff'), count((state) => state.kind === 'off')],
      ]}
    />
  );
}
