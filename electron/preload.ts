// What a window of the desktop gets of Electron: one wire to the station, and nothing else.

import { contextBridge, ipcRenderer } from 'electron';
import { callChannel, type DesktopBridge } from './contract/bridge.ts';

const bridge: DesktopBridge = {
  port: {
    send: (data) => ipcRenderer.send(callChannel, data),
    onMessage: (listener) => {
      const onIpc = (_event: unknown, data: unknown) => listener(data);
      ipcRenderer.on(callChannel, onIpc);
      return () => {
        ipcRenderer.off(callChannel, onIpc);
      };
    },
  },
};

contextBridge.exposeInMainWorld('lookout', bridge);
