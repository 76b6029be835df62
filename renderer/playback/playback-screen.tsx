// The playback screen.
import { useTranslation } from 'react-i18next';
import { ScreenHeader } from '../frame/screen-header.tsx';

export function PlaybackScreen() {
  const { t } = useTranslation('playback');
  return <ScreenHeader title={t('title')} />;
}
