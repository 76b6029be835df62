// What a test that shares its site adds to it: another camera for each attempt, so that one that failed can be repeated.

import type { TestContext } from 'vitest';
import type { Camera } from '../../electron/contract/shapes.ts';
import type { Site } from './site.ts';

type Added = Parameters<Site['client']['cameras']['add']>[0];

/** Adds a camera under a name that no earlier attempt took; an attempt that fails takes its camera away with it. */
export async function addForAttempt(
  { task, onTestFailed }: Pick<TestContext, 'task' | 'onTestFailed'>,
  site: Site,
  camera: Added,
): Promise<Camera> {
  const retries = task.result?.retryCount ?? 0;
  const name = retries === 0 ? camera.name : `${camera.name} again ${retries}`;
  const added = await site.client.cameras.add({ ...camera, name });
  onTestFailed(async () => {
    const cameras = await site.client.cameras.list();
    if (cameras.some(({ id }) => id === added.id)) await site.client.cameras.remove({ cameraId: added.id });
  });
  return added;
}
