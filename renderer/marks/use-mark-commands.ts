// What can be marked, kept as a picture and jumped to by a key: the same commands over a live tile and in playback.

import i18next, { type TFunction } from 'i18next';
import {
  Bookmark,
  BookmarkPlus,
  Camera as CameraIcon,
  ChevronsLeft,
  ChevronsRight,
  CircleX,
} from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { EpochMs } from '../../recorder/model/clock.ts';
import type { CameraId } from '../../recorder/model/ids.ts';
import type { Command } from '../commands/command.ts';
import { useCommands } from '../commands/registry.ts';
import { refusalWords } from '../controls/refusal-words.ts';
import { remark } from '../controls/remark.tsx';
import { jumping } from '../playback/jumping.ts';
import { borderOf, type Direction, fromOf } from '../playback/jumps.ts';
import type { Playable } from '../playback/playable.ts';
import { saveSnapshot } from '../snapshot/snapshot.ts';
import { station } from '../station/client.ts';
import { openMarkDialog } from './mark-draft.ts';
import { rangeToMark, selection, useSelection } from './selection.ts';
import { useRights } from './use-tags.ts';

/** What is on screen: a camera's picture and the wall time of its frame. */
export interface Subject {
  readonly camera: { readonly id: CameraId; readonly name: string };
  readonly video: HTMLVideoElement | undefined;
  /** A live tile that was rewound: without a picture it is not about now. */
  readonly isPast?: boolean;
  /** Of the frame on screen; undefined while there is none. */
  shownMs(): EpochMs | undefined;
}

/** The keys, as buttons show them. */
export const markKeys = {
  mark: 'M',
  snapshot: 'S',
  in: 'I',
  out: 'O',
  clear: 'Escape',
  previous: 'Shift+ArrowLeft',
  next: 'Shift+ArrowRight',
} as const;

type Words = TFunction<'marks'>;

/** Opens the dialog on what is shown now, or on the selection. `wholeSelection` is for playback, where there is one. */
export function markSubject(subject: Subject, wholeSelection: boolean): void {
  const isOfNow = !wholeSelection && subject.isPast !== true;
  const shownMs = subject.shownMs() ?? (isOfNow ? Date.now() : undefined);
  if (shownMs === undefined) {
    remark({ text: i18next.t('noPicture', { ns: 'marks' }) });
    return;
  }
  const { id, name } = subject.camera;
  const times = wholeSelection
    ? rangeToMark(useSelection.getState(), shownMs)
    : { startMs: Math.round(shownMs) };
  const onSaved = wholeSelection ? selection.clear : () => undefined;
  openMarkDialog({ kind: 'new', cameraId: id, cameraName: name, ...times, onSaved });
}

export function snapSubject({ camera, video, shownMs }: Subject): void {
  void saveSnapshot({ cameraName: camera.name, video, shownMs });
}

const command = (
  id: string,
  group: Command['group'],
  label: string,
  keys: string,
  icon: Command['icon'],
  perform: () => void,
  enabled: () => boolean = () => true,
): Command => ({ id: `marks.${id}`, group, label, keys: [keys], icon, perform, enabled });

/** Over a live tile: `subject` answers with the tile that is meant; `onNone` is called when there is none. */
export function useLiveMarkCommands(subject: () => Subject | undefined, onNone: () => void): void {
  const { t } = useTranslation('marks');
  const { mayMark } = useRights();
  const commands = useMemo(() => {
    const onSubject = (action: (meant: Subject) => void) => () => {
      const meant = subject();
      if (meant === undefined) onNone();
      else action(meant);
    };
    const mark = onSubject((meant) => markSubject(meant, false));
    const snap = onSubject(snapSubject);
    return [
      command('mark', 'live', t('mark'), markKeys.mark, BookmarkPlus, mark, () => mayMark),
      command('snapshot', 'live', t('snapshot'), markKeys.snapshot, CameraIcon, snap),
    ];
  }, [t, subject, onNone, mayMark]);
  useCommands(commands);
}

interface Jumped {
  readonly player: Pick<Playable, 'store' | 'targetMs'>;
  seek(ms: EpochMs): void;
}

/** In playback, where there is also a selection and other moments to go to. */
export function usePlaybackMarkCommands(subject: Subject, { player, seek }: Jumped): void {
  const { t } = useTranslation('marks');
  const { mayMark } = useRights();
  const commands = useMemo(
    () => [...subjectCommands(t, subject, mayMark), ...jumpCommands(t, subject, { player, seek })],
    [t, subject, player, seek, mayMark],
  );
  useCommands(commands);
}

function subjectCommands(t: Words, subject: Subject, mayMark: boolean): Command[] {
  const atShown = (action: (ms: EpochMs) => void) => () => {
    const ms = subject.shownMs();
    if (ms !== undefined) action(ms);
  };
  const isSelecting = () => {
    const { inMs, outMs } = useSelection.getState();
    return inMs !== undefined || outMs !== undefined;
  };
  const playback = (...rest: [string, string, string, Command['icon'], () => void, (() => boolean)?]) => {
    const [id, ...others] = rest;
    return command(id, 'playback', ...others);
  };
  return [
    playback(
      'mark',
      t('mark'),
      markKeys.mark,
      BookmarkPlus,
      () => markSubject(subject, true),
      () => mayMark,
    ),
    playback('in', t('setIn'), markKeys.in, Bookmark, atShown(selection.setIn)),
    playback('out', t('setOut'), markKeys.out, Bookmark, atShown(selection.setOut)),
    playback('clear', t('clearSelection'), markKeys.clear, CircleX, selection.clear, isSelecting),
    playback('snapshot', t('snapshot'), markKeys.snapshot, CameraIcon, () => snapSubject(subject)),
  ];
}

function jumpCommands(t: Words, { camera }: Subject, { player, seek }: Jumped): Command[] {
  const jump = (direction: Direction) => async () => {
    const from = fromOf(player);
    if (from === undefined) return;
    const borderMs = borderOf(from, direction);
    const bounds =
      direction === 'next'
        ? ({ fromMs: Math.ceil(borderMs), order: 'oldest' } as const)
        : ({ untilMs: Math.max(0, Math.floor(borderMs)), order: 'newest' } as const);
    const signal = jumping.begin();
    try {
      const question = { cameraIds: [camera.id], limit: 1, ...bounds };
      const { marks } = await station.marks.search(question, { signal });
      if (signal.aborted) return;
      if (marks[0] === undefined) remark({ text: t(`noMark.${direction}`) });
      else seek(marks[0].startMs);
    } catch (error) {
      if (signal.aborted) return;
      remark({ text: refusalWords(error) });
    }
  };
  const at = (id: Direction, icon: Command['icon']) =>
    command(id, 'playback', t(id), markKeys[id], icon, () => void jump(id)());
  return [at('previous', ChevronsLeft), at('next', ChevronsRight)];
}
