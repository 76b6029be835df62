// What can be done while tiles are being arranged, at the lower edge of the wall.
import { Check, Plus, Undo2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../controls/button.tsx';
import type { ShownPage } from './use-wall-page.ts';
import { useWall, wall } from './wall.ts';
import { addFocusedTile } from './wall-focus.ts';

export function ArrangeBar({ page }: { readonly page: ShownPage }) {
  const { t } = useTranslation('live');
  const canUndo = useWall((state) => state.past.length > 0);
  return (
    <div
      role="toolbar"
      aria-label={t('arrange.start')}
      className="absolute inset-x-0 bottom-4 z-40 mx-auto flex w-fit items-center gap-2 rounded-xl bg-raised py-2 pr-2 pl-4 shadow-float"
    >
      <p className="mr-2 text-sm text-ink-soft max-lg:hidden">{t('arrange.hint')}</p>
      <Button icon={Plus} look="plain" onPress={() => addFocusedTile(t, page)}>
        {t('arrange.add')}
      </Button>
      <Button icon={Undo2} look="plain" isDisabled={!canUndo} onPress={wall.undo}>
        {t('arrange.undo')}
      </Button>
      <Button icon={Check} look="primary" onPress={() => wall.arrange(false)}>
        {t('arrange.done')}
      </Button>
    </div>
  );
}
