// What the colours and hatchings of the timeline mean, in the same shapes.

import { useTranslation } from 'react-i18next';
import type { TimelineTrack } from '../timeline/timeline.tsx';

const hatched = (angle: number, colour: string) =>
  `repeating-linear-gradient(${angle}deg, ${colour} 0 1.25px, transparent 1.25px 5px)`;

const samples = {
  recorded: { background: 'var(--color-accent)' },
  motion: {
    background:
      'linear-gradient(to top, var(--color-motion) 55%, transparent 55%) left / 45% no-repeat, var(--color-accent)',
  },
  fault: {
    backgroundColor: 'var(--color-warn-wash)',
    backgroundImage: hatched(135, 'var(--color-warn-text)'),
  },
  wanted: {
    backgroundColor: 'var(--color-raised)',
    backgroundImage: hatched(45, 'var(--color-ink-faint)'),
  },
  locked: {
    background: 'linear-gradient(var(--color-mark-evidence) 45%, var(--color-accent) 45%)',
  },
  found: {
    background: 'linear-gradient(var(--color-ink) 45%, var(--color-accent) 45%)',
  },
} as const;

const always = ['recorded', 'motion', 'fault', 'wanted'] as const;

/** Names what every timeline may show, and of the rest what these tracks do show. */
export function Legend({ tracks }: { readonly tracks: readonly TimelineTrack[] }) {
  const { t } = useTranslation('playback');
  const kinds = [
    ...always,
    ...(tracks.some(({ locked }) => locked !== undefined) ? (['locked'] as const) : []),
    ...(tracks.some(({ hits }) => hits !== undefined) ? (['found'] as const) : []),
  ];
  return (
    <ul className="flex items-center gap-4 text-xs text-ink-faint">
      {kinds.map((kind) => (
        <li key={kind} className="flex items-center gap-1.5">
          <span aria-hidden className="h-3 w-5 rounded-sm" style={samples[kind]} />
          {t(`legend.${kind}`)}
        </li>
      ))}
    </ul>
  );
}
