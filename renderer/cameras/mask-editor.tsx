// Areas of the camera's picture in which motion is not looked for: drawn with the pointer, moved with it or with keys.
import { Plus, Trash2 } from 'lucide-react';
import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { outlinesLimit } from '../../electron/contract/motion.ts';
import type { Camera } from '../../electron/contract/shapes.ts';
import { Button } from '../controls/button.tsx';
import {
  type Area,
  arrowStep,
  centreOf,
  drawnRectangle,
  moved,
  withCorner,
  withCornerAfter,
  withoutCorner,
} from '../controls/picture-area.ts';
import { useStage } from '../live/use-stage.ts';
import { useMaskDrawing } from './use-mask-drawing.ts';

interface MaskEditorProps {
  readonly camera: Camera;
  readonly masks: readonly Area[];
  onChange(masks: Area[]): void;
}

/** What a button adds: a quarter of the picture, in its middle. */
const usualMask = drawnRectangle({ x: 0.375, y: 0.375 }, { x: 0.625, y: 0.625 }) ?? [];

export function MaskEditor({ camera, masks, onChange }: MaskEditorProps) {
  const { t } = useTranslation('cameras');
  const [selected, setSelected] = useState<number>();
  const mayAdd = masks.length < outlinesLimit;
  const remove = (at: number) => {
    setSelected(undefined);
    onChange(masks.toSpliced(at, 1));
  };
  const add = () => {
    setSelected(masks.length);
    onChange([...masks, usualMask]);
  };
  return (
    <div className="flex flex-col gap-3">
      <Picture
        camera={camera}
        masks={masks}
        selected={selected}
        onChange={onChange}
        onSelect={setSelected}
        onRemove={remove}
      />
      <div className="flex flex-wrap items-center gap-2">
        <Button icon={Plus} isDisabled={!mayAdd} onPress={add}>
          {t('masks.add')}
        </Button>
        <Button
          icon={Trash2}
          isDisabled={selected === undefined || masks[selected] === undefined}
          onPress={() => selected !== undefined && remove(selected)}
        >
          {t('masks.remove')}
        </Button>
        <span className="text-sm text-ink-soft">{t('masks.count', { count: masks.length })}</span>
      </div>
      <p className="text-xs text-ink-faint">{t('masks.hint')}</p>
    </div>
  );
}

interface PictureProps extends MaskEditorProps {
  readonly selected: number | undefined;
  onSelect(at: number): void;
  onRemove(at: number): void;
}

function Picture({ camera, masks, selected, onChange, onSelect, onRemove }: PictureProps) {
  const { t } = useTranslation('cameras');
  const picture = useRef<HTMLDivElement>(null);
  const video = useRef<HTMLDivElement>(null);
  const { streamId } = camera;
  const { status } = useStage(video, { slot: undefined, wanted: streamId, other: undefined, isLive: true });
  const { width = 16, height = 9 } = camera.picture ?? {};
  const mayAdd = masks.length < outlinesLimit;
  const pen = useMaskDrawing({ picture, masks, mayAdd, onChange, onSelect });
  return (
    <div
      ref={picture}
      role="group"
      aria-label={t('masks.picture')}
      onPointerDown={pen.onGround}
      onPointerMove={pen.onMove}
      onPointerUp={pen.onEnd}
      onPointerCancel={pen.onEnd}
      className="relative mx-auto max-w-full cursor-crosshair touch-none overflow-hidden rounded-lg bg-glass"
      // As high as fits under the rest of the sheet, in the camera's own shape: parts of it are parts of the picture.
      style={{ aspectRatio: `${width} / ${height}`, width: `min(100%, calc(36vh * ${width / height}))` }}
    >
      <div ref={video} className="absolute inset-0 isolate" />
      {status.kind !== 'live' && (
        <p className="absolute inset-0 flex items-center justify-center text-sm text-on-glass-soft">
          {t('masks.noPicture')}
        </p>
      )}
      <svg aria-hidden viewBox="0 0 1 1" preserveAspectRatio="none" className="absolute inset-0 size-full">
        {masks.map((mask, at) => (
          <Area
            // biome-ignore lint/suspicious/noArrayIndexKey: a mask is its place in the list
            key={at}
            mask={mask}
            isSelected={at === selected}
            onPointerDown={(event) => pen.onMask(event, at)}
          />
        ))}
        {pen.drawn !== undefined && <Area mask={pen.drawn} isSelected />}
      </svg>
      {masks.map((mask, at) => (
        <Handles
          // biome-ignore lint/suspicious/noArrayIndexKey: a mask is its place in the list
          key={at}
          mask={mask}
          number={at + 1}
          isSelected={at === selected}
          onChange={(next) => onChange(masks.with(at, next))}
          onSelect={() => onSelect(at)}
          onRemove={() => onRemove(at)}
          onDrag={(event) => pen.onMask(event, at)}
          onDragCorner={(event, corner) => pen.onCorner(event, at, corner)}
        />
      ))}
    </div>
  );
}

