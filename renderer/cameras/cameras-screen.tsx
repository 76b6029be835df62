// The cameras screen: all cameras with address and state, and the ways to add one.
import { Cctv, FlaskConical, Plus } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Camera } from '../../electron/contract/shapes.ts';
import type { Command } from '../commands/command.ts';
import { useCommands } from '../commands/registry.ts';
import { Button } from '../controls/button.tsx';
import { Failed, Loading, Notice } from '../controls/notice.tsx';
import { ScreenHeader } from '../frame/screen-header.tsx';
import { useCameras } from '../station/cameras.ts';
import { AddCamera } from './add-camera.tsx';
import { CameraRow } from './camera-row.tsx';
import { CameraSheet } from './camera-sheet.tsx';
import { ChangeSource } from './change-source.tsx';
import { RemoveCamera } from './remove-camera.tsx';
import { RenameCamera } from './rename-camera.tsx';
import { SubStream } from './sub-stream.tsx';
import { useAddTestPattern } from './test-pattern.ts';

/** The one dialog that is open. */
type Open =
  | { readonly kind: 'add' }
  | { readonly kind: 'recording'; readonly camera: Camera }
  | { readonly kind: 'source'; readonly camera: Camera }
  | { readonly kind: 'rename'; readonly camera: Camera }
  | { readonly kind: 'sub'; readonly camera: Camera }
  | { readonly kind: 'remove'; readonly camera: Camera };

export function CamerasScreen() {
  const { t } = useTranslation('cameras');
  const query = useCameras();
  const [open, setOpen] = useState<Open>();
  // A dialog whose station answers late closes itself, not the one that is open by then.
  const close = () => setOpen((now) => (now === open ? undefined : now));
  useAddCommand(setOpen);

  return (
    <>
      <ScreenHeader title={t('title')}>
        {query.isSuccess && query.data.length > 0 && (
          <span className="text-sm text-ink-faint">{t('count', { count: query.data.length })}</span>
        )}
        <div className="flex-1" />
        <Button look="primary" icon={Plus} onPress={() => setOpen({ kind: 'add' })}>
          {t('add')}
        </Button>
      </ScreenHeader>
      {/* Positioned, so that what only screen readers see scrolls with the rows and not beyond the window. */}
      <div className="relative min-h-0 flex-1 overflow-auto">
        {query.isPending && <Loading />}
        {query.isError && <Failed error={query.error} onRetry={() => void query.refetch()} />}
        {query.data?.length === 0 && <FirstCamera onAdd={() => setOpen({ kind: 'add' })} />}
        {query.data !== undefined && query.data.length > 0 && (
          <CameraList
            cameras={query.data}
            onRecording={(camera) => setOpen({ kind: 'recording', camera })}
            onSource={(camera) => setOpen({ kind: 'source', camera })}
            onRename={(camera) => setOpen({ kind: 'rename', camera })}
            onSub={(camera) => setOpen({ kind: 'sub', camera })}
            onRemove={(camera) => setOpen({ kind: 'remove', camera })}
          />
        )}
      </div>
      {open?.kind === 'add' && <AddCamera cameras={query.data ?? []} onClose={close} />}
      {open?.kind === 'recording' && (
        <CameraSheet
          // Recording by hand changes the camera while its sheet is open.
          camera={query.data?.find(({ id }) => id === open.camera.id) ?? open.camera}
          onClose={close}
        />
      )}
      {open?.kind === 'source' && <ChangeSource camera={open.camera} onClose={close} />}
      {open?.kind === 'rename' && <RenameCamera camera={open.camera} onClose={close} />}
      {open?.kind === 'sub' && <SubStream camera={open.camera} onClose={close} />}
      {open?.kind === 'remove' && <RemoveCamera camera={open.camera} onClose={close} />}
    </>
  );
}

interface CameraListProps {
  readonly cameras: readonly Camera[];
  onRecording(camera: Camera): void;
  onSource(camera: Camera): void;
  onRename(camera: Camera): void;
  onSub(camera: Camera): void;
  onRemove(camera: Camera): void;
}

function CameraList({ cameras, onRecording, onSource, onRename, onSub, onRemove }: CameraListProps) {
  const { t } = useTranslation('cameras');
  return (
    <table aria-label={t('list')} className="w-full border-collapse text-sm">
      <thead className="sticky top-0 z-10 bg-ground text-left text-xs text-ink-faint">
        <tr className="border-b border-line [&>th]:px-5 [&>th]:py-2.5 [&>th]:font-medium">
          <th scope="col">{t('column.camera')}</th>
          <th scope="col">{t('column.state')}</th>
          <th scope="col" className="max-lg:hidden">
            {t('column.picture')}
          </th>
          <th scope="col" className="w-40">
            {t('column.recording')}
          </th>
          <th scope="col" className="w-56">
            <span className="sr-only">{t('column.actions')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {cameras.map((camera) => (
          <CameraRow
            key={camera.id}
            camera={camera}
            onRecording={() => onRecording(camera)}
            onSource={() => onSource(camera)}
            onRename={() => onRename(camera)}
            onSub={() => onSub(camera)}
            onRemove={() => onRemove(camera)}
          />
        ))}
      </tbody>
    </table>
  );
}

function FirstCamera({ onAdd }: { onAdd(): void }) {
  const { t } = useTranslation('cameras');
  const testPattern = useAddTestPattern([]);
  return (
    <Notice
      icon={Cctv}
      title={t('none')}
      actions={
        <>
          <Button look="primary" icon={Plus} onPress={onAdd}>
            {t('add')}
          </Button>
          <Button icon={FlaskConical} isPending={testPattern.isPending} onPress={() => testPattern.add()}>
            {t('addTestPattern')}
          </Button>
        </>
      }
    >
      {t('noneHint')}
      {testPattern.problem}
    </Notice>
  );
}

function useAddCommand(setOpen: (open: Open) => void): void {
  const { t } = useTranslation('cameras');
  const commands = useMemo(
    (): Command[] => [
      {
        id: 'cameras.add',
        label: t('add'),
        group: 'cameras',
        keys: ['N'],
        icon: Plus,
        perform: () => setOpen({ kind: 'add' }),
      },
    ],
    [t, setOpen],
  );
  useCommands(commands);
}
