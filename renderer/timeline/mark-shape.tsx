// The shape of a mark's kind outside of the canvas: the same outline in the same colour.

import type { MarkKind } from '../../recorder/model/marks.ts';
import { shapeSize, shapes } from './marks.ts';

const fills: Readonly<Record<MarkKind, string>> = {
  note: 'fill-mark-note',
  marker: 'fill-mark-marker',
  warning: 'fill-mark-warning',
  evidence: 'fill-mark-evidence',
};

/** Decoration: the kind is written beside it. */
export function MarkShape({ kind }: { readonly kind: MarkKind }) {
  return (
    <svg aria-hidden viewBox={`0 0 ${shapeSize} ${shapeSize}`} className={`size-3 shrink-0 ${fills[kind]}`}>
      <polygon points={shapes[kind].map((corner) => corner.join()).join(' ')} />
    </svg>
  );
}
