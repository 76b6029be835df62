// The form of a new camera: its address, a sign-in if it asks for one, a test of the connection, a name.
import { zodResolver } from '@hookform/resolvers/zod';
import { Cctv, FlaskConical, PlugZap } from 'lucide-react';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { type Camera, cameraNameLimit, sourceUrlLimit } from '../../electron/contract/shapes.ts';
import { Alert } from '../controls/alert.tsx';
import { Button } from '../controls/button.tsx';
import { Sheet } from '../controls/dialog.tsx';
import { Field } from '../controls/field.tsx';
import { type CameraForm, CameraFormShape, emptyCameraForm } from './camera-form.ts';
import { ConnectionResults } from './connection-result.tsx';
import { SourceFields } from './source-fields.tsx';
import { useAddTestPattern } from './test-pattern.ts';
import { useAddCamera, useConnectionTest } from './use-camera-form.ts';

interface AddCameraProps {
  readonly cameras: readonly Camera[];
  onClose(): void;
}

export function AddCamera({ cameras, onClose }: AddCameraProps) {
  const { t } = useTranslation('cameras');
  const form = useForm<CameraForm>({
    resolver: zodResolver(CameraFormShape),
    defaultValues: emptyCameraForm,
  });
  const test = useConnectionTest(form);
  const add = useAddCamera(form, onClose);
  const testPattern = useAddTestPattern(cameras, onClose);
  const problem = add.problem ?? test.problem ?? testPattern.problem;
  return (
    <Sheet isOpen onOpenChange={(open) => !open && onClose()} title={t('addTitle')} icon={Cctv}>
      <form noValidate onSubmit={form.handleSubmit(add.submit)} className="flex flex-col gap-5">
        <SourceFields form={form} />
        <ConnectionResults isPending={test.isPending} results={test.results} />
        <Field
          control={form.control}
          name="name"
          label={t('form.name')}
          hint={t('form.nameHint')}
          maxLength={cameraNameLimit}
        />
        <Field
          control={form.control}
          name="subUrl"
          type="url"
          label={t('sub.url')}
          hint={t('sub.urlHint')}
          placeholder="rtsp://192.168.1.20/stream2"
          maxLength={sourceUrlLimit}
        />
        {problem !== undefined && <Alert title={problem} />}
        <div className="flex flex-wrap justify-end gap-3 border-t border-line pt-5">
          <Button
            look="plain"
            icon={FlaskConical}
            isPending={testPattern.isPending}
            onPress={() => testPattern.add()}
          >
            {t('addTestPattern')}
          </Button>
          <div className="flex-1" />
          <Button icon={PlugZap} isPending={test.isPending} onPress={() => void test.start()}>
            {t('form.test')}
          </Button>
          <Button type="submit" look="primary" isPending={add.isPending}>
            {t('form.submit')}
          </Button>
        </div>
      </form>
    </Sheet>
  );
}
