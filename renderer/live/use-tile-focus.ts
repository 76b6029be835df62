// Whether a tile has the keyboard, told to the wall: what had it last, is meant and followed.
import { useLayoutEffect, useRef, useState } from 'react';
import type { Camera } from '../../electron/contract/shapes.ts';
import { wall } from './wall.ts';

export function useTileFocus({ id, streamId }: Camera, isHotspot: boolean) {
  const [isFocused, setFocused] = useState(false);
  const holds = useRef(false);
  // React tells no blur of what it takes off the page; before the next tile is given the keyboard, this one lets go of it.
  useLayoutEffect(
    () => () => {
      if (holds.current) wall.focus(undefined);
    },
    [],
  );
  const tell = (isHere: boolean) => {
    holds.current = isHere;
    setFocused(isHere);
    wall.focus(isHere ? streamId : undefined);
  };
  return {
    isFocused,
    onFocus: () => {
      tell(true);
      if (!isHotspot) wall.select(id);
    },
    onBlur: () => tell(false),
  };
}
