// Takes a volume out of use, and back: its footage stays where it is.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { StorageVolume } from '../../electron/contract/storage.ts';
import { Alert } from '../controls/alert.tsx';
import { Button } from '../controls/button.tsx';
import { Question } from '../controls/dialog.tsx';
import { useRefusalWords } from '../controls/refusal-words.ts';
import { remark } from '../controls/remark.tsx';
import { api } from '../station/client.ts';

interface RetireVolumeProps {
  readonly volume: StorageVolume;
  onClose(): void;
}

export function RetireVolume({ volume, onClose }: RetireVolumeProps) {
  const { t } = useTranslation('health');
  const queries = useQueryClient();
  const words = useRefusalWords();
  const retire = useMutation(
    api.storage.retireVolume.mutationOptions({
      onSuccess: () => {
        void queries.invalidateQueries({ queryKey: api.storage.key() });
        onClose();
      },
    }),
  );
  return (
    <Question
      isOpen
      onOpenChange={(open) => !open && onClose()}
      title={t('retire.title', { volume: volume.name })}
      deed={t('retire.deed')}
      cancel={t('cancel')}
      isPending={retire.isPending}
      onConfirm={() => retire.mutate({ volumeId: volume.id })}
    >
      {t('retire.text')}
      {retire.error !== null && (
        <div className="mt-4">
          <Alert title={words(retire.error)} />
        </div>
      )}
    </Question>
  );
}

export function TakeBackVolume({ volume }: { readonly volume: StorageVolume }) {
  const { t } = useTranslation('health');
  const queries = useQueryClient();
  const words = useRefusalWords();
  const takeBack = useMutation(
    api.storage.addVolume.mutationOptions({
      onSuccess: () => queries.invalidateQueries({ queryKey: api.storage.key() }),
      onError: (error) => remark({ text: words(error) }),
    }),
  );
  const { name, folder } = volume;
  return (
    <Button look="plain" isPending={takeBack.isPending} onPress={() => takeBack.mutate({ name, folder })}>
      {t('retire.back')}
    </Button>
  );
}
