// The names of the cameras beside their tracks; the chosen one stands out.

import { designFontPixels } from './painter.ts';
import { layoutFor } from './scene.ts';

interface TrackNamesProps {
  readonly names: readonly string[];
  readonly chosen: number;
  onChoose(index: number): void;
}

const rem = (pixels: number) => `${pixels / designFontPixels}rem`;

/** For the eye and the mouse alone: cameras are chosen and named for everybody else at their pictures. */
export function TrackNames({ names, chosen, onChoose }: TrackNamesProps) {
  const { tracks } = layoutFor(names.length);
  return (
    <div aria-hidden className="relative w-28 shrink-0">
      {tracks.map(({ top, height }, index) => (
        <button
          key={top}
          type="button"
          tabIndex={-1}
          onClick={() => onChoose(index)}
          className={`absolute inset-x-0 cursor-default truncate pr-2 pl-1.5 text-left ${
            index === chosen
              ? 'border-l-2 border-accent font-semibold text-ink'
              : 'border-l-2 border-transparent text-ink-soft hover:text-ink'
          }`}
          style={{
            top: rem(top),
            height: rem(height),
            lineHeight: rem(height),
            fontSize: rem(Math.min(12, height - 1)),
          }}
        >
          {names[index]}
        </button>
      ))}
    </div>
  );
}
