// Another address, sign-in or transport of a camera: tested as it would be, then taken over without losing what it recorded.
import { zodResolver } from '@hookform/resolvers/zod';
import { Cable } from 'lucide-react';
import { useForm, useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import type { Camera } from '../../electron/contract/shapes.ts';
import { Alert } from '../controls/alert.tsx';
import { Sheet } from '../controls/dialog.tsx';
import { type CameraForm, CameraFormShape, cameraFormOf, isSameHost } from './camera-form.ts';
import { ConnectionResults } from './connection-result.tsx';
import { SourceFields } from './source-fields.tsx';
import { TestedFormButtons } from './tested-form-buttons.tsx';
import { useChangeSource, useConnectionTest } from './use-camera-form.ts';

export function ChangeSource({ camera, onClose }: { readonly camera: Camera; onClose(): void }) {
  const { t } = useTranslation('cameras');
  const form = useForm<CameraForm>({
    resolver: zodResolver(CameraFormShape),
    defaultValues: cameraFormOf(camera),
  });
  const test = useConnectionTest(form, camera.id);
  const change = useChangeSource(form, camera.id, onClose);
  const problem = change.problem ?? test.problem;
  const url = useWatch({ control: form.control, name: 'url' });
  return (
    <Sheet
      isOpen
      onOpenChange={(open) => !open && onClose()}
      title={t('source.change', { camera: camera.name })}
      icon={Cable}
    >
      <form noValidate onSubmit={form.handleSubmit(change.submit)} className="flex flex-col gap-5">
        <p className="text-sm text-ink-soft">{t('source.text')}</p>
        <SourceFields form={form} stored={useStoredSignIn(camera, url)} />
        <SubStays camera={camera} url={url} />
        <ConnectionResults isPending={test.isPending} results={test.results} />
        {problem !== undefined && <Alert title={problem} />}
        <TestedFormButtons
          isTesting={test.isPending}
          isSaving={change.isPending}
          onTest={() => void test.start()}
          onCancel={onClose}
        />
      </form>
    </Sheet>
  );
}

/** What becomes of the stored sign-in at the typed address; undefined when there is none. */
function useStoredSignIn({ source }: Camera, url: string) {
  const { t } = useTranslation('cameras');
  if (source.kind === 'test-pattern' || !source.signsIn) return undefined;
  if (!isSameHost(source.url, url)) return { username: t('source.notSent') };
  return { username: t('source.kept'), password: t('source.keptName') };
}

function SubStays({ camera: { sub }, url }: { readonly camera: Camera; readonly url: string }) {
  const { t } = useTranslation('cameras');
  if (sub === undefined || sub.source.kind === 'test-pattern') return null;
  return (
    <p className="text-xs break-words text-ink-faint">
      {isSameHost(sub.source.url, url)
        ? t('source.subHere')
        : t('source.subElsewhere', { url: sub.source.url })}
    </p>
  );
}
