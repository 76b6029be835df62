// What a camera does, with a mark and in words.
import { LoaderCircle } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Camera } from '../../electron/contract/shapes.ts';
import { sinceTime } from '../words/moments.ts';

export function CameraState({ camera: { state } }: { readonly camera: Camera }) {
  const { t } = useTranslation(['states', 'cameras']);
  if (state.kind === 'waiting') {
    return (
      <div>
        <div className="flex items-center gap-2 font-medium text-warn-text">
          <Mark className="bg-warn-text" />
          {t('cameras:waitingSince', { time: sinceTime(state.sinceMs, Date.now()) })}
        </div>
        <div className="pl-4.5 text-xs text-ink-soft" title={state.detail}>
          {t(`reason.${state.reason}`)}
        </div>
      </div>
    );
  }
  if (state.kind === 'connecting') {
    return (
      <div className="flex items-center gap-2 text-ink-soft">
        <LoaderCircle aria-hidden className="size-3.5 animate-spin" />
        {t('state.connecting')}
      </div>
    );
  }
  if (state.kind === 'running' && state.idle !== undefined) {
    return (
      <div className="flex items-center gap-2">
        <Mark className="bg-accent-text" />
        {t(`idle.${state.idle}`)}
      </div>
    );
  }
  const kind = state.kind === 'off' ? 'off' : state.recording ? 'recording' : 'live';
  const look = { off: 'bg-line-strong', recording: 'bg-recording', live: 'bg-accent-text' }[kind];
  return (
    <div className="flex items-center gap-2">
      <Mark className={look} />
      {t(`state.${kind}`)}
    </div>
  );
}

function Mark({ className }: { readonly className: string }) {
  return <span aria-hidden className={`size-2.5 shrink-0 rounded-full ${className}`} />;
}
