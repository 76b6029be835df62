// Recording by hand: begun for half an hour, ended by a press or by itself.
import { useMutation } from '@tanstack/react-query';
import { CircleDot, CircleStop } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Camera } from '../../electron/contract/shapes.ts';
import { Alert } from '../controls/alert.tsx';
import { Button } from '../controls/button.tsx';
import { refusalWords } from '../controls/refusal-words.ts';
import { api } from '../station/client.ts';
import { clockTime } from '../words/moments.ts';

/** What one press is good for. */
export const byHandMs = 30 * 60_000;

/** True while the camera is recorded by hand. */
export function isByHand({ mode }: Camera, nowMs: number): boolean {
  return mode.manualUntilMs !== undefined && mode.manualUntilMs > nowMs;
}

/** As `isByHand`, and draws anew when it ends. */
function useByHand(camera: Camera): boolean {
  const untilMs = camera.mode.manualUntilMs;
  const [nowMs, setNowMs] = useState(Date.now);
  useEffect(() => {
    setNowMs(Date.now());
    if (untilMs === undefined) return;
    const timer = setTimeout(() => setNowMs(Date.now()), Math.max(0, untilMs - Date.now()) + 1);
    return () => clearTimeout(timer);
  }, [untilMs]);
  return isByHand(camera, nowMs);
}

export function ByHand({ camera }: { readonly camera: Camera }) {
  const { t } = useTranslation('cameras');
  const record = useMutation(api.cameras.recordByHand.mutationOptions());
  const goesOn = useByHand(camera);
  const set = (forMs: number) => record.mutate({ cameraId: camera.id, forMs });
  return (
    <div className="flex flex-wrap items-center gap-3 rounded-lg border border-line bg-raised p-3">
      <p className="min-w-0 flex-1 text-sm">
        {goesOn ? t('byHand.until', { time: clockTime(camera.mode.manualUntilMs ?? 0) }) : t('byHand.hint')}
      </p>
      {goesOn && (
        <Button icon={CircleStop} isPending={record.isPending} onPress={() => set(0)}>
          {t('byHand.end')}
        </Button>
      )}
      <Button icon={CircleDot} isPending={record.isPending} onPress={() => set(byHandMs)}>
        {t(goesOn ? 'byHand.again' : 'byHand.begin')}
      </Button>
      {record.isError && (
        <div className="w-full">
          <Alert title={refusalWords(record.error)} />
        </div>
      )}
    </div>
  );
}
