// Says that the station is silent, so that nobody takes an old screen for the present.
import { Unplug } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useStationConnection } from '../station/connection.ts';
import { clockTime } from '../words/moments.ts';

export function ConnectionBanner() {
  const { t } = useTranslation('frame');
  const connection = useStationConnection((state) => state.connection);
  if (connection.kind !== 'lost') return null;
  return (
    <div
      role="alert"
      className="flex items-center justify-center gap-3 bg-alarm px-4 py-2 text-sm font-medium text-on-accent"
    >
      <Unplug aria-hidden className="size-4 shrink-0" />
      {t('lost', { time: clockTime(connection.sinceMs) })}
    </div>
  );
}
