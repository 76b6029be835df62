// A tile's status in the operator's words: what is so, and why.
import { useTranslation } from 'react-i18next';
import { codecName } from '../words/codecs.ts';
import { sinceTime } from '../words/moments.ts';
import type { TileStatus } from './tile-status.ts';

export interface StatusWords {
  readonly title: string;
  readonly detail?: string;
}

export function useStatusWords(status: TileStatus): StatusWords {
  const { t } = useTranslation(['live', 'states']);
  const since = (ms: number) => sinceTime(ms, Date.now());
  switch (status.kind) {
    case 'live':
      return { title: t('status.live') };
    case 'connecting':
      return { title: t('status.connecting') };
    case 'off':
      return { title: t('status.off'), detail: t('status.offDetail') };
    case 'no-signal':
      return {
        title: t('status.noSignal', { time: since(status.sinceMs) }),
        detail: t(`states:reason.${status.reason}`),
      };
    case 'frozen':
      return { title: t('status.frozen', { time: since(status.sinceMs) }), detail: t('status.frozenDetail') };
    case 'disconnected':
      return {
        title: t('status.disconnected', { time: since(status.sinceMs) }),
        detail: t('status.disconnectedDetail'),
      };
    case 'undecodable':
      return {
        title: t('status.undecodable', { codec: codecName(status.codec) }),
        detail: t(status.recording ? 'status.recordingGoesOn' : 'status.notRecording'),
      };
    case 'broken':
      return {
        title: t('status.broken'),
        detail: t(status.recording ? 'status.recordingGoesOn' : 'status.notRecording'),
      };
  }
}
