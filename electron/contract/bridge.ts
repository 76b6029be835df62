// The wire between a desktop window and the station: its channel, and what the preload script puts on the window.

/** The one IPC channel; it carries oRPC's message-port protocol and nothing else. */
export const callChannel = 'lookout:rpc';

/** `window.lookout` in the desktop; absent in a browser. */
export interface DesktopBridge {
  readonly port: {
    send(data: string | Uint8Array): void;
    /** Calls back with every message from the station; the answer ends it. */
    onMessage(listener: (data: unknown) => void): () => void;
  };
}
