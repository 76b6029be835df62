// Where a camera's pictures come from: its address, a sign-in if it asks for one, the transport.
import { Controller, type UseFormReturn } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { sourceUrlLimit } from '../../electron/contract/shapes.ts';
import { Choice, Choices } from '../controls/choices.tsx';
import { Field, SecretField } from '../controls/field.tsx';
import type { CameraForm } from './camera-form.ts';

interface SourceFieldsProps {
  readonly form: UseFormReturn<CameraForm>;
  /** What becomes of a sign-in that is stored, beneath its fields. */
  readonly stored?: { readonly username: string; readonly password?: string } | undefined;
}

export function SourceFields({ form, stored }: SourceFieldsProps) {
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
          hint={stored?.username ?? t('form.optional')}
          maxLength={128}
        />
        <SecretField
          control={form.control}
          name="password"
          label={t('form.password')}
          hint={stored?.password}
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
