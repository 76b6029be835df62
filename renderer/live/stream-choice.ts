// Which of a camera's streams a tile shows: the small one where its pixels are enough (product L2). Pure.

/** Tiles a little larger than the small picture still look sharp; between the two nothing changes, so that nothing flickers. */
const growAt = 1.35;
const shrinkAt = 1.15;
/** Usual for sub streams, until theirs is known. */
const usualSubHeight = 480;

export interface ChoiceFacts {
  /** Of the tile, in device pixels. */
  readonly heightPx: number;
  /** How many times the picture is enlarged by digital zoom. */
  readonly scale: number;
  /** The operator looks at this tile: it has the keyboard, or the wall to itself. */
  readonly isLookedAt: boolean;
  readonly subHeight: number | undefined;
}

export function streamFor(
  { heightPx, scale, isLookedAt, subHeight = usualSubHeight }: ChoiceFacts,
  before: 'main' | 'sub' | undefined,
): 'main' | 'sub' {
  if (isLookedAt) return 'main';
  const needed = heightPx * scale;
  if (needed > subHeight * growAt) return 'main';
  if (needed < subHeight * shrinkAt) return 'sub';
  return before ?? 'sub';
}
