// Commands about one camera of the wall: that of the tile that is meant, see meant-tile.ts.
import type { TFunction } from 'i18next';
import {
  CircleDot,
  Clapperboard,
  FastForward,
  Maximize2,
  Minimize2,
  MoveDown,
  MoveLeft,
  MoveRight,
  MoveUp,
  Pause,
  Radio,
  Replace,
  Rewind,
  ScanSearch,
  Trash2,
  Volume2,
  ZoomIn,
  ZoomOut,
} from 'lucide-react';
import type { Camera } from '../../electron/contract/shapes.ts';
import type { Command } from '../commands/command.ts';
import { remark } from '../controls/remark.tsx';
import { focusedSlot, focusSlot, meantCamera, meantTile, tileAtHand } from './meant-tile.ts';
import { pickFor } from './picker.ts';
import { forward, recordByHand, rewind, togglePlaying } from './tile-deeds.ts';
import { type CameraTile, cameraTiles, type ShownPage } from './use-wall-page.ts';
import { useWall, wall } from './wall.ts';
import { fill, trade } from './wall-actions.ts';
import { type Direction, neighbour } from './wall-shape.ts';
import { panned, wholePicture, zoomedAt, zoomStep } from './zoom.ts';

export const tileKeys = {
  enlarge: 'Enter',
  playBack: 'B',
  record: 'R',
  rewind: 'J',
  listen: 'U',
  pick: 'T',
} as const;

type Words = TFunction<'live'>;

export const arrows: Record<Direction, { readonly key: string; readonly icon: Command['icon'] }> = {
  left: { key: 'ArrowLeft', icon: MoveLeft },
  right: { key: 'ArrowRight', icon: MoveRight },
  up: { key: 'ArrowUp', icon: MoveUp },
  down: { key: 'ArrowDown', icon: MoveDown },
};
export const directions: readonly Direction[] = ['left', 'right', 'up', 'down'];

/** Share of the tile that one press moves a zoomed picture. */
const panStep = 0.12;

/** A command of the live screen: id without its prefix, label, keys, icon, deed, and when it can be done. */
export type LiveCommand = (
  id: string,
  label: string,
  keys: readonly string[],
  icon: Command['icon'],
  perform: () => void,
  enabled?: () => boolean,
) => Command;

export function commandIn(group: Command['group']): LiveCommand {
  return (id, label, keys, icon, perform, enabled = () => true) => ({
    ...{ id: `live.${id}`, label, group, keys, icon, perform, enabled },
  });
}

const tile = commandIn('tile');

/** The tile beside the one that has the keyboard; without one the first. */
function slotBeside(page: ShownPage, direction: Direction): number | undefined {
  const here = page.tiles.findIndex(({ slot }) => slot === focusedSlot());
  if (here === -1) return page.tiles[0]?.slot;
  const next = page.enlarged === undefined ? neighbour(page.shape, here, direction) : undefined;
  return next === undefined ? undefined : page.tiles[next]?.slot;
}

export function walkCommands(t: Words, page: ShownPage): Command[] {
  const both = directions.map((direction) => {
    const { key, icon } = arrows[direction];
    const go = () => {
      const slot = slotBeside(page, direction);
      if (slot !== undefined) focusSlot(slot);
    };
    const swap = () => {
      const [from, to] = [focusedSlot(), slotBeside(page, direction)];
      if (from !== undefined && to !== undefined) trade(page, from, to);
    };
    const hasTile = () => focusedSlot() !== undefined;
    return [
      { ...tile(`go-${direction}`, t(`go.${direction}`), [key], icon, go), line: t('go.line') },
      {
        ...tile(`swap-${direction}`, t(`swap.${direction}`), [`Shift+${key}`], icon, swap, hasTile),
        line: t('swap.line'),
      },
    ] as const;
  });
  return [...both.map(([go]) => go), ...both.map(([, swap]) => swap)];
}

/** A deed on the camera that is meant when it is done. */
type OnCamera = (action: (meant: Camera, tile: CameraTile) => void) => () => void;

/** A key that finds no tile to act on says so, rather than nothing or something else happening. */
export function askForTile(t: Words): void {
  remark({ text: t('noTile') });
}

