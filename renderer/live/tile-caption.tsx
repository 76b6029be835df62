// The name of a tile's camera, whether it is being recorded, and what else is so about the tile.
import { Crosshair, Volume2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Camera } from '../../electron/contract/shapes.ts';
import { recordedOf } from '../cameras/recorded.ts';
import { useStationConnection } from '../station/connection.ts';
import type { TileStatus } from './tile-status.ts';
import { useWall } from './wall.ts';

interface TileCaptionProps {
  readonly camera: Camera;
  readonly status: TileStatus;
  readonly isHotspot: boolean;
  /** The tile shows the past, which says nothing about now. */
  readonly isReplay: boolean;
}

/** While these are shown, the station is heard and its word on recording is of now. */
const heard: readonly TileStatus['kind'][] = ['live', 'frozen', 'undecodable', 'broken'];

export function TileCaption({ camera, status, isHotspot, isReplay }: TileCaptionProps) {
  const { t } = useTranslation('live');
  const scale = useWall((state) => state.zooms.get(camera.streamId)?.scale) ?? 1;
  const isHeard = useWall((state) => state.heard === camera.streamId);
  const isConnected = useStationConnection((state) => state.connection.kind === 'connected');
  const isToldNow = isReplay ? isConnected : heard.includes(status.kind);
  const recorded = isToldNow && camera.state.kind === 'running' ? recordedOf(camera) : undefined;
  return (
    <div className="flex max-w-[75%] min-w-0 items-center gap-2 rounded-md bg-black/65 px-2.5 py-1 text-sm font-medium">
      {recorded === 'recorded' && <Dot label={t('recording')} className="animate-breathe bg-recording" />}
      {recorded === 'missing' && <Dot label={t('notRecording')} className="bg-[#f3bd5a]" />}
      {isHotspot && <Crosshair role="img" aria-label={t('hotspot.name')} className="size-4 shrink-0" />}
      <span className="truncate">{camera.name}</span>
      {isHeard && (
        <Volume2 role="img" aria-label={t('listening')} className="size-4 shrink-0 text-[#8ec1ff]" />
      )}
      {scale > 1 && (
        <span className="shrink-0 text-[#8ec1ff]">{t('zoomed', { scale: scale.toFixed(1) })}</span>
      )}
    </div>
  );
}

function Dot({ label, className }: { readonly label: string; readonly className: string }): ReactNode {
  return <span role="img" aria-label={label} className={`size-2.5 shrink-0 rounded-full ${className}`} />;
}
