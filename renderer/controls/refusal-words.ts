// What the station refused, as one text for a field, an alert or a remark; never empty.
import i18next from 'i18next';
import { useTranslation } from 'react-i18next';
import { type Refusal, refusalOf } from '../station/client.ts';

/** Its words alone, where its hint stands apart; when the station cannot be reached, that. */
export function refusalTitle({ message }: Refusal): string {
  return message || i18next.t('unreachable', { ns: 'frame' });
}

/** With its hint. */
export function refusalWords(error: unknown): string {
  const refusal = refusalOf(error);
  return [refusalTitle(refusal), refusal.hint].filter(Boolean).join(' ');
}

/** The same, drawn anew when the language changes. */
export function useRefusalWords(): (error: unknown) => string {
  useTranslation('frame');
  return refusalWords;
}
