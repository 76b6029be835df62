// The way from a selection in playback to an evidence lock: a button in its bar, and a key.
import { LockKeyhole } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CameraId } from '../../recorder/model/ids.ts';
import type { Command } from '../commands/command.ts';
import { useCommands } from '../commands/registry.ts';
import { Button } from '../controls/button.tsx';
import { selection, useSelection } from '../marks/selection.ts';
import { useMay } from '../station/person.ts';
import { LockDialog, type Stretch } from './lock-dialog.tsx';

const lockKey = 'Shift+E';

/** Nothing for those who may not lock, or while in or out is missing. */
export function LockSelection({
  camera,
}: {
  readonly camera: { readonly id: CameraId; readonly name: string };
}) {
  const { t } = useTranslation('evidence');
  const isSupervisor = useMay()('supervisor');
  const { inMs, outMs } = useSelection();
  const [stretch, setStretch] = useState<Stretch>();
  const commands = useMemo((): Command[] => {
    const chosen = () => {
      const { inMs: startMs, outMs: endMs } = useSelection.getState();
      if (startMs === undefined || endMs === undefined) return undefined;
      return { cameraId: camera.id, cameraName: camera.name, startMs, endMs };
    };
    return [
      {
        ...{ id: 'evidence.lock', label: t('lockSelection'), group: 'playback', keys: [lockKey] },
        icon: LockKeyhole,
        perform: () => setStretch(chosen()),
        enabled: () => isSupervisor && chosen() !== undefined,
      },
    ];
  }, [t, camera, isSupervisor]);
  useCommands(commands);
  return (
    <>
      {isSupervisor && inMs !== undefined && outMs !== undefined && (
        <Button
          icon={LockKeyhole}
          onPress={() =>
            setStretch({ cameraId: camera.id, cameraName: camera.name, startMs: inMs, endMs: outMs })
          }
        >
          {t('lockSelection')}
        </Button>
      )}
      {stretch !== undefined && (
        <LockDialog stretch={stretch} onLocked={selection.clear} onClose={() => setStretch(undefined)} />
      )}
    </>
  );
}
