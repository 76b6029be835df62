// The border of a tile in which something moves now.
import { useTranslation } from 'react-i18next';
import type { StreamId } from '../../recorder/model/ids.ts';
import { useMoving } from './follow-motion.ts';

export function MotionBorder({ streamId }: { readonly streamId: StreamId }) {
  const { t } = useTranslation('live');
  const isMoving = useMoving((state) => state.streams.has(streamId));
  if (!isMoving) return null;
  return (
    <div data-moving className="pointer-events-none absolute inset-0 z-20 ring-2 ring-motion ring-inset">
      <span className="sr-only">{t('moving')}</span>
    </div>
  );
}
