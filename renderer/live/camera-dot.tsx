// A camera's state as a dot before its name; in words for a screen reader.
import { useTranslation } from 'react-i18next';
import type { Camera } from '../../electron/contract/shapes.ts';

const colours = {
  recording: 'bg-recording',
  live: 'bg-ink-faint',
  waiting: 'bg-warn-text',
  connecting: 'border border-ink-faint',
  off: 'border border-line-strong',
} as const;

export function CameraDot({ camera: { state } }: { readonly camera: Camera }) {
  const { t } = useTranslation('states');
  const word = state.kind === 'running' ? (state.recording ? 'recording' : 'live') : state.kind;
  return (
    <span
      role="img"
      aria-label={t(`state.${word}`)}
      className={`size-2.5 shrink-0 rounded-full ${colours[word]}`}
    />
  );
}
