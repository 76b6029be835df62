// The cameras as every screen reads them: one cached list, kept fresh by the station's events.
import { useQuery } from '@tanstack/react-query';
import { api } from './client.ts';

/** The query of all cameras in the station's order. */
export function useCameras() {
  return useQuery(api.cameras.list.queryOptions());
}
