// The health screen.
import { useTranslation } from 'react-i18next';
import { ScreenHeader } from '../frame/screen-header.tsx';

export function HealthScreen() {
  const { t } = useTranslation('health');
  return <ScreenHeader title={t('title')} />;
}
