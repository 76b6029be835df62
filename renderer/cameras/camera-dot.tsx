// A camera's state beside its name: as a dot with words for a screen reader, or as a dot and a word.
import { useTranslation } from 'react-i18next';
import type { Camera } from '../../electron/contract/shapes.ts';

const colours = {
  recording: 'bg-recording',
  live: 'bg-ink-faint',
  waiting: 'bg-warn-text',
  connecting: 'border border-ink-faint',
  off: 'border border-line-strong',
} as const;

type StateKind = keyof typeof colours;

interface CameraDotProps {
  readonly camera: Camera;
}

export function CameraDot({ camera }: CameraDotProps) {
  const { t } = useTranslation('states');
  const kind = kindOf(camera);
  return <Dot kind={kind} label={t(`state.${kind}`)} />;
}

export function CameraStateWord({ camera }: CameraDotProps) {
  const { t } = useTranslation('states');
  const kind = kindOf(camera);
  return (
    <span className="flex items-center gap-2 text-xs text-ink-faint">
      <Dot kind={kind} />
      {t(`state.${kind}`)}
    </span>
  );
}

function Dot({ kind, label }: { readonly kind: StateKind; readonly label?: string }) {
  const shape = `size-2.5 shrink-0 rounded-full ${colours[kind]}`;
  if (label === undefined) return <span aria-hidden className={shape} />;
  return <span role="img" aria-label={label} className={shape} />;
}

function kindOf({ state }: Camera): StateKind {
  if (state.kind !== 'running') return state.kind;
  return state.recording ? 'recording' : 'live';
}
