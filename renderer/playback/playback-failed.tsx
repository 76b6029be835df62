// Why a moment could not be shown, in words, and the way on.

import { MonitorX, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../controls/button.tsx';
import { Notice } from '../controls/notice.tsx';
import { refusalOf } from '../station/client.ts';
import { codecName } from '../words/codecs.ts';
import type { PlayerFailure } from './player-state.ts';

interface PlaybackFailedProps {
  readonly failure: PlayerFailure;
  onRetry(): void;
}

export function PlaybackFailed({ failure, onRetry }: PlaybackFailedProps) {
  const { t } = useTranslation('playback');
  const { title, hint } = useFailureWords(failure);
  return (
    <div role="alert" className="absolute inset-0 bg-ground">
      <Notice
        icon={failure.kind === 'codec' ? MonitorX : TriangleAlert}
        title={title}
        actions={failure.kind !== 'codec' && <Button onPress={onRetry}>{t('tryAgain')}</Button>}
      >
        {hint}
      </Notice>
    </div>
  );
}

function useFailureWords(failure: PlayerFailure): { title: string; hint: string | undefined } {
  const { t } = useTranslation('playback');
  const { t: frame } = useTranslation('frame');
  switch (failure.kind) {
    case 'codec': {
      const codec = codecName(failure.codec);
      return { title: t('failed.codec', { codec }), hint: t('failed.codecHint', { codec }) };
    }
    case 'refused': {
      const { message, hint } = refusalOf(failure.error);
      return { title: t('failed.refused'), hint: message === '' ? frame('unreachable') : (hint ?? message) };
    }
    default:
      return { title: t(`failed.${failure.kind}`), hint: t(`failed.${failure.kind}Hint`) };
  }
}
