// The evidence locks that hold: what each keeps and why, with the way to its footage and, for supervisors, its release.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { LockKeyholeOpen, Play } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EvidenceLock } from '../../electron/contract/storage.ts';
import type { CameraId } from '../../recorder/model/ids.ts';
import { Alert } from '../controls/alert.tsx';
import { IconButton } from '../controls/button.tsx';
import { Question } from '../controls/dialog.tsx';
import { Failed, Loading } from '../controls/notice.tsx';
import { useRefusalWords } from '../controls/refusal-words.ts';
import { labels } from '../playback/zone.ts';
import { api } from '../station/client.ts';
import { useMay } from '../station/person.ts';
import { stretchOf } from '../timeline/moment-words.ts';
import { sinceTime } from '../words/moments.ts';

interface LockListProps {
  /** Removed cameras included: their locks hold on. */
  readonly names: ReadonlyMap<CameraId, string>;
}

export function LockList({ names }: LockListProps) {
  const { t } = useTranslation('evidence');
  const query = useQuery(api.locks.list.queryOptions({ input: {}, refetchOnMount: 'always' }));
  const [releasing, setReleasing] = useState<EvidenceLock>();
  if (query.isPending) return <Loading />;
  if (query.isError) return <Failed error={query.error} onRetry={() => void query.refetch()} />;
  if (query.data.length === 0) return <p className="text-sm text-ink-soft">{t('none')}</p>;
  return (
    <>
      <ul aria-label={t('title')} className="flex max-h-96 flex-col divide-y divide-line overflow-auto">
        {query.data.map((lock) => (
          <Row
            key={lock.id}
            lock={lock}
            name={names.get(lock.cameraId) ?? t('unknownCamera')}
            onRelease={() => setReleasing(lock)}
          />
        ))}
      </ul>
      {releasing !== undefined && (
        <ReleaseLock
          lock={releasing}
          name={names.get(releasing.cameraId) ?? t('unknownCamera')}
          onClose={() => setReleasing(undefined)}
        />
      )}
    </>
  );
}

interface RowProps {
  readonly lock: EvidenceLock;
  readonly name: string;
  onRelease(): void;
}

function Row({ lock, name, onRelease }: RowProps) {
  const { t } = useTranslation('evidence');
  const navigate = useNavigate();
  const isSupervisor = useMay()('supervisor');
  const { cameraId, startMs, endMs, reason, createdBy, createdMs, expiresMs } = lock;
  const nowMs = Date.now();
  return (
    <li className="flex items-center gap-3 py-2.5 text-sm first:pt-0 last:pb-0">
      <div data-selectable className="min-w-0 flex-1">
        <p className="flex gap-3">
          <span className="min-w-0 truncate font-medium">{name}</span>
          <span className="shrink-0 text-ink-soft">
            {labels.day(startMs) === labels.day(endMs) && `${labels.day(startMs)}, `}
            {stretchOf(labels, startMs, endMs)}
          </span>
        </p>
        <p className="break-words whitespace-pre-line text-ink-soft">{reason}</p>
        <p className="text-xs text-ink-faint">
          {t('by', { person: createdBy, time: sinceTime(createdMs, nowMs) })} ·{' '}
          {expiresMs === undefined ? t('untilReleased') : t('until', { time: sinceTime(expiresMs, nowMs) })}
        </p>
      </div>
      <IconButton
        icon={Play}
        label={t('play', { camera: name })}
        onPress={() => void navigate({ to: '/playback', search: { camera: cameraId, at: startMs } })}
      />
      {isSupervisor && (
        <IconButton icon={LockKeyholeOpen} label={t('release', { camera: name })} onPress={onRelease} />
      )}
    </li>
  );
}

interface ReleaseLockProps {
  readonly lock: EvidenceLock;
  readonly name: string;
  onClose(): void;
}

function ReleaseLock({ lock, name, onClose }: ReleaseLockProps) {
  const { t } = useTranslation('evidence');
  const queries = useQueryClient();
  const words = useRefusalWords();
  const release = useMutation(
    api.locks.release.mutationOptions({
      onSuccess: onClose,
      onSettled: () => queries.invalidateQueries({ queryKey: api.locks.key() }),
    }),
  );
  return (
    <Question
      isOpen
      onOpenChange={(open) => !open && onClose()}
      title={t('releaseTitle', { camera: name })}
      deed={t('releaseDeed')}
      cancel={t('cancel')}
      isPending={release.isPending}
      onConfirm={() => release.mutate({ lockId: lock.id })}
    >
      <p className="font-medium text-ink">{lock.reason}</p>
      <p>{stretchOf(labels, lock.startMs, lock.endMs)}</p>
      <p className="mt-2">{t('releaseText')}</p>
      {release.error !== null && (
        <div className="mt-4">
          <Alert title={words(release.error)} />
        </div>
      )}
    </Question>
  );
}
