// What a screen says that needs cameras and has none, with the way to the first.

import { useNavigate } from '@tanstack/react-router';
import { Cctv } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../controls/button.tsx';
import { Notice } from '../controls/notice.tsx';

/** `children`: what there would be to see. */
export function NoCameras({ children }: { readonly children: ReactNode }) {
  const { t } = useTranslation('cameras');
  const navigate = useNavigate();
  return (
    <Notice
      icon={Cctv}
      title={t('none')}
      actions={
        <Button look="primary" onPress={() => void navigate({ to: '/cameras' })}>
          {t('addFirst')}
        </Button>
      }
    >
      {children}
    </Notice>
  );
}
