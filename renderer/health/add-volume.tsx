// The form of a new volume: a name and a folder on this computer.
import { zodResolver } from '@hookform/resolvers/zod';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { FolderPlus } from 'lucide-react';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { VolumeInput } from '../../electron/contract/storage.ts';
import { Alert } from '../controls/alert.tsx';
import { Sheet } from '../controls/dialog.tsx';
import { Field } from '../controls/field.tsx';
import { FormButtons } from '../controls/form-buttons.tsx';
import { useRefusalWords } from '../controls/refusal-words.ts';
import { api, refusalOf } from '../station/client.ts';

export function AddVolume({ onClose }: { onClose(): void }) {
  const { t } = useTranslation('health');
  const queries = useQueryClient();
  const words = useRefusalWords();
  const form = useForm({ resolver: zodResolver(VolumeInput), defaultValues: { name: '', folder: '' } });
  const add = useMutation(
    api.storage.addVolume.mutationOptions({
      onSuccess: () => {
        void queries.invalidateQueries({ queryKey: api.storage.key() });
        onClose();
      },
      onError: (error) => {
        const { field } = refusalOf(error);
        if (field === 'name' || field === 'folder') {
          form.setError(field, { message: words(error) }, { shouldFocus: true });
        }
      },
    }),
  );
  const isPlaced = ['name', 'folder'].includes(refusalOf(add.error).field ?? '');
  return (
    <Sheet
      isOpen
      onOpenChange={(open) => !open && onClose()}
      title={t('addVolume')}
      icon={FolderPlus}
      width="narrow"
    >
      <form
        noValidate
        onSubmit={form.handleSubmit((values) => add.mutate(values))}
        className="flex flex-col gap-5"
      >
        <Field
          control={form.control}
          name="name"
          label={t('add.name')}
          hint={t('add.nameHint')}
          maxLength={80}
          autoFocus
        />
        <Field
          control={form.control}
          name="folder"
          label={t('add.folder')}
          hint={t('add.folderHint')}
          placeholder="/mnt/disk2/lookout"
          maxLength={1_000}
        />
        {add.error !== null && !isPlaced && <Alert title={words(add.error)} />}
        <FormButtons
          deed={t('addVolume')}
          cancel={t('cancel')}
          isPending={add.isPending}
          onCancel={onClose}
        />
      </form>
    </Sheet>
  );
}