export function tileCommands(t: Words, page: ShownPage, playBack: (tile: CameraTile) => void): Command[] {
  const camera = () => meantCamera(page)?.camera;
  const onCamera: OnCamera = (action) => () => {
    const meant = meantCamera(page);
    if (meant === undefined) askForTile(t);
    else action(meant.camera, meant);
  };
  const onSlot = (action: (slot: number) => void) => () => {
    const slot = meantTile(page)?.slot;
    if (slot === undefined) askForTile(t);
    else action(slot);
  };
  const listen = ({ streamId, picture }: Camera) => {
    if (picture?.audioCodec === undefined) remark({ text: t('noSound') });
    else wall.toggleHeard(streamId);
  };
  const isEnlarged = () => page.enlarged !== undefined;
  return [
    tile(
      'enlarge',
      t('enlarge'),
      [tileKeys.enlarge],
      Maximize2,
      onCamera(({ streamId }) => wall.toggleEnlarged(streamId)),
    ),
    tile('shrink', t('shrink'), ['Escape'], Minimize2, () => wall.enlarge(undefined), isEnlarged),
    tile(
      'record-by-hand',
      t('recordByHand'),
      [tileKeys.record],
      CircleDot,
      onCamera((meant) => void recordByHand(meant)),
    ),
    tile(
      'play-back',
      t('playBack'),
      [tileKeys.playBack],
      Clapperboard,
      onCamera((_, meant) => playBack(meant)),
    ),
    tile('pick', t('pickCamera'), [tileKeys.pick], Replace, onSlot(pickFor)),
    tile(
      'clear',
      t('clearTile'),
      ['Delete'],
      Trash2,
      onSlot((slot) => fill(page, slot, { kind: 'empty' })),
      () => page.enlarged === undefined,
    ),
    tile('listen', t('listenToggle'), [tileKeys.listen], Volume2, onCamera(listen)),
    ...zoomCommands(t, camera, onCamera),
    ...replayCommands(t, page, onCamera),
  ];
}

function zoomCommands(t: Words, camera: () => Camera | undefined, onCamera: OnCamera): Command[] {
  const zoom = (change: (streamId: Camera['streamId']) => void) =>
    onCamera(({ streamId }) => change(streamId));
  const by = (factor: number) =>
    zoom((streamId) => wall.zoom(streamId, zoomedAt(wall.zoomOf(streamId), factor, 0.5, 0.5)));
  const isZoomed = () => {
    const meant = camera();
    return meant !== undefined && wall.zoomOf(meant.streamId).scale > 1;
  };
  const pans: Record<Direction, readonly [number, number]> = {
    left: [-panStep, 0],
    right: [panStep, 0],
    up: [0, -panStep],
    down: [0, panStep],
  };
  const whole = zoom((streamId) => wall.zoom(streamId, wholePicture));
  return [
    { ...tile('zoom-in', t('zoom.in'), ['Plus', '='], ZoomIn, by(zoomStep)), repeats: true },
    { ...tile('zoom-out', t('zoom.out'), ['-'], ZoomOut, by(1 / zoomStep), isZoomed), repeats: true },
    tile('zoom-whole', t('zoom.whole'), ['0'], ScanSearch, whole, isZoomed),
    ...directions.map((direction) => ({
      ...tile(
        `pan-${direction}`,
        t(`pan.${direction}`),
        [`Alt+${arrows[direction].key}`],
        arrows[direction].icon,
        zoom((streamId) => wall.zoom(streamId, panned(wall.zoomOf(streamId), ...pans[direction]))),
        isZoomed,
      ),
      repeats: true,
      line: t('pan.line'),
    })),
  ];
}

/** The tile in `slot` before the others of its camera: what is done to all goes by what it shows. */
function atFirst(tiles: readonly CameraTile[], slot: number | undefined): readonly CameraTile[] {
  return tiles.toSorted((a, b) => Number(b.slot === slot) - Number(a.slot === slot));
}

function replayCommands(t: Words, page: ShownPage, onCamera: OnCamera): Command[] {
  const all = () => cameraTiles(page);
  const inReplay = () => {
    const { replays } = useWall.getState();
    return all().filter(({ camera }) => replays.has(camera.streamId));
  };
  /** The camera the operator is at, in each of its tiles, if it is in the past, else all that are. */
  const meant = () => {
    const { slot, camera } = tileAtHand(page) ?? {};
    const past = inReplay();
    const ofCamera = past.filter((one) => one.camera === camera);
    return ofCamera.length === 0 ? past : atFirst(ofCamera, slot);
  };
  const isPast = () => inReplay().length > 0;
  const toLive = () => wall.goLive(meant().map(({ camera }) => camera.streamId));
  const one = onCamera((camera, { slot }) =>
    rewind(
      atFirst(
        all().filter((each) => each.camera === camera),
        slot,
      ),
    ),
  );
  return [
    tile('rewind', t('replay.rewind'), [tileKeys.rewind], Rewind, one),
    tile('rewind-all', t('replay.rewindAll'), ['Mod+J'], Rewind, () => rewind(all())),
    tile('replay-forward', t('replay.forward'), ['Shift+J'], FastForward, () => forward(meant()), isPast),
    tile('replay-pause', t('replay.toggle'), ['K'], Pause, () => togglePlaying(meant()), isPast),
    tile('go-live', t('replay.goLive'), ['L'], Radio, toLive, isPast),
  ];
}
