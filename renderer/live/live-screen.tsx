// The live screen: the wall of cameras with its tools, or the way to the first camera.
import { useNavigate } from '@tanstack/react-router';
import { ArrowLeft, Cctv } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Mark } from '../../electron/contract/marks.ts';
import type { Camera } from '../../electron/contract/shapes.ts';
import { Button } from '../controls/button.tsx';
import { Failed, Loading, Notice } from '../controls/notice.tsx';
import { useFullScreen } from '../frame/full-screen.ts';
import { ScreenHeader } from '../frame/screen-header.tsx';
import { MarksPanel } from '../marks/marks-panel.tsx';
import { useCameras } from '../station/cameras.ts';
import { useLiveCommands } from './live-commands.ts';
import { LiveGrid } from './live-grid.tsx';
import { useLiveMarks } from './live-marks.ts';
import { LiveTools } from './live-tools.tsx';
import { layoutFor, pageOf, useWall, wall } from './wall.ts';

const noCameras: readonly Camera[] = [];

export function LiveScreen() {
  const { t } = useTranslation('live');
  const navigate = useNavigate();
  const query = useCameras();
  const cameras = query.data ?? noCameras;
  const { layout: chosen, page: wantedPage, enlarged: enlargedId } = useWall();
  const isFullScreen = useFullScreen();
  const layout = layoutFor(chosen, cameras.length);
  const { page, pages } = pageOf(wantedPage, layout, cameras.length);
  const enlarged = cameras.find((camera) => camera.streamId === enlargedId);
  const shown = enlarged ? [enlarged] : cameras.slice(page * layout, (page + 1) * layout);
  useLiveCommands({ cameras, page, pages });
  useLiveMarks(shown);
  const playMark = ({ cameraId, startMs }: Mark) =>
    void navigate({ to: '/playback', search: { camera: cameraId, at: startMs } });

  return (
    <>
      {!isFullScreen && (
        <ScreenHeader title={t('title')}>
          {enlarged !== undefined && (
            <Button icon={ArrowLeft} look="plain" onPress={() => wall.enlarge(undefined)}>
              {t('shrink')}
            </Button>
          )}
          {cameras.length > 0 && <LiveTools layout={layout} page={page} pages={pages} cameras={cameras} />}
        </ScreenHeader>
      )}
      {query.isPending && <Loading />}
      {query.isError && <Failed error={query.error} onRetry={() => void query.refetch()} />}
      {query.isSuccess && cameras.length === 0 && <FirstSteps />}
      {cameras.length > 0 && (
        <div className="flex min-h-0 flex-1">
          <LiveGrid cameras={shown} layout={enlarged ? 1 : layout} isEnlarged={enlarged !== undefined} />
          <MarksPanel onPlay={playMark} />
        </div>
      )}
    </>
  );
}

function FirstSteps() {
  const { t } = useTranslation('live');
  const navigate = useNavigate();
  return (
    <Notice
      icon={Cctv}
      title={t('none')}
      actions={
        <Button look="primary" onPress={() => void navigate({ to: '/cameras' })}>
          {t('addFirst')}
        </Button>
      }
    >
      {t('noneHint')}
    </Notice>
  );
}
