// One camera in the list: what it is, how it is doing, and the switch that records it.
import { useMutation } from '@tanstack/react-query';
import { Cable, KeyRound, Pencil, PictureInPicture2, SlidersHorizontal, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Camera } from '../../electron/contract/shapes.ts';
import { IconButton } from '../controls/button.tsx';
import { refusalWords } from '../controls/refusal-words.ts';
import { remark } from '../controls/remark.tsx';
import { Switch } from '../controls/switch.tsx';
import { api } from '../station/client.ts';
import { codecName } from '../words/codecs.ts';
import { CameraState } from './camera-state.tsx';

interface CameraRowProps {
  readonly camera: Camera;
  onRecording(): void;
  onSource(): void;
  onRename(): void;
  onSub(): void;
  onRemove(): void;
}

export function CameraRow({ camera, onRecording, onSource, onRename, onSub, onRemove }: CameraRowProps) {
  const { t } = useTranslation('cameras');
  const recording = useMutation(
    api.cameras.setRecording.mutationOptions({ onError: (error) => remark({ text: refusalWords(error) }) }),
  );
  // While the station is asked, the switch already stands where it will.
  const isSelected = recording.isPending ? recording.variables.recording : camera.recording;
  return (
    <tr className="border-b border-line align-middle hover:bg-panel [&>td]:px-5 [&>td]:py-3">
      <td className="max-w-96">
        <div className="truncate font-medium">{camera.name}</div>
        <Source camera={camera} />
      </td>
      <td>
        <CameraState camera={camera} />
      </td>
      <td className="text-ink-soft max-lg:hidden">
        <Picture camera={camera} />
      </td>
      <td>
        <div className="flex items-center gap-2.5">
          <Switch
            label={t('record', { camera: camera.name })}
            isSelected={isSelected}
            isDisabled={recording.isPending}
            onChange={(next) => recording.mutate({ cameraId: camera.id, recording: next })}
          />
          <span className="text-xs text-ink-soft">{t(`mode.${camera.mode.kind}`)}</span>
        </div>
      </td>
      <td>
        <div className="flex justify-end gap-1">
          <IconButton
            icon={SlidersHorizontal}
            label={t('settingsOf', { camera: camera.name })}
            onPress={onRecording}
          />
          {camera.source.kind !== 'test-pattern' && (
            <>
              <IconButton
                icon={PictureInPicture2}
                label={t('sub.of', { camera: camera.name })}
                onPress={onSub}
              />
              <IconButton
                icon={Cable}
                label={t('source.change', { camera: camera.name })}
                onPress={onSource}
              />
            </>
          )}
          <IconButton icon={Pencil} label={t('rename', { camera: camera.name })} onPress={onRename} />
          <IconButton icon={Trash2} label={t('remove', { camera: camera.name })} onPress={onRemove} />
        </div>
      </td>
    </tr>
  );
}

function Source({ camera: { source } }: { readonly camera: Camera }) {
  const { t } = useTranslation('cameras');
  if (source.kind === 'test-pattern') {
    return <div className="text-xs text-ink-faint">{t('source.test-pattern')}</div>;
  }
  return (
    <div className="flex min-w-0 gap-1.5 text-xs text-ink-faint">
      <span data-selectable className="truncate">
        {source.url}
      </span>
      {source.kind === 'rtsp' && <span className="shrink-0 uppercase">· {source.transport}</span>}
      {source.signsIn && (
        <span role="img" aria-label={t('signsIn')} title={t('signsIn')} className="shrink-0 self-center">
          <KeyRound aria-hidden className="size-3" />
        </span>
      )}
    </div>
  );
}

function Picture({ camera: { picture } }: { readonly camera: Camera }) {
  const { t } = useTranslation('cameras');
  if (picture === undefined) return <span className="text-ink-faint">{t('noPicture')}</span>;
  const sound = picture.audioCodec === undefined ? '' : ` · ${codecName(picture.audioCodec)}`;
  return (
    <>
      {picture.width}×{picture.height} · {codecName(picture.videoCodec)}
      {sound}
    </>
  );
}