interface AreaProps {
  readonly mask: Area;
  readonly isSelected: boolean;
  onPointerDown?(event: PointerEvent): void;
}

function Area({ mask, isSelected, onPointerDown }: AreaProps) {
  return (
    <polygon
      points={mask.map(({ x, y }) => `${x},${y}`).join(' ')}
      onPointerDown={onPointerDown}
      vectorEffect="non-scaling-stroke"
      className={`cursor-move fill-black/65 stroke-2 ${isSelected ? 'stroke-[#7db5ff]' : 'stroke-white/80'}`}
    />
  );
}

interface HandlesProps {
  readonly mask: Area;
  readonly number: number;
  readonly isSelected: boolean;
  onChange(mask: Area): void;
  onSelect(): void;
  onRemove(): void;
  onDrag(event: PointerEvent): void;
  onDragCorner(event: PointerEvent, corner: number): void;
}

const handle =
  'absolute flex size-[24px] -translate-x-1/2 -translate-y-1/2 items-center justify-center rounded-full text-xs font-semibold';

/** A mask's number in its middle and, while it is selected, its corners: what keys hold on to. */
function Handles({ mask, number, isSelected, ...on }: HandlesProps) {
  const { t } = useTranslation('cameras');
  const centre = centreOf(mask);
  const onMaskKey = (event: KeyboardEvent) => {
    const step = arrowStep(event.key, event.shiftKey);
    if (step !== undefined) on.onChange(moved(mask, step));
    else if (event.key === 'Delete' || event.key === 'Backspace') on.onRemove();
    else return;
    event.preventDefault();
  };
  const onCornerKey = (event: KeyboardEvent, corner: number) => {
    const step = arrowStep(event.key, event.shiftKey);
    const at = mask[corner];
    if (step !== undefined && at !== undefined) {
      on.onChange(withCorner(mask, corner, { x: at.x + step.x, y: at.y + step.y }));
    } else if (event.key === '+' || event.key === 'Insert') on.onChange(withCornerAfter(mask, corner));
    else if (event.key === 'Delete' || event.key === 'Backspace') on.onChange(withoutCorner(mask, corner));
    else return;
    event.preventDefault();
  };
  return (
    <>
      <button
        type="button"
        aria-label={t('masks.mask', { number })}
        onFocus={on.onSelect}
        onKeyDown={onMaskKey}
        onPointerDown={on.onDrag}
        className={`${handle} cursor-move bg-black/70 text-white`}
        style={{ left: `${centre.x * 100}%`, top: `${centre.y * 100}%` }}
      >
        {number}
      </button>
      {isSelected &&
        mask.map(({ x, y }, corner) => (
          <button
            // biome-ignore lint/suspicious/noArrayIndexKey: a corner is its place in the outline
            key={corner}
            type="button"
            aria-label={t('masks.corner', { number, corner: corner + 1 })}
            onKeyDown={(event) => onCornerKey(event, corner)}
            onPointerDown={(event) => on.onDragCorner(event, corner)}
            onDoubleClick={() => on.onChange(withCornerAfter(mask, corner))}
            className={`${handle} group cursor-grab`}
            style={{ left: `${x * 100}%`, top: `${y * 100}%` }}
          >
            <span className="size-3 rounded-full border-2 border-[#7db5ff] bg-white" />
          </button>
        ))}
    </>
  );
}
