// The import table, by imports that are right and imports that are not.
import { describe, expect, it } from 'vitest';
import { objection } from './import-table.mjs';

describe('the import table', () => {
  it.each([
    ['recorder/segments/writer.ts', '../media/boxes.ts'],
    ['recorder/segments/writer.ts', './ledger.ts'],
    ['recorder/segments/deep/part.ts', '../ledger.ts'],
    ['recorder/capture/session.ts', '../ffmpeg/process.ts'],
    ['electron/footage/service.ts', '../../recorder/model/ids.ts'],
    ['electron/station.ts', './playback/service.ts'],
    ['electron/shell/window.ts', 'electron'],
    ['electron/main.ts', './shell/window.ts'],
    ['electron/http/requests.ts', '../playback/requests.ts'],
    ['electron/http/requests.ts', './guard.ts'],
    ['electron/http/door.ts', './requests.ts'],
    ['renderer/live/Wall.tsx', '../timeline/viewport.ts'],
    ['renderer/live/Wall.tsx', '../../electron/contract/table.ts'],
    ['recorder/media/boxes.test.ts', 'node:fs'],
    ['tests/e2e/wall.spec.ts', '../../electron/station.ts'],
    ['vite.config.ts', 'vite'],
  ])('lets %s import %s', (file, source) => {
    expect(objection(file, source)).toBeUndefined();
  });

  it.each([
    ['recorder/model/ids.ts', '../media/boxes.ts', 'no other room'],
    ['recorder/model/ids.ts', 'zod', 'pure'],
    ['recorder/media/boxes.ts', 'node:fs', 'pure'],
    ['recorder/live/hub.ts', '../capture/session.ts', 'not recorder/capture/session.ts'],
    ['recorder/capture/session.ts', '../../electron/catalog/open.ts', 'imported in'],
    ['electron/footage/service.ts', '../playback/service.ts', 'may import electron/contract/'],
    ['electron/footage/service.ts', 'electron', 'belongs in electron/shell/'],
    ['electron/footage/service.test.ts', 'electron', 'belongs in electron/shell/'],
    ['electron/http/door.ts', '../playback/requests.ts', 'may import electron/contract/'],
    ['electron/preload.ts', './station.ts', 'may import electron/contract/'],
    ['renderer/live/Wall.tsx', '../../electron/station.ts', 'may import electron/contract/'],
    ['renderer/timeline/viewport.ts', '../live/Wall.tsx', 'may import recorder/model/'],
  ])('refuses %s to import %s and says where it belongs', (file, source, words) => {
    expect(objection(file, source)).toContain(words);
  });
});
