// The transport: play, pause, ten seconds either way, single frames, speed, and the way to the newest footage.

import {
  ChevronLeft,
  ChevronRight,
  FastForward,
  Pause,
  Play,
  Rewind,
  RotateCcw,
  RotateCw,
  SkipForward,
} from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button, IconButton } from '../controls/button.tsx';
import { Choice, Choices } from '../controls/choices.tsx';
import type { Playable } from './playable.ts';
import { keysOf, skipMs } from './playback-commands.ts';
import { usePlayerState } from './use-player.ts';

export function Transport({ player }: { readonly player: Playable }) {
  const { t } = useTranslation('playback');
  const playing = usePlayerState(player, (state) => state.playing);
  const speed = usePlayerState(player, (state) => state.speed);
  return (
    <div role="group" aria-label={t('transport')} className="flex items-center gap-1">
      <IconButton
        icon={RotateCcw}
        label={t('back')}
        keys={keysOf.back}
        onPress={() => player.skip(-skipMs)}
      />
      <IconButton
        icon={ChevronLeft}
        label={t('previousFrame')}
        keys={keysOf.previousFrame}
        onPress={() => player.step(-1)}
      />
      <PlayButton playing={playing} onPress={() => player.toggle()} />
      <IconButton
        icon={ChevronRight}
        label={t('nextFrame')}
        keys={keysOf.nextFrame}
        onPress={() => player.step(1)}
      />
      <IconButton
        icon={RotateCw}
        label={t('forward')}
        keys={keysOf.forward}
        onPress={() => player.skip(skipMs)}
      />
      <div className="w-2" />
      <Speed player={player} speed={speed} />
      <div className="w-1" />
      <Button icon={SkipForward} look="plain" onPress={() => player.goToNewest()}>
        {t('newest')}
      </Button>
    </div>
  );
}

/** More speeds than this are no row of buttons: it would push the timeline's tools off a small screen. */
const buttonsLimit = 5;

function Speed({ player, speed }: { readonly player: Playable; readonly speed: number }) {
  const { t } = useTranslation('playback');
  const { speeds } = player;
  if (speeds.length <= buttonsLimit) {
    return (
      <Choices label={t('speed')} value={String(speed)} onChange={(value) => player.setSpeed(Number(value))}>
        {speeds.map((one) => (
          <Choice key={one} value={String(one)} label={`${one}×`} />
        ))}
      </Choices>
    );
  }
  const at = speeds.indexOf(speed);
  const [slower, faster] = [speeds[at - 1], speeds[at + 1]];
  return (
    <div role="group" aria-label={t('speed')} className="flex items-center">
      <IconButton
        icon={Rewind}
        label={t('slower')}
        keys={keysOf.slower}
        isDisabled={slower === undefined}
        onPress={() => slower !== undefined && player.setSpeed(slower)}
      />
      <output className="min-w-12 text-center text-sm font-medium">{speed}×</output>
      <IconButton
        icon={FastForward}
        label={t('faster')}
        keys={keysOf.faster}
        isDisabled={faster === undefined}
        onPress={() => faster !== undefined && player.setSpeed(faster)}
      />
    </div>
  );
}

function PlayButton({ playing, onPress }: { readonly playing: boolean; onPress(): void }) {
  const { t } = useTranslation('playback');
  return (
    <Button
      look="primary"
      icon={playing ? Pause : Play}
      aria-label={playing ? t('pause') : t('play')}
      onPress={onPress}
    >
      <span className="sr-only">{playing ? t('pause') : t('play')}</span>
    </Button>
  );
}
