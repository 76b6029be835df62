// The locks that hold, by camera, for timelines to draw; kept fresh by the station's events.

import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { EvidenceLock } from '../../electron/contract/storage.ts';
import type { CameraId } from '../../recorder/model/ids.ts';
import { api } from '../station/client.ts';
import { useMay } from '../station/person.ts';

/** Empty for those who may not see locks, and until the answer is there. */
export function useTimelineLocks(): ReadonlyMap<CameraId, readonly EvidenceLock[]> {
  const isOperator = useMay()('operator');
  const { data } = useQuery({ ...api.locks.list.queryOptions({ input: {} }), enabled: isOperator });
  return useMemo(() => Map.groupBy(data ?? [], ({ cameraId }) => cameraId), [data]);
}
