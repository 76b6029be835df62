// Locks a stretch of a camera as evidence: why, and for how long. Nothing in it is deleted while the lock holds.

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { LockKeyhole } from 'lucide-react';
import { Controller, type UseFormReturn, useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { lockReasonLimit } from '../../electron/contract/storage.ts';
import type { EpochMs } from '../../recorder/model/clock.ts';
import type { CameraId } from '../../recorder/model/ids.ts';
import { Alert } from '../controls/alert.tsx';
import { Sheet } from '../controls/dialog.tsx';
import { Field } from '../controls/field.tsx';
import { FormButtons } from '../controls/form-buttons.tsx';
import { useRefusalWords } from '../controls/refusal-words.ts';
import { remark } from '../controls/remark.tsx';
import { Select } from '../controls/select.tsx';
import { labels } from '../playback/zone.ts';
import { api, refusalOf } from '../station/client.ts';
import { stretchOf } from '../timeline/moment-words.ts';
import { expiryOf, type LockTerm, lockTerms } from './lock-form.ts';

/** What is to be locked. */
export interface Stretch {
  readonly cameraId: CameraId;
  readonly cameraName: string;
  readonly startMs: EpochMs;
  readonly endMs: EpochMs;
}

interface LockDialogProps {
  readonly stretch: Stretch;
  onLocked(): void;
  onClose(): void;
}

interface LockValues {
  readonly reason: string;
  readonly term: LockTerm;
  readonly days: string;
}

export function LockDialog({ stretch, onLocked, onClose }: LockDialogProps) {
  const { t } = useTranslation('evidence');
  const words = useRefusalWords();
  const form = useForm<LockValues>({ defaultValues: { reason: '', term: 'released', days: '14' } });
  const add = useAdding(form, () => {
    remark({ text: t('locked') });
    onLocked();
    onClose();
  });
  const submit = ({ reason, term, days }: LockValues) => {
    const expiresMs = expiryOf(term, days, Date.now());
    if (reason.trim() === '') form.setError('reason', { message: t('reasonNeeded') }, { shouldFocus: true });
    else if (expiresMs === 'wrong') form.setError('days', { message: t('daysWrong') }, { shouldFocus: true });
    else {
      const { cameraId, startMs, endMs } = stretch;
      const range = { startMs: Math.round(startMs), endMs: Math.round(endMs) };
      add.mutate({ cameraId, ...range, reason, ...(expiresMs === undefined ? {} : { expiresMs }) });
    }
  };
  const isPlaced = fieldOf(add.error) !== undefined;
  return (
    <Sheet
      isOpen
      onOpenChange={(open) => !open && onClose()}
      title={t('lockTitle')}
      icon={LockKeyhole}
      width="narrow"
    >
      <form noValidate onSubmit={form.handleSubmit(submit)} className="flex flex-col gap-5">
        <div className="text-sm text-ink-soft">
          <p className="font-medium text-ink">{stretch.cameraName}</p>
          <p>{stretchOf(labels, stretch.startMs, stretch.endMs)}</p>
          <p className="mt-2">{t('lockText')}</p>
        </div>
        <Field
          control={form.control}
          name="reason"
          label={t('reason')}
          hint={t('reasonHint')}
          maxLength={lockReasonLimit}
          autoFocus
        />
        <Term form={form} />
        {add.error !== null && !isPlaced && <Alert title={words(add.error)} />}
        <FormButtons deed={t('lock')} cancel={t('cancel')} isPending={add.isPending} onCancel={onClose} />
      </form>
    </Sheet>
  );
}

function Term({ form }: { readonly form: UseFormReturn<LockValues> }) {
  const { t } = useTranslation('evidence');
  const term = form.watch('term');
  const word = (one: LockTerm) =>
    one === 'released' || one === 'days' ? t(`term.${one}`) : t('days', { count: Number(one) });
  return (
    <div className="grid grid-cols-2 gap-4">
      <Controller
        control={form.control}
        name="term"
        render={({ field }) => (
          <Select
            label={t('term.label')}
            value={field.value}
            options={lockTerms.map((one) => [one, word(one)] as const)}
            onChange={field.onChange}
          />
        )}
      />
      {term === 'days' && <Field control={form.control} name="days" label={t('term.days')} maxLength={6} />}
    </div>
  );
}

function fieldOf(error: unknown): 'reason' | 'days' | undefined {
  const { field } = refusalOf(error);
  return field === 'expiresMs' ? 'days' : field === 'reason' ? 'reason' : undefined;
}

function useAdding(form: UseFormReturn<LockValues>, onLocked: () => void) {
  const queries = useQueryClient();
  const words = useRefusalWords();
  return useMutation(
    api.locks.add.mutationOptions({
      onSuccess: () => {
        void queries.invalidateQueries({ queryKey: api.locks.key() });
        onLocked();
      },
      onError: (error) => {
        const field = fieldOf(error);
        if (field !== undefined) form.setError(field, { message: words(error) }, { shouldFocus: true });
      },
    }),
  );
}
