// Adds a camera that this computer plays itself, under a name that is still free.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Camera } from '../../electron/contract/shapes.ts';
import { refusalWords } from '../controls/refusal-words.ts';
import { api } from '../station/client.ts';
import { freeName } from './free-name.ts';

export function useAddTestPattern(cameras: readonly Camera[], onAdded: () => void = () => undefined) {
  const { t } = useTranslation('cameras');
  const queries = useQueryClient();
  const mutation = useMutation(
    api.cameras.addTestPattern.mutationOptions({
      onSuccess: () => {
        void queries.invalidateQueries({ queryKey: api.cameras.list.key() });
        onAdded();
      },
    }),
  );
  return {
    isPending: mutation.isPending,
    problem: mutation.isError ? refusalWords(mutation.error) : undefined,
    add: () =>
      mutation.mutate({
        name: freeName(
          t('testPatternName'),
          cameras.map((camera) => camera.name),
        ),
      }),
  };
}
