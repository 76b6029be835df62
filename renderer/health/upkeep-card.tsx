// What looks after the footage beside recording: copies of the catalog, the nightly scrub, footage being read in.
import { ShieldCheck } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { StorageOverview } from '../../electron/contract/storage.ts';
import { byteAmount, sinceTime } from '../words/moments.ts';
import { Card, Facts } from './card.tsx';

export function UpkeepCard({ overview }: { readonly overview: StorageOverview }) {
  const { t } = useTranslation('health');
  const { backupMs, scrub, reading } = overview;
  const since = (ms: number | undefined) => (ms === undefined ? t('notYet') : sinceTime(ms, Date.now()));
  const percent = Math.round(scrub.share * 100);
  return (
    <Card icon={ShieldCheck} title={t('upkeep')}>
      <Facts
        facts={[
          [t('backup'), since(backupMs)],
          [t('scrub'), t('scrubShare', { percent })],
          [t('scrubLast'), since(scrub.lastMs)],
          [
            t('reading'),
            reading === undefined
              ? t('readingNothing')
              : t('readingFiles', { count: reading.files, size: byteAmount(reading.bytes) }),
          ],
        ]}
      />
    </Card>
  );
}
