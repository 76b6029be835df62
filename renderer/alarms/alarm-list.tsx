// All alarms that stand, in words: what happened, what helps, since when.
import { OctagonAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Alarm } from '../../electron/contract/alarms.ts';
import { sinceTime } from '../words/moments.ts';
import { Acknowledge } from './acknowledge.tsx';

export function AlarmList({ alarms }: { readonly alarms: readonly Alarm[] }) {
  const { t } = useTranslation('alarms');
  return (
    <ul aria-label={t('title')} className="flex flex-col gap-2">
      {alarms.map((alarm) => (
        <li
          key={alarm.id}
          className="flex items-center gap-3 rounded-lg border border-line border-l-4 border-l-alarm bg-panel p-3.5 text-sm"
        >
          <OctagonAlert aria-hidden className="size-5 shrink-0 self-start text-recording" />
          <div data-selectable className="min-w-0 flex-1 leading-relaxed">
            <p className="font-medium">{alarm.message}</p>
            <p className="text-ink-soft">{alarm.hint}</p>
            <p className="text-xs text-ink-faint">
              {t(alarm.acknowledge ? 'was' : 'since', { time: sinceTime(alarm.raisedMs, Date.now()) })}
              {!alarm.acknowledge && <> · {t('endsItself')}</>}
            </p>
          </div>
          <Acknowledge alarm={alarm} />
        </li>
      ))}
    </ul>
  );
}
