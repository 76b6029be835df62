// The gravest alarm in one thin line over every screen, for as long as it stands.
import { Link } from '@tanstack/react-router';
import { OctagonAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Acknowledge } from './acknowledge.tsx';
import { useAlarms } from './alarms.ts';

export function AlarmBar() {
  const { t } = useTranslation('alarms');
  const alarms = useAlarms();
  const gravest = alarms[0];
  return (
    // There before the first alarm, so that a screen reader says what comes into it.
    <section aria-label={t('title')} aria-live="polite" className="shrink-0">
      {gravest !== undefined && (
        <div className="flex min-h-11 items-center gap-3 border-b border-line bg-panel py-1 pr-2 pl-4 text-sm">
          <OctagonAlert aria-hidden className="size-4.5 shrink-0 text-recording" />
          <p className="min-w-0 flex-1 truncate" title={`${gravest.message} ${gravest.hint ?? ''}`}>
            <span className="font-medium">{gravest.message}</span>{' '}
            <span className="text-ink-soft">{gravest.hint}</span>
          </p>
          <Link
            to="/health"
            className="shrink-0 rounded-lg px-2.5 py-1.5 font-medium text-accent-text hover:bg-hover"
          >
            {alarms.length > 1 ? t('more', { count: alarms.length - 1 }) : t('show')}
          </Link>
          <Acknowledge alarm={gravest} />
        </div>
      )}
    </section>
  );
}
