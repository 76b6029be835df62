// What the live screen does on a key.
import { useNavigate } from '@tanstack/react-router';
import { ChevronLeft, ChevronRight, Clapperboard, Gauge, Maximize2, Minimize2 } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Camera } from '../../electron/contract/shapes.ts';
import type { Command } from '../commands/command.ts';
import { useCommands } from '../commands/registry.ts';
import { layoutIcons } from './live-tools.tsx';
import { layouts, useWall, wall } from './wall.ts';

interface Shown {
  readonly cameras: readonly Camera[];
  readonly page: number;
  readonly pages: number;
}

export function useLiveCommands({ cameras, page, pages }: Shown): void {
  const { t } = useTranslation('live');
  const navigate = useNavigate();
  const commands = useMemo((): Command[] => {
    const live = (
      id: string,
      label: string,
      keys: string,
      icon: Command['icon'],
      perform: () => void,
      enabled: () => boolean = () => true,
    ): Command => ({ id: `live.${id}`, label, group: 'live', keys: [keys], icon, perform, enabled });
    // Commands about one camera mean the tile with the keyboard, else the enlarged one.
    const meant = () => {
      const { focused, enlarged } = useWall.getState();
      return cameras.find((camera) => camera.streamId === (focused ?? enlarged));
    };
    const onMeant = (action: (camera: Camera) => void) => () => {
      const camera = meant();
      if (camera !== undefined) action(camera);
    };
    const isMeant = () => meant() !== undefined;
    return [
      ...layouts.map((layout) =>
        live(`layout-${layout}`, t('layoutOf', { count: layout }), String(layout), layoutIcons[layout], () =>
          wall.choose(layout),
        ),
      ),
      live(
        'previous-page',
        t('previousPage'),
        'PageUp',
        ChevronLeft,
        () => wall.turnTo(page - 1),
        () => page > 0,
      ),
      live(
        'next-page',
        t('nextPage'),
        'PageDown',
        ChevronRight,
        () => wall.turnTo(page + 1),
        () => page < pages - 1,
      ),
      live(
        'enlarge',
        t('enlarge'),
        'Enter',
        Maximize2,
        onMeant((camera) => wall.toggleEnlarged(camera.streamId)),
        isMeant,
      ),
      live(
        'shrink',
        t('shrink'),
        'Escape',
        Minimize2,
        () => wall.enlarge(undefined),
        () => useWall.getState().enlarged !== undefined,
      ),
      live(
        'play-back',
        t('playBack'),
        'B',
        Clapperboard,
        onMeant(
          (camera) => void navigate({ to: '/playback', search: { camera: camera.id, at: Date.now() } }),
        ),
        isMeant,
      ),
      live('details', t('details.toggle'), 'I', Gauge, wall.toggleDetails),
    ];
  }, [t, navigate, cameras, page, pages]);
  useCommands(commands);
}
