// The settings of a camera: how it is recorded, how long that is kept, where motion is looked for. One button saves them all.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { SlidersHorizontal } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import type { MotionSettings } from '../../electron/contract/motion.ts';
import type { Camera } from '../../electron/contract/shapes.ts';
import { Alert } from '../controls/alert.tsx';
import { Button } from '../controls/button.tsx';
import { Sheet } from '../controls/dialog.tsx';
import { Failed, Loading } from '../controls/notice.tsx';
import { useRefusalWords } from '../controls/refusal-words.ts';
import { api } from '../station/client.ts';
import {
  type CameraForms,
  cameraFormsOf,
  fieldOfRefusal,
  saveCamera,
  type TabName,
  tabNames,
} from './camera-settings.ts';
import { MotionTab } from './motion-tab.tsx';
import { RecordingTab } from './recording-tab.tsx';
import { readRetention, retentionFormOf } from './retention-form.ts';
import { RetentionTab } from './retention-tab.tsx';

interface CameraSheetProps {
  /** As it is now: it may change while the sheet is open, which the forms do not follow. */
  readonly camera: Camera;
  onClose(): void;
}

export function CameraSheet({ camera, onClose }: CameraSheetProps) {
  const { t } = useTranslation('cameras');
  const [tab, setTab] = useState<TabName>('recording');
  const [before, setBefore] = useState(() => cameraFormsOf(camera));
  const [recording, setRecording] = useState(before.recording);
  const retention = useForm({ defaultValues: retentionFormOf(camera.retention) });
  const setShown = (part: Partial<CameraForms>) => setBefore((shown) => ({ ...shown, ...part }));
  const motion = useMotionSettings(camera, (shown) => setShown({ motion: shown }));
  const tell = (forms: CameraForms) => saveCamera(camera, before, forms, setShown);
  const { save, problem } = useSaving(tell, onClose, (field, message) => {
    setTab('kept');
    retention.setError(field, { message });
  });
  const submit = () => {
    retention.clearErrors();
    const read = readRetention(retention.getValues());
    if (read.ok) {
      save.mutate({ recording, retention: read.retention, motion: motion.changed });
      return;
    }
    setTab('kept');
    for (const field of read.wrong) retention.setError(field, { message: t(`kept.wrong.${field}`) });
  };
  return (
    <Sheet
      isOpen
      onOpenChange={(open) => !open && onClose()}
      title={t('settingsOf', { camera: camera.name })}
      icon={SlidersHorizontal}
      width="wide"
    >
      <Tabs
        className="outline-none"
        selectedKey={tab}
        onSelectionChange={(key) => setTab(tabNames.find((name) => name === key) ?? tab)}
      >
        <TabList aria-label={t('settingsOf', { camera: camera.name })} className="flex border-b border-line">
          {tabNames.map((name) => (
            <Tab
              key={name}
              id={name}
              className="cursor-default border-b-2 border-transparent px-4 py-2 text-sm font-medium text-ink-soft hovered:text-ink selected:border-accent selected:text-ink"
            >
              {t(`tab.${name}`)}
            </Tab>
          ))}
        </TabList>
        <Panel name="recording">
          <RecordingTab camera={camera} form={recording} onChange={setRecording} />
        </Panel>
        <Panel name="kept">
          <RetentionTab camera={camera} control={retention.control} />
        </Panel>
        <Panel name="motion">
          <Motion camera={camera} motion={motion} />
        </Panel>
      </Tabs>
      {problem !== undefined && <Alert title={problem} />}
      <div className="mt-5 flex justify-end gap-3 border-t border-line pt-5">
        <Button onPress={onClose}>{t('cancel')}</Button>
        <Button look="primary" isPending={save.isPending} onPress={submit}>
          {t('save')}
        </Button>
      </div>
    </Sheet>
  );
}

function Panel({ name, children }: { readonly name: TabName; readonly children: ReactNode }) {
  return (
    <TabPanel id={name} className="min-h-64 pt-5 outline-offset-4">
      {children}
    </TabPanel>
  );
}

interface MotionProps {
  readonly camera: Camera;
  readonly motion: ReturnType<typeof useMotionSettings>;
}

function Motion({ camera, motion: { query, settings, change } }: MotionProps) {
  return (
    <>
      {query.isPending && <Loading />}
      {query.isError && <Failed error={query.error} onRetry={() => void query.refetch()} />}
      {settings !== undefined && <MotionTab camera={camera} settings={settings} onChange={change} />}
    </>
  );
}

/** As stored, until they are changed here; `onTouched` hears of the first change what was shown before it. */
function useMotionSettings(camera: Camera, onTouched: (shown: MotionSettings) => void) {
  const [changed, setChanged] = useState<MotionSettings>();
  const input = { cameraId: camera.id };
  const query = useQuery(api.motion.settings.queryOptions({ input, refetchOnMount: 'always' }));
  const change = (next: MotionSettings) => {
    if (changed === undefined && query.data !== undefined) onTouched(query.data);
    setChanged(next);
  };
  return { query, settings: changed ?? query.data, changed, change };
}

/** `place` puts a refusal at the field of retention it is about; the rest is the problem of the sheet. */
function useSaving(
  tell: (forms: CameraForms) => Promise<void>,
  onSaved: () => void,
  place: (field: 'days' | 'gigabytes', message: string) => void,
) {
  const queries = useQueryClient();
  const words = useRefusalWords();
  const save = useMutation({
    mutationFn: tell,
    onSuccess: onSaved,
    onError: (error) => {
      const field = fieldOfRefusal(error);
      if (field !== undefined) place(field, words(error));
    },
    onSettled: () =>
      Promise.all(
        [api.cameras.list.key(), api.motion.settings.key(), api.storage.key()].map((queryKey) =>
          queries.invalidateQueries({ queryKey }),
        ),
      ),
  });
  const isPlaced = save.error === null || fieldOfRefusal(save.error) !== undefined;
  return { save, problem: isPlaced ? undefined : words(save.error) };
}
