// `check` and `rebuild` as somebody types them: their words, their JSON, what they end with.

import { spawnSync } from 'node:child_process';
import { rmSync, truncateSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { claimDataFolder } from './data-folder.ts';
import { MadeStationStore } from './footage/made-station-store.ts';

const beganMs = Date.UTC(2026, 4, 1);

let made: MadeStationStore;
let files: string[];
beforeEach(async () => {
  made = new MadeStationStore();
  const store = await made.open();
  await store.record(made.addCamera(store, 'Gate'), beganMs, beganMs + 20_000);
  await store.close();
  files = (await made.files()).filter((file) => file.endsWith('.mp4'));
});
afterEach(() => made.remove());

function run(...words: string[]) {
  const program = path.join(import.meta.dirname, 'headless.ts');
  const [command = '', ...rest] = words;
  const args = [program, command, '--data', made.dataFolder, ...rest];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', timeout: 30_000 });
  return { status, stdout, stderr };
}

describe('check', () => {
  it('ends with 0 and says in words and in JSON that all is well', () => {
    const said = run('check', '--all');
    expect(said).toMatchObject({ status: 0, stderr: '' });
    expect(said.stdout).toContain('ok     Invariant 1');
    const report = JSON.parse(run('check', '--json', '--presence').stdout) as { isSound: boolean };
    expect(report.isSound).toBe(true);
  });

  it('ends with 1 and names the file when one is broken', () => {
    truncateSync(path.join(made.footageFolder, files[2] ?? ''), 10);
    const said = run('check', '--part', '3');
    expect(said.status).toBe(1);
    expect(said.stdout).toContain(`size: ${files[2]}`);
  });

  it('ends with 2 for what it does not understand, with 4 without a catalog', () => {
    expect(run('check', '--part', '31').status).toBe(2);
    expect(run('check', '--all', '--presence').status).toBe(2);
    rmSync(made.catalogFile);
    expect(run('check').status).toBe(4);
  });
});

describe('rebuild', () => {
  it('makes the catalog anew, and the check agrees with it', () => {
    rmSync(path.dirname(made.catalogFile), { recursive: true });
    const said = run('rebuild', '--json');
    expect(said.status).toBe(0);
    expect(JSON.parse(said.stdout)).toMatchObject({
      cameras: 1,
      segments: 5,
      left: [],
      missing: [],
      withoutSignIn: ['Gate'],
    });
    expect(run('check', '--all').status).toBe(0);
  });

  it('takes in a volume that nothing tells of, and says when one is not there', () => {
    rmSync(path.dirname(made.catalogFile), { recursive: true });
    rmSync(path.join(made.dataFolder, 'volumes.json'));
    const said = run('rebuild', '--volume', made.footageFolder, '--volume', '/dev/null/nowhere');
    expect(said.status).toBe(1);
    expect(said.stdout).toContain('5 segments');
    expect(said.stdout).toContain('No volume is there: /dev/null/nowhere');
  });

  it('ends with 3 while a station runs', () => {
    const release = claimDataFolder(made.dataFolder);
    expect(run('rebuild').status).toBe(3);
    release();
  });
});
