// What the live screen does on a key.
import { useNavigate } from '@tanstack/react-router';
import type { TFunction } from 'i18next';
import {
  ChevronLeft,
  ChevronRight,
  CircleDot,
  Clapperboard,
  Gauge,
  Maximize2,
  Minimize2,
} from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Camera } from '../../electron/contract/shapes.ts';
import { byHandMs } from '../cameras/by-hand.tsx';
import type { Command } from '../commands/command.ts';
import { useCommands } from '../commands/registry.ts';
import { station } from '../station/client.ts';
import { layoutIcons } from './live-tools.tsx';
import { layouts, useWall, wall } from './wall.ts';

interface Shown {
  readonly cameras: readonly Camera[];
  readonly page: number;
  readonly pages: number;
}

type Words = TFunction<'live'>;

export function useLiveCommands({ cameras, page, pages }: Shown): void {
  const { t } = useTranslation('live');
  const navigate = useNavigate();
  const commands = useMemo(
    () => [
      ...wallCommands(t, page, pages),
      ...cameraCommands(t, cameras, (camera) => {
        void navigate({ to: '/playback', search: { camera: camera.id, at: Date.now() } });
      }),
    ],
    [t, navigate, cameras, page, pages],
  );
  useCommands(commands);
}

function live(
  id: string,
  label: string,
  keys: string,
  icon: Command['icon'],
  perform: () => void,
  enabled: () => boolean = () => true,
): Command {
  return { id: `live.${id}`, label, group: 'live', keys: [keys], icon, perform, enabled };
}

function wallCommands(t: Words, page: number, pages: number): Command[] {
  const turn = (by: number) => () => wall.turnTo(page + by);
  return [
    ...layouts.map((layout) =>
      live(`layout-${layout}`, t('layoutOf', { count: layout }), String(layout), layoutIcons[layout], () =>
        wall.choose(layout),
      ),
    ),
    live('previous-page', t('previousPage'), 'PageUp', ChevronLeft, turn(-1), () => page > 0),
    live('next-page', t('nextPage'), 'PageDown', ChevronRight, turn(1), () => page < pages - 1),
    live('details', t('details.toggle'), 'I', Gauge, wall.toggleDetails),
  ];
}

/** Begins recording by hand, or ends it. A refusal shows by nothing happening: the tile says whether it is recorded. */
function recordByHand({ id, mode: { manualUntilMs = 0 } }: Camera): void {
  const goesOn = manualUntilMs > Date.now();
  station.cameras.recordByHand({ cameraId: id, forMs: goesOn ? 0 : byHandMs }).catch(() => undefined);
}

/** Commands about one camera: the tile that has the keyboard, else the enlarged one. */
function cameraCommands(t: Words, cameras: readonly Camera[], playBack: (camera: Camera) => void): Command[] {
  const meant = () => {
    const { focused, enlarged } = useWall.getState();
    return cameras.find((camera) => camera.streamId === (focused ?? enlarged));
  };
  const onMeant = (action: (camera: Camera) => void) => () => {
    const camera = meant();
    if (camera !== undefined) action(camera);
  };
  const isMeant = () => meant() !== undefined;
  const isEnlarged = () => useWall.getState().enlarged !== undefined;
  const enlarge = onMeant((camera) => wall.toggleEnlarged(camera.streamId));
  return [
    live('enlarge', t('enlarge'), 'Enter', Maximize2, enlarge, isMeant),
    live('shrink', t('shrink'), 'Escape', Minimize2, () => wall.enlarge(undefined), isEnlarged),
    live('record-by-hand', t('recordByHand'), 'R', CircleDot, onMeant(recordByHand), isMeant),
    live('play-back', t('playBack'), 'B', Clapperboard, onMeant(playBack), isMeant),
  ];
}
