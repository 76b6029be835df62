// The playback screen: which camera, and what to say when there is none.

import { useNavigate, useSearch } from '@tanstack/react-router';
import { Maximize, VideoOff } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Camera, FormerCamera } from '../../electron/contract/shapes.ts';
import type { CameraId } from '../../recorder/model/ids.ts';
import { NoCameras } from '../cameras/no-cameras.tsx';
import { IconButton } from '../controls/button.tsx';
import { Choice, Choices } from '../controls/choices.tsx';
import { Failed, Loading, Notice } from '../controls/notice.tsx';
import { toggleFullScreen, useFullScreen } from '../frame/full-screen.ts';
import { ScreenHeader } from '../frame/screen-header.tsx';
import { MarksPanelButton } from '../marks/marks-panel.tsx';
import { MotionPanelButton } from '../motion/motion-panel.tsx';
import { useCameras } from '../station/cameras.ts';
import { useFormerCameras } from '../station/former-cameras.ts';
import { isFormer, playedCamera } from '../station/played-camera.ts';
import { CameraChooser } from './camera-chooser.tsx';
import { camerasOf, fillPlaces, placesFor, placesOf } from './camera-group.ts';
import { CameraPlayback } from './camera-playback.tsx';
import { onScreen } from './on-screen.ts';
import { SyncPlayback } from './sync-playback.tsx';

const noCameras: readonly Camera[] = [];
const noFormer: readonly FormerCamera[] = [];

export function PlaybackScreen() {
  const { t } = useTranslation('playback');
  const query = useCameras();
  const formerQuery = useFormerCameras();
  const cameras = query.data ?? noCameras;
  const former = formerQuery.data ?? noFormer;
  const { camera: wantedId, cameras: groupIds, at } = useSearch({ from: '/playback' });
  const navigate = useNavigate();
  const isFullScreen = useFullScreen();
  const camera = query.data === undefined ? undefined : playedCamera(wantedId, cameras, former);
  const failed = [query, ...(camera === undefined ? [formerQuery] : [])].find(({ isError }) => isError);
  const [first, ...others] = camerasOf(groupIds, cameras);
  const layOut = (places: number) => {
    const from = first ?? camera;
    const alone = onScreen.cameraId() ?? from?.id;
    const inStep = from === undefined || isFormer(from) ? undefined : from;
    const shown =
      places === 1 ? alone && { camera: alone } : { cameras: fillPlaces(cameras, inStep, places) };
    const moment = at === undefined ? {} : { at };
    const search = { ...shown, ...moment, ...onScreen.handOver() };
    void navigate({ to: '/playback', search, replace: true });
  };
  // Another camera is shown at the moment on screen, so that an event can be followed from one to the next.
  const choose = (id: CameraId) => {
    if (id === camera?.id) return;
    const moment = onScreen.handOver();
    void navigate({
      to: '/playback',
      search: (before) => ({ ...before, camera: id, ...moment }),
      replace: true,
    });
  };

  return (
    <>
      {!isFullScreen && (
        <ScreenHeader title={t('title')}>
          {cameras.length > 1 && <LayoutChoice places={others.length + 1} onChoose={layOut} />}
          {cameras.length + former.length > 0 && first === undefined && (
            <CameraChooser
              {...{ cameras, former }}
              chosen={camera}
              onChoose={choose}
              onOpen={() => void formerQuery.refetch()}
            />
          )}
          <div className="flex-1" />
          {camera !== undefined && <MotionPanelButton />}
          {camera !== undefined && <MarksPanelButton />}
          <IconButton icon={Maximize} label={t('fullScreen')} keys="F" onPress={toggleFullScreen} />
        </ScreenHeader>
      )}
      {failed !== undefined && <Failed error={failed.error} onRetry={() => void failed.refetch()} />}
      {failed === undefined && first === undefined && camera === undefined && (
        <NothingToPlay
          hasCameras={cameras.length > 0}
          isLooking={query.isPending || formerQuery.isFetching}
        />
      )}
      {first !== undefined && <SyncPlayback key={groupIds} cameras={[first, ...others]} atMs={at} />}
      {first === undefined && camera !== undefined && (
        <CameraPlayback key={camera.streamId} camera={camera} atMs={at} />
      )}
    </>
  );
}

interface NothingToPlayProps {
  readonly hasCameras: boolean;
  /** Whether the camera of the address may still be found. */
  readonly isLooking: boolean;
}

function NothingToPlay({ hasCameras, isLooking }: NothingToPlayProps) {
  const { t } = useTranslation('playback');
  if (isLooking) return <Loading />;
  if (!hasCameras) return <NoCameras>{t('noneHint')}</NoCameras>;
  return (
    <Notice icon={VideoOff} title={t('removed')}>
      {t('removedHint')}
    </Notice>
  );
}

function LayoutChoice({ places, onChoose }: { readonly places: number; onChoose(places: number): void }) {
  const { t } = useTranslation('playback');
  return (
    <Choices
      label={t('layout')}
      value={String(placesFor(places))}
      onChange={(value) => onChoose(Number(value))}
    >
      {placesOf.map((one) => (
        <Choice key={one} value={String(one)} label={String(one)} />
      ))}
    </Choices>
  );
}
