// A camera on the wall: its picture, its name, and what may be claimed about it.
import { Link } from '@tanstack/react-router';
import { Clapperboard, Maximize2, Minimize2 } from 'lucide-react';
import { memo, type ReactNode, useEffect, useRef, useState } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { Camera } from '../../electron/contract/shapes.ts';
import { WithTooltip } from '../controls/button.tsx';
import { TileMarkTools } from '../marks/mark-tools.tsx';
import { enlist } from './diagnostics.ts';
import { subjectOf } from './live-marks.ts';
import { useStatusWords } from './status-words.ts';
import { TileCover } from './tile-cover.tsx';
import { TileDetails } from './tile-details.tsx';
import { TileFeed } from './tile-feed.ts';
import type { TileStatus } from './tile-status.ts';
import { useWall, wall } from './wall.ts';
import { liveConnection } from './window-connection.ts';

interface LiveTileProps {
  readonly camera: Camera;
  readonly isEnlarged: boolean;
}

export const LiveTile = memo(function LiveTile({ camera, isEnlarged }: LiveTileProps) {
  const { t } = useTranslation('live');
  const video = useRef<HTMLVideoElement>(null);
  const [feed, status] = useFeed(camera.streamId, video);
  const showsDetails = useWall((state) => state.showsDetails);
  const words = useStatusWords(status);
  return (
    <div
      role="group"
      tabIndex={0}
      aria-label={t('tile', { camera: camera.name, state: words.title })}
      data-tile={camera.streamId}
      data-status={status.kind}
      onDoubleClick={() => wall.toggleEnlarged(camera.streamId)}
      onFocus={() => wall.focus(camera.streamId)}
      onBlur={() => wall.focus(undefined)}
      className="group relative min-h-0 min-w-0 overflow-hidden bg-glass text-on-glass -outline-offset-2"
    >
      <video ref={video} playsInline tabIndex={-1} aria-hidden className="size-full object-contain" />
      <TileCover status={status} words={words} />
      <Caption camera={camera} status={status} />
      {showsDetails && feed !== undefined && hasFigures[status.kind] && <TileDetails feed={feed} />}
      <div className="absolute right-2 bottom-2 flex gap-1 opacity-0 transition-opacity duration-100 group-focus-within:opacity-100 group-hover:opacity-100">
        {feed !== undefined && <TileMarkTools subject={subjectOf(camera, feed)} />}
        <WithTooltip label={t('playBack')} keys="B">
          <Link
            to="/playback"
            search={() => ({ camera: camera.id, at: Date.now() })}
            aria-label={t('playBack')}
            className={tool}
          >
            <Clapperboard aria-hidden className="size-4.5" />
          </Link>
        </WithTooltip>
        <WithTooltip label={t(isEnlarged ? 'shrink' : 'enlarge')} keys="Enter">
          <AriaButton
            aria-label={t(isEnlarged ? 'shrink' : 'enlarge')}
            onPress={() => wall.toggleEnlarged(camera.streamId)}
            className={tool}
          >
            {isEnlarged ? (
              <Minimize2 aria-hidden className="size-4.5" />
            ) : (
              <Maximize2 aria-hidden className="size-4.5" />
            )}
          </AriaButton>
        </WithTooltip>
      </div>
    </div>
  );
});

/** Where nothing arrives there is nothing to measure. */
const hasFigures: Record<TileStatus['kind'], boolean> = {
  live: true,
  frozen: true,
  undecodable: true,
  broken: true,
  connecting: false,
  off: false,
  'no-signal': false,
  disconnected: false,
};

const tool =
  'flex size-9 cursor-default items-center justify-center rounded-lg bg-black/65 text-on-glass hover:bg-black/85';

function Caption({ camera, status }: { readonly camera: Camera; readonly status: TileStatus }) {
  const { t } = useTranslation('live');
  const records = 'recording' in status && status.recording;
  const isIdle = camera.state.kind === 'running' && camera.state.idle !== undefined;
  const shouldRecord = 'recording' in status && camera.recording && !status.recording && !isIdle;
  return (
    <div className="pointer-events-none absolute bottom-2 left-2 flex max-w-[75%] items-center gap-2 rounded-md bg-black/65 px-2.5 py-1 text-sm font-medium">
      {records && <Dot label={t('recording')} className="animate-breathe bg-recording" />}
      {shouldRecord && <Dot label={t('notRecording')} className="bg-[#f3bd5a]" />}
      <span className="truncate">{camera.name}</span>
    </div>
  );
}

function Dot({ label, className }: { readonly label: string; readonly className: string }): ReactNode {
  return <span role="img" aria-label={label} className={`size-2.5 shrink-0 rounded-full ${className}`} />;
}

/** Watches the stream while the tile is mounted. */
function useFeed(
  streamId: Camera['streamId'],
  video: React.RefObject<HTMLVideoElement | null>,
): readonly [TileFeed | undefined, TileStatus] {
  const [feed, setFeed] = useState<TileFeed>();
  const [status, setStatus] = useState<TileStatus>({ kind: 'connecting' });
  useEffect(() => {
    if (video.current === null) return;
    const next = new TileFeed(liveConnection, streamId, video.current, setStatus);
    const leave = enlist(next);
    setFeed(next);
    setStatus(next.status);
    return () => {
      leave();
      next.dispose();
    };
  }, [streamId, video]);
  return [feed, status];
}
