// The disks footage is written to: their state, the room on them, and what an installer does with them.
import { FolderPlus, HardDrive } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Meter } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { StorageVolume } from '../../electron/contract/storage.ts';
import { Button } from '../controls/button.tsx';
import { useMay } from '../station/person.ts';
import { byteAmount } from '../words/moments.ts';
import { AddVolume } from './add-volume.tsx';
import { Card } from './card.tsx';
import { RetireVolume, TakeBackVolume } from './retire-volume.tsx';
import { SetReserve } from './set-reserve.tsx';

/** The one dialog that is open. */
type Open =
  | { readonly kind: 'add' }
  | { readonly kind: 'reserve'; readonly volume: StorageVolume }
  | { readonly kind: 'retire'; readonly volume: StorageVolume };

export function Volumes({ volumes }: { readonly volumes: readonly StorageVolume[] }) {
  const { t } = useTranslation('health');
  const isAdmin = useMay()('admin');
  const [open, setOpen] = useState<Open>();
  const close = () => setOpen(undefined);
  return (
    <Card
      icon={HardDrive}
      title={t('volumes')}
      tools={
        isAdmin && (
          <Button icon={FolderPlus} onPress={() => setOpen({ kind: 'add' })}>
            {t('addVolume')}
          </Button>
        )
      }
    >
      {volumes.length === 0 && <p className="text-sm text-warn-text">{t('noVolumes')}</p>}
      <ul aria-label={t('volumes')} className="flex flex-col divide-y divide-line">
        {volumes.map((volume) => (
          <li key={volume.id} aria-label={volume.name} className="py-4 first:pt-0 last:pb-0">
            <VolumeRow volume={volume}>
              {isAdmin && !volume.retired && (
                <>
                  <Button look="plain" onPress={() => setOpen({ kind: 'reserve', volume })}>
                    {t('reserve.open')}
                  </Button>
                  <Button look="plain" onPress={() => setOpen({ kind: 'retire', volume })}>
                    {t('retire.open')}
                  </Button>
                </>
              )}
              {isAdmin && volume.retired && <TakeBackVolume volume={volume} />}
            </VolumeRow>
          </li>
        ))}
      </ul>
      {open?.kind === 'add' && <AddVolume onClose={close} />}
      {open?.kind === 'reserve' && <SetReserve volume={open.volume} onClose={close} />}
      {open?.kind === 'retire' && <RetireVolume volume={open.volume} onClose={close} />}
    </Card>
  );
}

function VolumeRow({ volume, children }: { readonly volume: StorageVolume; readonly children: ReactNode }) {
  const { t } = useTranslation('health');
  const { name, folder, state, retired, freeBytes, totalBytes } = volume;
  return (
    <div className="text-sm">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <div data-selectable className="min-w-0 flex-1">
          <p className="flex items-baseline gap-2.5">
            <span className="truncate font-medium">{name}</span>
            <span className={`shrink-0 text-xs ${state === 'ready' ? 'text-ink-soft' : 'text-warn-text'}`}>
              {state === 'ready' && retired ? t('retired') : t(`state.${state}`)}
            </span>
          </p>
          <p className="truncate text-xs text-ink-faint">{folder}</p>
        </div>
        {children}
      </div>
      {freeBytes !== undefined && totalBytes !== undefined && totalBytes > 0 && (
        <Room volume={volume} freeBytes={freeBytes} totalBytes={totalBytes} />
      )}
    </div>
  );
}

interface RoomProps {
  readonly volume: StorageVolume;
  readonly freeBytes: number;
  readonly totalBytes: number;
}

/** Recordings, what else lies on the disk, what is free; the line stands where what is kept free begins. */
function Room({ volume, freeBytes, totalBytes }: RoomProps) {
  const { t } = useTranslation('health');
  const { name, footageBytes, reserveBytes, reserveSet, retired } = volume;
  const part = (bytes: number) => `${Math.min(100, Math.max(0, (bytes / totalBytes) * 100))}%`;
  const usedBytes = Math.max(0, totalBytes - freeBytes);
  const percent = Math.round((usedBytes / totalBytes) * 100);
  const amounts = [
    t('free', { free: byteAmount(freeBytes), total: byteAmount(totalBytes) }),
    t('footage', { size: byteAmount(footageBytes) }),
    ...(retired ? [] : [t(reserveSet ? 'reserveSet' : 'reserveRule', { size: byteAmount(reserveBytes) })]),
  ];
  return (
    <Meter aria-label={name} value={percent} valueLabel={t('used', { percent })} className="mt-2.5">
      <div className="relative flex h-2 overflow-hidden rounded-full bg-hover">
        <div className="h-full bg-accent" style={{ width: part(Math.min(footageBytes, usedBytes)) }} />
        <div className="h-full bg-line-strong" style={{ width: part(usedBytes - footageBytes) }} />
        {!retired && (
          <div className="absolute inset-y-0 w-0.5 bg-ink" style={{ right: part(reserveBytes) }} />
        )}
      </div>
      <p className="mt-1.5 text-xs text-ink-soft">{amounts.join(' · ')}</p>
    </Meter>
  );
}
