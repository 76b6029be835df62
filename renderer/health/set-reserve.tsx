// How much of a volume is kept free: by the rule, or an amount set by hand.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { HardDrive } from 'lucide-react';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import type { StorageVolume } from '../../electron/contract/storage.ts';
import { Alert } from '../controls/alert.tsx';
import { Choice, Choices } from '../controls/choices.tsx';
import { Sheet } from '../controls/dialog.tsx';
import { Field } from '../controls/field.tsx';
import { FormButtons } from '../controls/form-buttons.tsx';
import { useRefusalWords } from '../controls/refusal-words.ts';
import { api, refusalOf } from '../station/client.ts';
import { gigabytesText, readGigabytes } from '../words/amounts.ts';

interface SetReserveProps {
  readonly volume: StorageVolume;
  onClose(): void;
}

export function SetReserve({ volume, onClose }: SetReserveProps) {
  const { t } = useTranslation('health');
  const words = useRefusalWords();
  const [byHand, setByHand] = useState(volume.reserveSet);
  const form = useForm({ defaultValues: { gigabytes: gigabytesText(volume.reserveBytes) } });
  const save = useSaving(onClose, (message) =>
    form.setError('gigabytes', { message }, { shouldFocus: true }),
  );
  const submit = ({ gigabytes }: { gigabytes: string }) => {
    const reserveBytes = byHand ? readGigabytes(gigabytes) : undefined;
    if (byHand && reserveBytes === undefined) form.setError('gigabytes', { message: t('noAmount') });
    else save.mutate({ volumeId: volume.id, ...(reserveBytes === undefined ? {} : { reserveBytes }) });
  };
  const isPlaced = byHand && refusalOf(save.error).field === 'reserveBytes';
  return (
    <Sheet
      isOpen
      onOpenChange={(open) => !open && onClose()}
      title={t('reserve.title', { volume: volume.name })}
      icon={HardDrive}
      width="narrow"
    >
      <form noValidate onSubmit={form.handleSubmit(submit)} className="flex flex-col items-start gap-5">
        <p className="text-sm text-ink-soft">{t('reserve.text')}</p>
        <Choices
          label={t('reserve.label')}
          value={byHand ? 'hand' : 'rule'}
          onChange={(value) => setByHand(value === 'hand')}
        >
          <Choice value="rule" label={t('reserve.rule')} />
          <Choice value="hand" label={t('reserve.hand')} />
        </Choices>
        {byHand ? (
          <Field
            control={form.control}
            name="gigabytes"
            label={t('reserve.amount')}
            maxLength={12}
            autoFocus
          />
        ) : (
          <p className="text-xs text-ink-faint">{t('reserve.ruleHint')}</p>
        )}
        {save.error !== null && !isPlaced && <Alert title={words(save.error)} />}
        <FormButtons deed={t('save')} cancel={t('cancel')} isPending={save.isPending} onCancel={onClose} />
      </form>
    </Sheet>
  );
}

/** `refused` hears what was refused of the amount. */
function useSaving(onSaved: () => void, refused: (message: string) => void) {
  const queries = useQueryClient();
  const words = useRefusalWords();
  return useMutation(
    api.storage.setReserve.mutationOptions({
      onSuccess: () => {
        void queries.invalidateQueries({ queryKey: api.storage.key() });
        onSaved();
      },
      onError: (error) => {
        if (refusalOf(error).field === 'reserveBytes') refused(words(error));
      },
    }),
  );
}
