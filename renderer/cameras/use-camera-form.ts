// The camera form's calls, test, add and change: what they refuse is said at the field it is about.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { UseFormReturn } from 'react-hook-form';
import type { CameraId } from '../../recorder/model/ids.ts';
import { useRefusalWords } from '../controls/refusal-words.ts';
import { api, refusalOf, station } from '../station/client.ts';
import { type CameraForm, formField, sourceOf, subOf } from './camera-form.ts';
import { useOneTest } from './use-one-test.ts';

/** Puts a refusal at its field; answers the words for the form when it has none. */
function useRefusals(form: UseFormReturn<CameraForm>) {
  const words = useRefusalWords();
  const place = (error: unknown) => {
    const field = formField(refusalOf(error).field);
    if (field !== undefined) form.setError(field, { message: words(error) }, { shouldFocus: true });
  };
  const rest = (error: unknown) =>
    error === null || formField(refusalOf(error).field) !== undefined ? undefined : words(error);
  return { place, rest };
}

/**
 * Tests the address as it stands in the form; with a camera's id, as what that one would be changed to. Leaving the form ends a
 * test that still runs.
 */
export function useConnectionTest(form: UseFormReturn<CameraForm>, cameraId?: CameraId) {
  const { place, rest } = useRefusals(form);
  const { test, forget } = useOneTest((values: CameraForm, signal) => {
    const ofCamera = cameraId === undefined ? {} : { cameraId };
    const [source, sub] = [{ ...sourceOf(values), ...ofCamera }, subOf(values)];
    const both = [source, ...(sub.subUrl === undefined ? [] : [{ ...source, ...sub }])];
    return Promise.all(both.map((one) => station.cameras.test(one, { signal })));
  }, place);
  useEffect(() => {
    const changes = form.watch((_values, { name }) => {
      if (name !== undefined && name !== 'name') forget();
    });
    return () => changes.unsubscribe();
  }, [form, forget]);
  return {
    isPending: test.isPending,
    /** Of the main stream, then of the sub stream if there is one. */
    results: test.data ?? [],
    problem: rest(test.error),
    start: async () => {
      if (await form.trigger(['url', 'username', 'password', 'subUrl'], { shouldFocus: true })) {
        test.mutate(form.getValues());
      }
    },
  };
}

/** What follows when the camera of the form was stored, or refused. */
function useSaving(form: UseFormReturn<CameraForm>, onSaved: () => void) {
  const { place, rest } = useRefusals(form);
  const queries = useQueryClient();
  const onSuccess = () => {
    void queries.invalidateQueries({ queryKey: api.cameras.list.key() });
    onSaved();
  };
  return { rest, options: { onSuccess, onError: place } };
}

export function useAddCamera(form: UseFormReturn<CameraForm>, onAdded: () => void) {
  const { rest, options } = useSaving(form, onAdded);
  const add = useMutation(api.cameras.add.mutationOptions(options));
  return {
    isPending: add.isPending,
    problem: rest(add.error),
    submit: (values: CameraForm) => add.mutate({ ...sourceOf(values), ...subOf(values), name: values.name }),
  };
}

export function useChangeSource(form: UseFormReturn<CameraForm>, cameraId: CameraId, onChanged: () => void) {
  const { rest, options } = useSaving(form, onChanged);
  const change = useMutation(api.cameras.setSource.mutationOptions(options));
  return {
    isPending: change.isPending,
    problem: rest(change.error),
    submit: (values: CameraForm) => change.mutate({ cameraId, ...sourceOf(values) }),
  };
}
