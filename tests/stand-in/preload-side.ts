// What `require('electron')` gives a preload script in the stand-in. Its source text is carried into the page and runs there.

/** Binary messages cross the debugging protocol's JSON as base64. */
export type Wire = { readonly text: string } | { readonly base64: string };

/** Names of the page's globals through which messages cross: out by Playwright's binding, in by a function of ours. */
export const sendBinding = '__lookoutStandInSend';
export const receiveFunction = '__lookoutStandInReceive';
export const openBinding = '__lookoutStandInOpen';
export const documentBinding = '__lookoutStandInDocument';

/**
 * The first thing that runs in a new document of the top frame: it tells of itself on the way that its messages take, so that
 * none of them comes before it, as in Electron, where a navigation is told when it is committed.
 */
export const tellOfDocument = `if (window === window.top) globalThis[${JSON.stringify(documentBinding)}]();`;

/**
 * For every frame: the shell is asked before there is a window, as in Electron, where Chromium would open one first. What
 * the caller gets is null even when the shell allows it.
 */
export const askBeforeOpening = `{
  const ask = globalThis[${JSON.stringify(openBinding)}];
  window.open = (url = 'about:blank') => {
    ask(new URL(url, location.href).href);
    return null;
  };
}`;

export interface ElectronOfPreload {
  readonly contextBridge: { exposeInMainWorld(name: string, api: unknown): void };
  readonly ipcRenderer: {
    send(channel: string, ...args: unknown[]): void;
    on(channel: string, listener: (event: unknown, ...args: unknown[]) => void): unknown;
    off(channel: string, listener: (event: unknown, ...args: unknown[]) => void): unknown;
  };
}

/**
 * The page's half of the stand-in; may refer to nothing outside of itself. There is no isolated world: the script's globals
 * are the page's, which is the one thing of `contextIsolation` that only Electron has.
 */
export function electronOfPreload(sendName: string, receiveName: string): ElectronOfPreload {
  const listeners = new Map<string, ((event: unknown, ...args: unknown[]) => void)[]>();
  const toWire = (data: unknown): Wire => {
    if (typeof data === 'string') return { text: data };
    if (!(data instanceof Uint8Array)) throw new TypeError('the stand-in carries text and bytes alone');
    return { base64: btoa(Array.from(data, (byte) => String.fromCharCode(byte)).join('')) };
  };
  const fromWire = (wire: Wire): string | Uint8Array =>
    'text' in wire ? wire.text : Uint8Array.from(atob(wire.base64), (char) => char.charCodeAt(0));

  // Taken now: a test that attaches itself to the page may take what Playwright put into it away.
  const send = Reflect.get(globalThis, sendName) as (channel: string, wire: Wire) => void;
  Reflect.set(globalThis, receiveName, (channel: string, wire: Wire) => {
    const data = fromWire(wire);
    for (const listener of [...(listeners.get(channel) ?? [])]) listener({}, data);
  });
  return {
    contextBridge: {
      exposeInMainWorld: (name, api) => {
        Object.defineProperty(globalThis, name, { value: Object.freeze(api), enumerable: true });
      },
    },
    ipcRenderer: {
      send: (channel, data) => {
        send(channel, toWire(data));
      },
      on: (channel, listener) => listeners.set(channel, [...(listeners.get(channel) ?? []), listener]),
      off: (channel, listener) =>
        listeners.set(
          channel,
          (listeners.get(channel) ?? []).filter((other) => other !== listener),
        ),
    },
  };
}

/** A preload script as Electron runs it: in the top frame alone (without nodeIntegrationInSubFrames), as CommonJS. */
export function wrapPreload(source: string): string {
  const names = `${JSON.stringify(sendBinding)}, ${JSON.stringify(receiveFunction)}`;
  return `if (window === window.top) (() => {
    const electron = (${electronOfPreload.toString()})(${names});
    const require = (name) => {
      if (name === 'electron') return electron;
      throw new Error('a sandboxed preload script may not require ' + name);
    };
    const exports = {};
    const module = { exports };
    (() => {\n${source}\n})();
  })();`;
}
