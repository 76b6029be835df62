// A test of the address as it stands in a form: one at a time, and its result is about that address alone.
import { useMutation } from '@tanstack/react-query';
import { useCallback, useEffect, useRef } from 'react';

/**
 * `run` asks the station; `onRefused` hears why it did not, unless nobody waits for it any more. `forget` ends a test and takes
 * its result away, as leaving the form ends it.
 */
export function useOneTest<Asked, Found>(
  run: (asked: Asked, signal: AbortSignal) => Promise<Found>,
  onRefused: (error: unknown) => void,
) {
  const running = useRef<AbortController>(undefined);
  const test = useMutation({
    mutationFn: async (asked: Asked) => {
      running.current?.abort();
      running.current = new AbortController();
      const { signal } = running.current;
      try {
        return await run(asked, signal);
      } catch (error) {
        if (!signal.aborted) onRefused(error);
        throw error;
      }
    },
  });
  useEffect(() => () => running.current?.abort(), []);
  const { reset } = test;
  const forget = useCallback(() => {
    running.current?.abort();
    reset();
  }, [reset]);
  return { test, forget };
}
