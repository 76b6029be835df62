// A screen that threw: said plainly, with the one thing that helps. The recorder runs elsewhere and goes on.
import { OctagonX } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../controls/button.tsx';
import { Notice } from '../controls/notice.tsx';

export function BrokenScreen() {
  const { t } = useTranslation('frame');
  return (
    <div role="alert" className="h-full">
      <Notice
        icon={OctagonX}
        title={t('broken')}
        actions={
          <Button look="primary" onPress={() => window.location.reload()}>
            {t('reload')}
          </Button>
        }
      >
        {t('brokenHint')}
      </Notice>
    </div>
  );
}
