// Buttons over a tile that the pointer or the keyboard is at.
import { Link } from '@tanstack/react-router';
import { Clapperboard, Maximize2, Minimize2, Rewind, Volume2, VolumeX } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Camera } from '../../electron/contract/shapes.ts';
import { WithTooltip } from '../controls/button.tsx';
import { PictureButton, pictureButton } from '../controls/picture-button.tsx';
import { TileMarkTools } from '../marks/mark-tools.tsx';
import { subjectOf } from './live-marks.ts';
import { tileKeys } from './tile-commands.ts';
import { rewind } from './tile-deeds.ts';
import type { TileFeed } from './tile-feed.ts';
import { useWall, wall } from './wall.ts';

interface TileToolsProps {
  readonly camera: Camera;
  readonly slot: number;
  readonly feed: TileFeed | undefined;
  readonly isEnlarged: boolean;
}

export function TileTools({ camera, slot, feed, isEnlarged }: TileToolsProps) {
  const { t } = useTranslation('live');
  const isHeard = useWall((state) => state.heard === camera.streamId);
  const hasSound = camera.picture?.audioCodec !== undefined;
  return (
    <div className="ml-auto flex shrink-0 gap-1">
      <div className="flex gap-1 @max-[26rem]:hidden">
        {feed !== undefined && <TileMarkTools subject={subjectOf({ camera, slot })} />}
        {hasSound && (
          <PictureButton
            icon={isHeard ? Volume2 : VolumeX}
            label={t(isHeard ? 'mute' : 'listen')}
            keys={tileKeys.listen}
            onPress={() => wall.toggleHeard(camera.streamId)}
          />
        )}
      </div>
      <div className="flex gap-1 @max-[15rem]:hidden">
        <PictureButton
          icon={Rewind}
          label={t('replay.rewind')}
          keys={tileKeys.rewind}
          onPress={() => rewind([{ camera, slot }])}
        />
        <WithTooltip label={t('playBack')} keys={tileKeys.playBack}>
          <Link
            to="/playback"
            search={() => ({ camera: camera.id, at: Date.now() })}
            aria-label={t('playBack')}
            className={pictureButton()}
          >
            <Clapperboard aria-hidden className="size-4.5" />
          </Link>
        </WithTooltip>
      </div>
      <PictureButton
        icon={isEnlarged ? Minimize2 : Maximize2}
        label={t(isEnlarged ? 'shrink' : 'enlarge')}
        keys={tileKeys.enlarge}
        onPress={() => wall.toggleEnlarged(camera.streamId)}
      />
    </div>
  );
}
