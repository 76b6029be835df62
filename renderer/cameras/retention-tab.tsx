// How long a camera's recordings are kept: by age, by size, by both; what is over either goes, the oldest first.
import { useQuery } from '@tanstack/react-query';
import type { Control } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import type { Camera } from '../../electron/contract/shapes.ts';
import { Field } from '../controls/field.tsx';
import { api } from '../station/client.ts';
import { byteAmount, sinceTime } from '../words/moments.ts';
import type { RetentionForm } from './retention-form.ts';

interface RetentionTabProps {
  readonly camera: Camera;
  readonly control: Control<RetentionForm>;
}

export function RetentionTab({ camera, control }: RetentionTabProps) {
  const { t } = useTranslation('cameras');
  return (
    <div className="flex flex-col gap-5">
      <Now camera={camera} />
      <div className="grid max-w-lg grid-cols-2 gap-4">
        <Field control={control} name="days" label={t('kept.days')} hint={t('kept.empty')} maxLength={6} />
        <Field
          control={control}
          name="gigabytes"
          label={t('kept.gigabytes')}
          hint={t('kept.empty')}
          maxLength={12}
        />
      </div>
      <p className="text-xs text-ink-faint">{t('kept.hint')}</p>
    </div>
  );
}

/** What there is today. */
function Now({ camera }: { readonly camera: Camera }) {
  const { t } = useTranslation('cameras');
  const query = useQuery(api.storage.overview.queryOptions({ refetchOnMount: 'always' }));
  const now = query.data?.cameras.find(({ cameraId }) => cameraId === camera.id);
  if (now === undefined) return null;
  const { footageBytes, oldestMs, bytesPerDay } = now;
  if (oldestMs === undefined) return <p className="text-sm text-ink-soft">{t('kept.nothing')}</p>;
  return (
    <p className="text-sm text-ink-soft">
      {t('kept.now', { size: byteAmount(footageBytes), time: sinceTime(oldestMs, Date.now()) })}
      {bytesPerDay > 0 && ` ${t('kept.perDay', { size: byteAmount(bytesPerDay) })}`}
    </p>
  );
}
