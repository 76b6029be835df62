// How a form about a camera's address ends: try it, or keep it, or leave all as it is.
import { PlugZap } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../controls/button.tsx';

interface TestedFormButtonsProps {
  readonly isTesting: boolean;
  readonly isSaving: boolean;
  onTest(): void;
  onCancel(): void;
}

export function TestedFormButtons({ isTesting, isSaving, onTest, onCancel }: TestedFormButtonsProps) {
  const { t } = useTranslation('cameras');
  return (
    <div className="flex flex-wrap justify-end gap-3">
      <Button icon={PlugZap} isPending={isTesting} onPress={onTest}>
        {t('form.test')}
      </Button>
      <div className="flex-1" />
      <Button onPress={onCancel}>{t('cancel')}</Button>
      <Button type="submit" look="primary" isPending={isSaving}>
        {t('save')}
      </Button>
    </div>
  );
}
