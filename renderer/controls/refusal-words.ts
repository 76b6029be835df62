// What the station refused, as one text for a field, an alert or a remark; never empty.
import i18next from 'i18next';
import { useTranslation } from 'react-i18next';
import { refusalOf } from '../station/client.ts';

/** Its words with its hint; when the station cannot be reached, that. */
export function refusalWords(error: unknown): string {
  const { message, hint } = refusalOf(error);
  return [message || i18next.t('unreachable', { ns: 'frame' }), hint].filter(Boolean).join(' ');
}

/** The same, drawn anew when the language changes. */
export function useRefusalWords(): (error: unknown) => string {
  useTranslation('frame');
  return refusalWords;
}
