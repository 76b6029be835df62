// Cameras that were removed, as far as playback still has something of them.
import { useQuery } from '@tanstack/react-query';
import { api } from './client.ts';

/** The last removed first. Asked anew with each screen: no event tells that the last of a camera was deleted. */
export function useFormerCameras() {
  return useQuery(api.playback.former.queryOptions({ refetchOnMount: 'always' }));
}
