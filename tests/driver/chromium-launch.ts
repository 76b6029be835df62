// How the machine's Chromium is started, the same for end-to-end tests, the stand-in and benches.

import { existsSync } from 'node:fs';

const quiet = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-quic',
  '--disable-gpu',
  '--autoplay-policy=no-user-gesture-required',
];
/** Chromium's sandbox refuses to run as root. */
const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

/** Launch options for Playwright. Debian's Chromium plays H.264, which the build Playwright downloads does not. */
export function chromiumLaunch(): { args: string[]; executablePath?: string } {
  const executablePath = ['/usr/bin/chromium', '/usr/bin/google-chrome'].find((file) => existsSync(file));
  return { args: [...quiet, ...asRoot], ...(executablePath === undefined ? {} : { executablePath }) };
}
