// The live screen: the wall of cameras with its tools, or the way to the first camera.
import { useNavigate } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { Mark } from '../../electron/contract/marks.ts';
import type { Camera } from '../../electron/contract/shapes.ts';
import { NoCameras } from '../cameras/no-cameras.tsx';
import { Button } from '../controls/button.tsx';
import { Failed, Loading } from '../controls/notice.tsx';
import { useFullScreen } from '../frame/full-screen.ts';
import { ScreenHeader } from '../frame/screen-header.tsx';
import { MarksPanel } from '../marks/marks-panel.tsx';
import { useCameras } from '../station/cameras.ts';
import { CameraList } from './camera-list.tsx';
import { followMotion } from './follow-motion.ts';
import { useLiveMarks } from './live-marks.ts';
import { LiveTools } from './live-tools.tsx';
import { ViewDialogs } from './name-view.tsx';
import { useTour } from './use-tour.ts';
import { useWallCommands } from './use-wall-commands.ts';
import { useWallPage } from './use-wall-page.ts';
import { ViewMenuOverWall } from './view-menu.tsx';
import { useWall, wall } from './wall.ts';
import { WallGrid } from './wall-grid.tsx';
import { useRememberedWall } from './wall-memory.ts';

const noCameras: readonly Camera[] = [];

export function LiveScreen() {
  const { t } = useTranslation('live');
  const query = useCameras();
  const isRemembered = useRememberedWall();
  const isFullScreen = useFullScreen();
  const cameras = query.data ?? noCameras;
  if (cameras.length > 0 && isRemembered) return <WallScreen cameras={cameras} />;
  return (
    <>
      {!isFullScreen && <ScreenHeader title={t('title')} />}
      {(query.isPending || (query.isSuccess && !isRemembered)) && <Loading />}
      {query.isError && <Failed error={query.error} onRetry={() => void query.refetch()} />}
      {query.isSuccess && isRemembered && <NoCameras>{t('noneHint')}</NoCameras>}
    </>
  );
}

function WallScreen({ cameras }: { readonly cameras: readonly Camera[] }) {
  const { t } = useTranslation('live');
  const navigate = useNavigate();
  const isFullScreen = useFullScreen();
  const showsList = useWall((state) => state.showsList);
  const page = useWallPage(cameras);
  useWallCommands(page);
  useLiveMarks(page);
  useTour(page);
  useEffect(() => wall.leave, []);
  useEffect(followMotion, []);
  const playMark = ({ cameraId, startMs }: Mark) =>
    void navigate({ to: '/playback', search: { camera: cameraId, at: startMs } });
  return (
    <>
      {!isFullScreen && (
        <ScreenHeader title={t('title')}>
          {page.enlarged !== undefined && (
            <Button icon={ArrowLeft} look="plain" onPress={() => wall.enlarge(undefined)}>
              {t('shrink')}
            </Button>
          )}
          <LiveTools page={page} cameras={cameras} />
        </ScreenHeader>
      )}
      <div className="flex min-h-0 flex-1">
        {showsList && !isFullScreen && <CameraList cameras={cameras} page={page} />}
        <div className="relative flex min-h-0 min-w-0 flex-1">
          <WallGrid cameras={cameras} page={page} />
          {isFullScreen && <ViewMenuOverWall />}
        </div>
        <MarksPanel onPlay={playMark} />
      </div>
      <ViewDialogs />
    </>
  );
}
