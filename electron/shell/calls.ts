// The contract over Electron IPC: oRPC's message-port protocol on one channel, every message's sender checked here.

import type { SupportedMessagePort } from '@orpc/client/message-port';
import { RPCHandler } from '@orpc/server/message-port';
import type { IpcMain, IpcMainEvent, WebContents } from 'electron';
import { type CallContext, codedDecoding } from '../calls.ts';
import { callChannel } from '../contract/bridge.ts';
import type { Station } from '../station.ts';
import { type CallMessage, readCallMessage } from './call-message.ts';
import { isTrustedSender } from './origin.ts';

type Listener = (event: { data: CallMessage }) => void;

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

  receive(data: CallMessage): void {
    for (const listener of this.#onMessage) listener({ data });
  }

  close(): void {
    for (const listener of this.#onClose) listener();
    this.#onMessage.clear();
    this.#onClose.clear();
  }
}

interface Served {
  readonly router: Station['router'];
  /** Of whoever sits at this desk. */
  readonly context: CallContext;
  /** Hears the address of the sender of every message that was dropped. */
  onRefused(senderUrl: string): void;
}

/**
 * Serves the contract to every trusted window. A window's first message connects it; one that loads anew or goes away is
 * disconnected, which ends its event streams.
 */
export function serveCalls(ipc: IpcMain, { router, context, onRefused }: Served): void {
  const handler = new RPCHandler(router, { interceptors: [codedDecoding] });
  const windows = new Map<number, WindowPort>();

  const connect = (contents: WebContents): WindowPort => {
    const window = new WindowPort(contents);
    const disconnect = () => {
      contents.off('did-navigate', disconnect);
      contents.off('render-process-gone', disconnect);
      contents.off('destroyed', disconnect);
      window.close();
      windows.delete(contents.id);
    };
    contents.on('did-navigate', disconnect);
    contents.on('render-process-gone', disconnect);
    contents.on('destroyed', disconnect);
    windows.set(contents.id, window);
    handler.upgrade(window.port, { context });
    return window;
  };

  ipc.on(callChannel, (event: IpcMainEvent, data: unknown) => {
    const message = isTrustedSender(event) ? readCallMessage(data) : undefined;
    if (message === undefined) {
      onRefused(event.senderFrame?.url ?? 'a frame that is gone');
      return;
    }
    const window = windows.get(event.sender.id) ?? connect(event.sender);
    window.receive(message);
  });
}
