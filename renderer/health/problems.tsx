// Alarms first, then the station's own problems, then the cameras that are away; or the good news.
import { CircleCheck, VideoOff } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { StationInfo } from '../../electron/contract/health.ts';
import type { Camera } from '../../electron/contract/shapes.ts';
import { AlarmList } from '../alarms/alarm-list.tsx';
import { useAlarms } from '../alarms/alarms.ts';
import { Alert } from '../controls/alert.tsx';
import { sinceTime } from '../words/moments.ts';

/** More cameras that are away are told as one: a switch that failed must not push the rest of the screen out of sight. */
const toldOneByOne = 4;

interface ProblemsProps {
  readonly info: StationInfo;
  readonly cameras: readonly Camera[];
}

export function Problems({ info, cameras }: ProblemsProps) {
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
      <Away away={away} />
    </section>
  );
}

interface AwayCamera {
  readonly camera: Camera;
  readonly state: Extract<Camera['state'], { kind: 'waiting' }>;
}

function Away({ away }: { readonly away: readonly AwayCamera[] }) {
  const { t } = useTranslation(['health', 'states']);
  if (away.length > toldOneByOne) {
    const reasons = Map.groupBy(away, ({ state }) => state.reason);
    return (
      <Alert icon={VideoOff} title={t('camerasAway', { count: away.length })}>
        {[...reasons]
          .toSorted(([, one], [, other]) => other.length - one.length)
          .map(([reason, cameras]) =>
            t('awayFor', { reason: t(`states:reason.${reason}`), count: cameras.length }),
          )
          .join(' · ')}
      </Alert>
    );
  }
  return away.map(({ camera, state }) => (
    <Alert
      key={camera.id}
      icon={VideoOff}
      title={t('cameraAway', { camera: camera.name, time: sinceTime(state.sinceMs, Date.now()) })}
    >
      {t(`states:reason.${state.reason}`)}
    </Alert>
  ));
}
