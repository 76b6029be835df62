// Disks that a test may fill, pull out and break: mounted in a namespace of their own, so that none is left behind.

import { mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Namespace } from './namespace.ts';
import { Site, type SiteOptions } from './site.ts';

const mebibyte = 1024 * 1024;

export interface DiskSite extends AsyncDisposable {
  readonly site: Site;
  readonly namespace: Namespace;
  /** Mounts a disk in memory; `options` as in tmpfs(5), e.g. `size=32m`. */
  mountMemory(at: string, options: string): void;
  /** Makes a disk image with ext4 on it; returns its path. */
  makeImage(): string;
  mountImage(image: string, at: string): void;
  /** Shows one mount at another place too. */
  bind(from: string, at: string): void;
  /** Takes a mount away although files on it are open. */
  pull(at: string): void;
}

/** A site that is not started yet, in a mount namespace of its own. */
export async function makeDiskSite(options: SiteOptions = {}): Promise<DiskSite> {
  const namespace = await Namespace.make('mnt');
  const seenAt = (file: string) => namespace.seen(file);
  const site = new Site({ ...options, surroundings: { through: namespace.entry }, seenAt });
  return {
    site,
    namespace,
    mountMemory(at, how) {
      mkdirSync(at, { recursive: true });
      namespace.run('mount', '-t', 'tmpfs', '-o', how, 'tmpfs', at);
    },
    makeImage() {
      const image = path.join(site.folder, 'disk.img');
      writeFileSync(image, '');
      truncateSync(image, 64 * mebibyte);
      namespace.run('mkfs.ext4', '-q', '-F', image);
      return image;
    },
    mountImage(image, at) {
      mkdirSync(at, { recursive: true });
      namespace.run('mount', '-o', 'loop,errors=remount-ro', image, at);
    },
    bind(from, at) {
      mkdirSync(at, { recursive: true });
      namespace.run('mount', '--bind', from, at);
    },
    pull: (at) => void namespace.run('umount', '--lazy', at),
    async [Symbol.asyncDispose]() {
      await site[Symbol.asyncDispose]();
      await namespace[Symbol.asyncDispose]();
    },
  };
}
