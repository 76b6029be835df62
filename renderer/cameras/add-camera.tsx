// The form of a new camera: its address, a sign-in if it asks for one, a test of the connection, a name.
import { zodResolver } from '@hookform/resolvers/zod';
import { Cctv, FlaskConical, PlugZap } from 'lucide-react';
import { Controller, type UseFormReturn, useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { type Camera, cameraNameLimit, sourceUrlLimit } from '../../electron/contract/shapes.ts';
import { Alert } from '../controls/alert.tsx';
import { Button } from '../controls/button.tsx';
import { Choice, Choices } from '../controls/choices.tsx';
import { Sheet } from '../controls/dialog.tsx';
import { Field, SecretField } from '../controls/field.tsx';
import { type CameraForm, CameraFormShape, emptyCameraForm } from './camera-form.ts';
import { ConnectionResult, ConnectionUnderTest } from './connection-result.tsx';
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
        <div aria-live="polite" className="flex flex-col gap-3 empty:hidden">
          {test.isPending && <ConnectionUnderTest />}
          {test.results.map((result, at) => (
            // There is one of each stream, in this order.
            <ConnectionResult key={at === 0 ? 'main' : 'sub'} result={result} isSub={at === 1} />
          ))}
        </div>
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

function SourceFields({ form }: { readonly form: UseFormReturn<CameraForm> }) {
  const { t } = useTranslation('cameras');
  return (
    <>
      <Field
        control={form.control}
        name="url"
        type="url"
        label={t('form.url')}
        hint={t('form.urlHint')}
        placeholder="rtsp://192.168.1.20/stream1"
        maxLength={sourceUrlLimit}
        autoFocus
      />
      <div className="grid grid-cols-2 gap-4">
        <Field
          control={form.control}
          name="username"
          label={t('form.username')}
          hint={t('form.optional')}
          maxLength={128}
        />
        <SecretField
          control={form.control}
          name="password"
          label={t('form.password')}
          showLabel={t('form.showPassword')}
          hideLabel={t('form.hidePassword')}
        />
      </div>
      <Controller
        control={form.control}
        name="transport"
        render={({ field }) => (
          <div className="flex items-center gap-4">
            <Choices
              label={t('form.transport')}
              value={field.value}
              onChange={(value) => field.onChange(value === 'udp' ? 'udp' : 'tcp')}
            >
              <Choice value="tcp" label={t('form.tcp')} />
              <Choice value="udp" label={t('form.udp')} />
            </Choices>
            <p className="text-xs text-ink-faint">{t('form.transportHint')}</p>
          </div>
        )}
      />
    </>
  );
}
