// Over a picture: the region in which motion is searched, drawn by pointer and moved by pointer or keys.

import { type KeyboardEvent, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { arrowStep, centreOf } from '../controls/picture-area.ts';
import type { PlayedCamera } from '../station/played-camera.ts';
import { motionSearch, useMotionSearch, useRegion } from './motion-search.ts';
import { moved, pointsOf, type Region, withCorner, withCornerAfter, withoutCorner } from './region.ts';
import { useRegionDrawing } from './use-region-drawing.ts';

/** Nothing while the panel is closed. Fills its parent, of which the picture takes what its shape leaves it. */
export function RegionLayer({ camera }: { readonly camera: PlayedCamera }) {
  const isOpen = useMotionSearch((state) => state.isOpen);
  return isOpen ? <Layer key={camera.id} camera={camera} /> : null;
}

function Layer({ camera }: { readonly camera: PlayedCamera }) {
  const { t } = useTranslation('motion');
  const picture = useRef<HTMLDivElement>(null);
  const region = useRegion(camera.id);
  const pen = useMotionSearch((state) => state.pen);
  const draw = (next: Region | undefined) => motionSearch.draw(camera.id, next);
  const drawing = useRegionDrawing({ picture, pen, region, onDraw: draw });
  const { width = 16, height = 9 } = camera.picture ?? {};
  return (
    <div className="pointer-events-none absolute inset-0 flex items-center justify-center [container-type:size]">
      <div
        ref={picture}
        role="group"
        aria-label={t('picture', { camera: camera.name })}
        data-region-layer={camera.id}
        onPointerDown={drawing.onGround}
        onPointerMove={drawing.onMove}
        onPointerUp={drawing.onEnd}
        onPointerCancel={drawing.onCancel}
        onDoubleClick={drawing.onDouble}
        className="pointer-events-auto relative cursor-crosshair touch-none overflow-hidden"
        // The video's own place: as large as fits, in the shape of its pictures.
        style={{
          aspectRatio: `${width} / ${height}`,
          width: `min(100cqw, calc(100cqh * ${width / height}))`,
        }}
      >
        <svg aria-hidden viewBox="0 0 1 1" preserveAspectRatio="none" className="absolute inset-0 size-full">
          {region !== undefined && drawing.draft.length === 0 && <Shade region={region} />}
          {region !== undefined && drawing.draft.length === 0 && (
            <polygon
              points={pointsOf(region.corners)}
              vectorEffect="non-scaling-stroke"
              onPointerDown={drawing.onRegion}
              className="cursor-move fill-transparent stroke-on-glass stroke-2"
            />
          )}
          {drawing.draft.length > 0 && (
            <polygon
              points={pointsOf(drawing.draft)}
              vectorEffect="non-scaling-stroke"
              className="fill-white/15 stroke-on-glass stroke-2"
            />
          )}
        </svg>
        {region !== undefined && drawing.draft.length === 0 && (
          <Handles
            region={region}
            onChange={draw}
            onDrag={drawing.onRegion}
            onDragCorner={drawing.onCorner}
          />
        )}
      </div>
    </div>
  );
}

/** What is not searched is darker; nothing lies over what is. */
function Shade({ region }: { readonly region: Region }) {
  const path = region.corners.map(({ x, y }) => `${x} ${y}`).join(' L ');
  return (
    <path
      d={`M 0 0 H 1 V 1 H 0 Z M ${path} Z`}
      fillRule="evenodd"
      className="pointer-events-none fill-black/55"
    />
  );
}

interface HandlesProps {
  readonly region: Region;
  onChange(region: Region | undefined): void;
  onDrag: ReturnType<typeof useRegionDrawing>['onRegion'];
  onDragCorner: ReturnType<typeof useRegionDrawing>['onCorner'];
}

const handle =
  'absolute flex size-6 -translate-x-1/2 -translate-y-1/2 items-center justify-center rounded-full';

/** The middle and the corners: what keys hold on to. */
function Handles({ region, onChange, onDrag, onDragCorner }: HandlesProps) {
  const { t } = useTranslation('motion');
  const middle = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (useMotionSearch.getState().isPlaced) middle.current?.focus();
  }, []);
  const keys =
    (act: (event: KeyboardEvent) => Region | null | undefined) =>
    (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const next = act(event);
      if (next === null) return;
      onChange(next);
      event.preventDefault();
    };
  const isRemoval = (key: string) => key === 'Delete' || key === 'Backspace';
  const onRegionKey = keys(({ key, shiftKey }) => {
    const step = arrowStep(key, shiftKey);
    if (step !== undefined) return moved(region, step);
    return isRemoval(key) ? undefined : null;
  });
  const onCornerKey = (at: number, x: number, y: number) =>
    keys(({ key, shiftKey }) => {
      const step = arrowStep(key, shiftKey);
      if (step !== undefined) return withCorner(region, at, { x: x + step.x, y: y + step.y });
      if (key === '+' || key === 'Insert') return withCornerAfter(region, at);
      return isRemoval(key) ? withoutCorner(region, at) : null;
    });
  const { x: middleX, y: middleY } = centreOf(region.corners);
  return (
    <>
      <button
        ref={middle}
        type="button"
        aria-label={t('region')}
        onKeyDown={onRegionKey}
        onPointerDown={onDrag}
        className={`${handle} cursor-move`}
        style={{ left: `${middleX * 100}%`, top: `${middleY * 100}%` }}
      >
        <span className="size-2 rounded-full bg-on-glass shadow-[0_0_0_2px_rgb(0_0_0/0.6)]" />
      </button>
      {region.corners.map(({ x, y }, at) => (
        <button
          // biome-ignore lint/suspicious/noArrayIndexKey: a corner is its place in the outline
          key={at}
          type="button"
          aria-label={t('corner', { number: at + 1 })}
          onKeyDown={onCornerKey(at, x, y)}
          onPointerDown={(event) => onDragCorner(event, at)}
          className={`${handle} cursor-grab`}
          style={{ left: `${x * 100}%`, top: `${y * 100}%` }}
        >
          <span className="size-3 rounded-full border-2 border-accent bg-on-glass" />
        </button>
      ))}
    </>
  );
}
