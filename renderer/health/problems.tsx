// Alarms first, then the station's own problems, then every camera that is away; or the good news.
import { CircleCheck, VideoOff } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { StationInfo } from '../../electron/contract/health.ts';
import type { Camera } from '../../electron/contract/shapes.ts';
import { AlarmList } from '../alarms/alarm-list.tsx';
import { useAlarms } from '../alarms/alarms.ts';
import { Alert } from '../controls/alert.tsx';
import { sinceTime } from '../words/moments.ts';

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
