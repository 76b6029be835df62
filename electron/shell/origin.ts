// The one origin the desktop's windows may be of, and the check that a call comes from it.

import type { IpcMainEvent, WebFrameMain } from 'electron';

export const scheme = 'lookout';
export const origin = `${scheme}://station`;
/** The address a window opens; the interface's own routes follow in the hash. */
export const startPage = `${origin}/`;

/** True for an address of our own origin; anything unreadable is foreign. */
export function isOurs(address: string): boolean {
  try {
    const url = new URL(address);
    return url.protocol === `${scheme}:` && url.host === 'station';
  } catch {
    return false;
  }
}

/**
 * True when the message comes from the top frame of one of our windows, showing our origin. A frame that is gone,
 * or has moved on since it sent, is not trusted (Electron security guide, "Validate the sender of all IPC messages").
 */
export function isTrustedSender(event: Pick<IpcMainEvent, 'senderFrame' | 'sender'>): boolean {
  const frame: WebFrameMain | null = event.senderFrame;
  return frame !== null && frame === event.sender.mainFrame && isOurs(frame.url);
}
