// The contract over Electron IPC: oRPC's message-port protocol on one channel, every message's sender checked here.

import type { SupportedMessagePort } from '@orpc/client/message-port';
import type { IpcMain, IpcMainEvent, WebContents } from 'electron';
import { callChannel } from '../contract/bridge.ts';
import { isTrustedSender } from './origin.ts';

/** Larger than any call of the contract; a longer message is dropped with its sender's connection. */
const messageLimitBytes = 4 * 1024 * 1024;

type Listener = (event: { data: unknown }) => void;

/** One window's end of the wire, as the port that oRPC knows. */
class WindowPort {
  readonly #contents: WebContents;
  readonly #onMessage = new Set<Listener>();
  readonly #onClose = new Set<() => void>();

  constructor(contents: WebContents) {
    this.#contents = contents;
  }

  readonly port: SupportedMessagePort = {
    on: (event, callback) => {
      if (event === 'message') this.#onMessage.add(callback);
      if (event === 'close') this.#onClose.add(callback);
    },
    postMessage: (data: unknown) => {
      if (!this.#contents.isDestroyed()) this.#contents.send(callChannel, data);
    },
  };

  receive(data: unknown): void {
    for (const listener of this.#onMessage) listener({ data });
  }

  close(): void {
    for (const listener of this.#onClose) listener();
    this.#onMessage.clear();
    this.#onClose.clear();
  }
}

function isAcceptable(data: unknown): data is string | Uint8Array {
  if (typeof data === 'string') return data.length <= messageLimitBytes;
  return data instanceof Uint8Array && data.byteLength <= messageLimitBytes;
}

/**
 * Serves the contract to every trusted window. `upgrade` connects a new window's port to the router; a window that loads
 * anew or goes away is disconnected, which ends its event streams. `onRefused` hears of every message that was dropped.
 */
export function serveCalls(
  ipc: IpcMain,
  upgrade: (port: SupportedMessagePort) => void,
  onRefused: (senderUrl: string) => void,
): void {
  const windows = new Map<number, WindowPort>();

  const connect = (contents: WebContents): WindowPort => {
    const window = new WindowPort(contents);
    const disconnect = () => {
      window.close();
      if (windows.get(contents.id) === window) windows.delete(contents.id);
    };
    contents.once('did-navigate', disconnect);
    contents.once('render-process-gone', disconnect);
    contents.once('destroyed', disconnect);
    windows.set(contents.id, window);
    upgrade(window.port);
    return window;
  };

  ipc.on(callChannel, (event: IpcMainEvent, data: unknown) => {
    if (!isTrustedSender(event) || !isAcceptable(data)) {
      onRefused(event.senderFrame?.url ?? 'a frame that is gone');
      return;
    }
    const window = windows.get(event.sender.id) ?? connect(event.sender);
    window.receive(data);
  });
}
