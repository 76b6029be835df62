// The address of a camera's smaller picture: tested, stored, or taken away by leaving it empty.
import { zodResolver } from '@hookform/resolvers/zod';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { PictureInPicture2 } from 'lucide-react';
import { useEffect } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { type Camera, sourceUrlLimit } from '../../electron/contract/shapes.ts';
import { Sheet } from '../controls/dialog.tsx';
import { Field } from '../controls/field.tsx';
import { refusalWords } from '../controls/refusal-words.ts';
import { api, station } from '../station/client.ts';
import { CameraFormShape, subOf } from './camera-form.ts';
import { ConnectionResult, ConnectionUnderTest } from './connection-result.tsx';
import { TestedFormButtons } from './tested-form-buttons.tsx';
import { useOneTest } from './use-one-test.ts';

const SubForm = CameraFormShape.pick({ subUrl: true });

export function SubStream({ camera, onClose }: { readonly camera: Camera; onClose(): void }) {
  const { t } = useTranslation('cameras');
  const { form, test, save } = useSubStream(camera, onClose);
  const url = () => subOf(form.getValues()).subUrl;
  const startTest = async () => {
    const typed = url();
    if (typed === undefined)
      form.setError('subUrl', { message: t('sub.nothingToTest') }, { shouldFocus: true });
    else if (await form.trigger('subUrl', { shouldFocus: true })) test.mutate(typed);
  };
  return (
    <Sheet
      isOpen
      onOpenChange={(open) => !open && onClose()}
      title={t('sub.title', { camera: camera.name })}
      icon={PictureInPicture2}
    >
      <form
        noValidate
        className="flex flex-col gap-5"
        onSubmit={form.handleSubmit((values) => {
          const { subUrl } = subOf(values);
          save.mutate({ cameraId: camera.id, ...(subUrl === undefined ? {} : { url: subUrl }) });
        })}
      >
        <Field
          control={form.control}
          name="subUrl"
          type="url"
          label={t('sub.url')}
          hint={`${t('sub.urlHint')} ${t('sub.none')}`}
          placeholder="rtsp://192.168.1.20/stream2"
          maxLength={sourceUrlLimit}
          autoFocus
        />
        <div aria-live="polite" className="empty:hidden">
          {test.isPending && <ConnectionUnderTest />}
          {test.data !== undefined && <ConnectionResult result={test.data} isSub />}
        </div>
        <TestedFormButtons
          isTesting={test.isPending}
          isSaving={save.isPending}
          onTest={() => void startTest()}
          onCancel={onClose}
        />
      </form>
    </Sheet>
  );
}

function useSubStream({ id: cameraId, sub }: Camera, onClose: () => void) {
  const queries = useQueryClient();
  const url = sub !== undefined && sub.source.kind !== 'test-pattern' ? sub.source.url : '';
  const form = useForm({ resolver: zodResolver(SubForm), defaultValues: { subUrl: url } });
  // The form has one field, so whatever was refused is said there.
  const onError = (error: unknown) => form.setError('subUrl', { message: refusalWords(error) });
  const { test, forget } = useOneTest(
    (typed: string, signal) => station.cameras.testSub({ cameraId, url: typed }, { signal }),
    onError,
  );
  useEffect(
    () => form.subscribe({ name: 'subUrl', formState: { values: true }, callback: forget }),
    [form, forget],
  );
  const save = useMutation(
    api.cameras.setSub.mutationOptions({
      onSuccess: () => {
        void queries.invalidateQueries({ queryKey: api.cameras.list.key() });
        onClose();
      },
      onError,
    }),
  );
  return { form, test, save };
}
