// The default session of the stand-in: who may do what is asked of the shell's handlers once, before the first page.

import { note } from './call-log.ts';

type RequestHandler = (
  contents: unknown,
  permission: string,
  answer: (granted: boolean) => void,
  details: { readonly requestingUrl: string },
) => void;
type CheckHandler = (contents: unknown, permission: string, requestingOrigin: string) => boolean;

/** Chromium's permissions by Playwright's names, and what Electron calls them. */
const electronNames: Readonly<Record<string, string>> = {
  notifications: 'notifications',
  geolocation: 'geolocation',
  camera: 'media',
  microphone: 'media',
  midi: 'midi',
  'clipboard-read': 'clipboard-read',
  'clipboard-write': 'clipboard-sanitized-write',
};

// Without a handler Electron grants everything (its security guide, "Handle session permission requests").
let request: RequestHandler = (_contents, _permission, answer) => answer(true);
let check: CheckHandler = () => true;

export class Session {
  setPermissionRequestHandler(handler: RequestHandler): void {
    note('session.setPermissionRequestHandler');
    request = handler;
  }

  setPermissionCheckHandler(handler: CheckHandler): void {
    note('session.setPermissionCheckHandler');
    check = handler;
  }

  setDevicePermissionHandler(handler: (details: unknown) => boolean): void {
    note('session.setDevicePermissionHandler', { grants: handler({}) });
  }
}

/** The permissions, by Playwright's names, that pages of `origin` have by both of the shell's handlers. */
export async function permissionsOf(origin: string): Promise<string[]> {
  const requestingUrl = `${origin}/`;
  const isGranted = (permission: string) =>
    new Promise<boolean>((answer) => {
      if (check(null, permission, requestingUrl)) request(null, permission, answer, { requestingUrl });
      else answer(false);
    });
  const names = await Promise.all(
    Object.entries(electronNames).map(async ([name, electronName]) =>
      (await isGranted(electronName)) ? [name] : [],
    ),
  );
  return names.flat();
}
