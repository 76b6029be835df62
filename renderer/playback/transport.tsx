// The transport: play, pause, ten seconds either way, single frames, speed in both directions, the newest footage, live.

import { useNavigate } from '@tanstack/react-router';
import {
  ChevronLeft,
  ChevronRight,
  FastForward,
  Pause,
  Play,
  Radio,
  Rewind,
  RotateCcw,
  RotateCw,
  SkipForward,
} from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button, IconButton, WithTooltip } from '../controls/button.tsx';
import { liveKey } from '../frame/live-key.ts';
import { JumpMenu } from './jump-menu.tsx';
import type { Playable } from './playable.ts';
import { keysOf, shuttle, skipMs } from './playback-commands.ts';
import { SpeedMenu } from './speed-menu.tsx';
import { usePlayerState } from './use-player.ts';

export function Transport({ player }: { readonly player: Playable }) {
  const { t } = useTranslation('playback');
  const navigate = useNavigate();
  return (
    <div role="group" aria-label={t('transport')} className="flex items-center gap-0.5">
      <Deed icon={RotateCcw} id="back" onPress={() => player.skip(-skipMs)} />
      <Deed icon={ChevronLeft} id="previousFrame" onPress={() => player.step(-1)} />
      <Deed icon={Rewind} id="shuttleBack" onPress={() => shuttle(player, -1)} />
      <PlayButton player={player} />
      <Deed icon={FastForward} id="shuttleForward" onPress={() => shuttle(player, 1)} />
      <Deed icon={ChevronRight} id="nextFrame" onPress={() => player.step(1)} />
      <Deed icon={RotateCw} id="forward" onPress={() => player.skip(skipMs)} />
      <SpeedMenu player={player} />
      <JumpMenu />
      <div className="w-1" />
      <WithTooltip label={t('goToNewest')} keys={keysOf.newest}>
        <Button icon={SkipForward} look="plain" onPress={() => player.goToNewest()}>
          {t('newest')}
        </Button>
      </WithTooltip>
      <WithTooltip label={t('goLive')} keys={liveKey}>
        <Button icon={Radio} look="plain" onPress={() => void navigate({ to: '/live' })}>
          {t('live')}
        </Button>
      </WithTooltip>
    </div>
  );
}

interface DeedProps {
  readonly icon: typeof Play;
  readonly id: 'back' | 'forward' | 'previousFrame' | 'nextFrame' | 'shuttleBack' | 'shuttleForward';
  onPress(): void;
}

function Deed({ icon, id, onPress }: DeedProps) {
  const { t } = useTranslation('playback');
  return <IconButton icon={icon} label={t(id)} keys={keysOf[id]} onPress={onPress} />;
}

function PlayButton({ player }: { readonly player: Playable }) {
  const { t } = useTranslation('playback');
  const playing = usePlayerState(player, (state) => state.playing);
  const word = playing ? t('pause') : t('play');
  return (
    <WithTooltip label={word} keys={keysOf.toggle}>
      <Button look="primary" icon={playing ? Pause : Play} aria-label={word} onPress={() => player.toggle()}>
        <span className="sr-only">{word}</span>
      </Button>
    </WithTooltip>
  );
}
