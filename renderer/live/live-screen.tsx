// The live screen.
import { useTranslation } from 'react-i18next';
import { ScreenHeader } from '../frame/screen-header.tsx';

export function LiveScreen() {
  const { t } = useTranslation('live');
  return <ScreenHeader title={t('title')} />;
}
