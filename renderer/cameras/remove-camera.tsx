// Asks before a camera is removed, and says that its footage stays.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Camera } from '../../electron/contract/shapes.ts';
import { Alert } from '../controls/alert.tsx';
import { Question } from '../controls/dialog.tsx';
import { refusalWords } from '../controls/refusal-words.ts';
import { api } from '../station/client.ts';

export function RemoveCamera({ camera, onClose }: { readonly camera: Camera; onClose(): void }) {
  const { t } = useTranslation('cameras');
  const queries = useQueryClient();
  const remove = useMutation(
    api.cameras.remove.mutationOptions({
      onSuccess: () => {
        void queries.invalidateQueries({ queryKey: api.cameras.list.key() });
        // Only now its last footage is stored.
        void queries.invalidateQueries({ queryKey: api.playback.former.key() });
        onClose();
      },
    }),
  );
  return (
    <Question
      isOpen
      onOpenChange={(open) => !open && onClose()}
      title={t('removeTitle', { camera: camera.name })}
      deed={t('removeDeed')}
      cancel={t('cancel')}
      isPending={remove.isPending}
      onConfirm={() => remove.mutate({ cameraId: camera.id })}
    >
      <p>{t('removeText')}</p>
      {remove.isError && <Alert title={refusalWords(remove.error)} />}
    </Question>
  );
}
