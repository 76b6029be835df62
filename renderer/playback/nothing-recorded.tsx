// What stands in place of a picture while a camera has no footage at all: why, and the way on.

import { useNavigate } from '@tanstack/react-router';
import { Film } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../controls/button.tsx';
import { Notice } from '../controls/notice.tsx';
import { isFormer, type PlayedCamera } from '../station/played-camera.ts';

export function NothingRecorded({ camera }: { readonly camera: PlayedCamera }) {
  const { t } = useTranslation('playback');
  const { t: states } = useTranslation('states');
  const navigate = useNavigate();
  if (isFormer(camera)) return <NothingLeft name={camera.name} />;
  const { name, state, recording } = camera;
  const why = () => {
    if (!recording) return t('nothingOff', { camera: name });
    if (state.kind !== 'waiting') return t('nothingRecording', { camera: name });
    return t('nothingWaiting', { camera: name, reason: states(`reason.${state.reason}`) });
  };
  return (
    <div className="absolute inset-0 bg-ground">
      <Notice
        icon={Film}
        title={t('nothing')}
        actions={
          (!recording || state.kind === 'waiting') && (
            <Button onPress={() => void navigate({ to: '/cameras' })}>{t('toCameras')}</Button>
          )
        }
      >
        {why()}
      </Notice>
    </div>
  );
}

/** Of a camera that was removed: the last of its footage was deleted while it was on screen. */
function NothingLeft({ name }: { readonly name: string }) {
  const { t } = useTranslation('playback');
  return (
    <div className="absolute inset-0 bg-ground">
      <Notice icon={Film} title={t('nothingLeft')}>
        {t('nothingLeftHint', { camera: name })}
      </Notice>
    </div>
  );
}
