// Gives a camera another name; its footage keeps to the camera, not to the name.
import { zodResolver } from '@hookform/resolvers/zod';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Pencil } from 'lucide-react';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { type Camera, cameraNameLimit } from '../../electron/contract/shapes.ts';
import { Sheet } from '../controls/dialog.tsx';
import { Field } from '../controls/field.tsx';
import { FormButtons } from '../controls/form-buttons.tsx';
import { refusalWords } from '../controls/refusal-words.ts';
import { api } from '../station/client.ts';
import { CameraNameShape } from './camera-form.ts';

export function RenameCamera({ camera, onClose }: { readonly camera: Camera; onClose(): void }) {
  const { t } = useTranslation('cameras');
  const queries = useQueryClient();
  const form = useForm({ resolver: zodResolver(CameraNameShape), defaultValues: { name: camera.name } });
  const rename = useMutation(
    api.cameras.rename.mutationOptions({
      onSuccess: () => {
        void queries.invalidateQueries({ queryKey: api.cameras.list.key() });
        onClose();
      },
      // The form has one field, so whatever was refused is said there.
      onError: (error) => form.setError('name', { message: refusalWords(error) }),
    }),
  );
  return (
    <Sheet
      isOpen
      onOpenChange={(open) => !open && onClose()}
      title={t('renameTitle')}
      icon={Pencil}
      width="narrow"
    >
      <form
        noValidate
        onSubmit={form.handleSubmit(({ name }) => rename.mutate({ cameraId: camera.id, name }))}
      >
        <Field
          control={form.control}
          name="name"
          label={t('form.name')}
          hint={t('form.nameHint')}
          maxLength={cameraNameLimit}
          autoFocus
        />
        <div className="mt-6">
          <FormButtons
            deed={t('save')}
            cancel={t('cancel')}
            isPending={rename.isPending}
            onCancel={onClose}
          />
        </div>
      </form>
    </Sheet>
  );
}
