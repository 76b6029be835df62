// What a window may not do: leave our origin, open others, embed guests, or ask the machine for anything.

import type { Session, WebContents } from 'electron';
import { isOurs } from './origin.ts';

/** The desk itself asks for full screen and for copying text; everything else is refused. */
const allowedPermissions = new Set(['fullscreen', 'clipboard-sanitized-write']);

/** Refuses every permission but those the desk uses, and those only to our own origin. */
export function lockPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, answer, details) => {
    answer(allowedPermissions.has(permission) && isOurs(details.requestingUrl));
  });
  session.setPermissionCheckHandler(
    (_contents, permission, requestingOrigin) =>
      allowedPermissions.has(permission) && isOurs(requestingOrigin),
  );
  session.setDevicePermissionHandler(() => false);
}

/**
 * Keeps a window's contents on our origin: no navigation away, no new windows, no guests. Whoever asks for a window with a
 * page of ours (`onAnother`) gets one that the shell opens itself, locked as this one is.
 */
export function lockNavigation(contents: WebContents, onAnother: () => void): void {
  contents.on('will-navigate', (event) => {
    if (!isOurs(event.url)) event.preventDefault();
  });
  contents.on('will-redirect', (event) => {
    if (!isOurs(event.url)) event.preventDefault();
  });
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    if (isOurs(url)) onAnother();
    return { action: 'deny' };
  });
}
