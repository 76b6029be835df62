// What the live screen does on a key: the wall as a whole, the tile that is meant, and arranging tiles.
import { useNavigate } from '@tanstack/react-router';
import type { TFunction } from 'i18next';
import {
  AppWindow,
  Check,
  ChevronLeft,
  ChevronRight,
  Gauge,
  LayoutDashboard,
  List,
  Play,
  Plus,
  Save,
  Trash2,
  Undo2,
} from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Command } from '../commands/command.ts';
import { useCommands } from '../commands/registry.ts';
import { isFullScreen } from '../frame/full-screen.ts';
import { layoutIcons, layoutKeys } from './layout-icons.ts';
import { focusedSlot } from './meant-tile.ts';
import { openWindow } from './open-window.ts';
import { shownMsIn } from './shown-moment.ts';
import { arrows, commandIn, directions, tileCommands, walkCommands } from './tile-commands.ts';
import type { CameraTile, ShownPage } from './use-wall-page.ts';
import { viewDialog } from './view-dialogs.ts';
import { openView, useViews } from './views.ts';
import { useWall, wall } from './wall.ts';
import { removeTile, reshape } from './wall-actions.ts';
import { addFocusedTile, toggleList } from './wall-focus.ts';
import { wallKeys } from './wall-keys.ts';
import { type Direction, layouts, type Rect } from './wall-shape.ts';

type Words = TFunction<'live'>;

const live = commandIn('live');
const arrange = commandIn('arrange');

export function useWallCommands(page: ShownPage): void {
  const { t } = useTranslation('live');
  const navigate = useNavigate();
  const isArranging = useWall((state) => state.isArranging);
  const views = useViews();
  const commands = useMemo(() => {
    const playBack = ({ camera, slot }: CameraTile) =>
      void navigate({ to: '/playback', search: { camera: camera.id, at: shownMsIn(slot) } });
    return [
      ...(isArranging ? arrangeCommands(t, page) : walkCommands(t, page)),
      ...wallCommands(t, page),
      ...(isArranging ? [] : tileCommands(t, page, playBack)),
    ];
  }, [t, navigate, page, isArranging]);
  useCommands(commands);
  const opening = useMemo(
    () => [
      live('view-all', t('views.open', { name: t('views.all') }), [], LayoutDashboard, () =>
        openView(undefined),
      ),
      ...views.map((view) =>
        live(`view-${view.id}`, t('views.open', { name: view.name }), [], LayoutDashboard, () =>
          openView(view),
        ),
      ),
    ],
    [t, views],
  );
  useCommands(opening);
}

function wallCommands(t: Words, { page, pages }: ShownPage): Command[] {
  const turn = (by: number) => () => wall.turnTo(page + by);
  const canUndo = () => useWall.getState().past.length > 0;
  return [
    ...layouts.map((layout) =>
      live(
        `layout-${layout}`,
        t('layoutOf', { count: layout }),
        [layoutKeys[layout]],
        layoutIcons[layout],
        () => wall.choose(layout),
      ),
    ),
    live('previous-page', t('previousPage'), ['PageUp'], ChevronLeft, turn(-1), () => page > 0),
    live('next-page', t('nextPage'), ['PageDown'], ChevronRight, turn(1), () => page < pages - 1),
    live('views', t('views.title'), [wallKeys.views], LayoutDashboard, () => viewDialog.menu(true)),
    live('save-view', t('views.saveAs'), [wallKeys.saveView], Save, () => viewDialog.open('save')),
    live('list', t('list.toggle'), [wallKeys.list], List, toggleList, hasRoomBeside),
    live('arrange', t('arrange.start'), [wallKeys.arrange], LayoutDashboard, () =>
      wall.arrange(!useWall.getState().isArranging),
    ),
    live('undo', t('undo'), [wallKeys.undo], Undo2, wall.undo, canUndo),
    live('tour', t('tour.toggle'), [wallKeys.tour], Play, wall.toggleTour, () => pages > 1),
    live('window', t('newWindow'), [wallKeys.newWindow], AppWindow, openWindow),
    live('details', t('details.toggle'), [wallKeys.details], Gauge, wall.toggleDetails),
  ];
}

/** In full screen there is nothing but the wall: what opened unseen would be found open afterwards. */
const hasRoomBeside = () => !isFullScreen();

const steps: Record<Direction, readonly [number, number]> = {
  left: [-1, 0],
  right: [1, 0],
  up: [0, -1],
  down: [0, 1],
};

function arrangeCommands(t: Words, page: ShownPage): Command[] {
  const onTile = (change: (rect: Rect) => Rect) => () => {
    const slot = focusedSlot();
    if (slot !== undefined) reshape(page, slot, change);
  };
  const isMeant = () => focusedSlot() !== undefined;
  const remove = () => {
    const slot = focusedSlot();
    if (slot !== undefined) removeTile(page, slot);
  };
  const both = directions.map((direction) => {
    const { key, icon } = arrows[direction];
    const [dx, dy] = steps[direction];
    const move = onTile((rect) => ({ ...rect, x: rect.x + dx, y: rect.y + dy }));
    const resize = onTile((rect) => ({ ...rect, w: rect.w + dx, h: rect.h + dy }));
    const moving = arrange(`move-${direction}`, t(`move.${direction}`), [key], icon, move, isMeant);
    const keys = [`Shift+${key}`];
    const resizing = arrange(`resize-${direction}`, t(`resize.${direction}`), keys, icon, resize, isMeant);
    return [
      { ...moving, line: t('move.line'), repeats: true },
      { ...resizing, line: t('resize.line'), repeats: true },
    ] as const;
  });
  return [
    ...both.map(([move]) => move),
    ...both.map(([, resize]) => resize),
    arrange('add-tile', t('arrange.add'), ['Insert'], Plus, () => addFocusedTile(t, page)),
    arrange('remove-tile', t('arrange.remove'), ['Delete'], Trash2, remove, isMeant),
    arrange('arranged', t('arrange.done'), ['Escape', 'Enter'], Check, () => wall.arrange(false)),
  ];
}
