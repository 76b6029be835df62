// What the station refused, as one text for a field or an alert.
import { useTranslation } from 'react-i18next';
import { refusalOf } from '../station/client.ts';

export function useRefusalWords(): (error: unknown) => string {
  const { t } = useTranslation('frame');
  return (error) => {
    const { message, hint } = refusalOf(error);
    return [message || t('unreachable'), hint].filter(Boolean).join(' ');
  };
}
