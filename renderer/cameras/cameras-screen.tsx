// The cameras screen.
import { useTranslation } from 'react-i18next';
import { ScreenHeader } from '../frame/screen-header.tsx';

export function CamerasScreen() {
  const { t } = useTranslation('cameras');
  return <ScreenHeader title={t('title')} />;
}
