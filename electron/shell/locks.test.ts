// What the locks answer to each thing a page may ask for or try.

import { EventEmitter } from 'node:events';
import type { Session, WebContents } from 'electron';
import { expect, it } from 'vitest';
import { lockNavigation, lockPermissions } from './locks.ts';

type RequestHandler = NonNullable<Parameters<Session['setPermissionRequestHandler']>[0]>;
type CheckHandler = NonNullable<Parameters<Session['setPermissionCheckHandler']>[0]>;
type DeviceHandler = NonNullable<Parameters<Session['setDevicePermissionHandler']>[0]>;

/** The handlers that the lock sets, asked as Electron asks them. */
function lockedSession() {
  let request: RequestHandler | undefined;
  let check: CheckHandler | undefined;
  let device: DeviceHandler | undefined;
  lockPermissions({
    setPermissionRequestHandler: (handler) => (request = handler ?? undefined),
    setPermissionCheckHandler: (handler) => (check = handler ?? undefined),
    setDevicePermissionHandler: (handler) => (device = handler ?? undefined),
  } as Partial<Session> as Session);
  const asked = (permission: string, requestingUrl: string) => {
    let answer: boolean | undefined;
    request?.(
      {} as WebContents,
      permission as Parameters<RequestHandler>[1],
      (granted) => (answer = granted),
      { requestingUrl, isMainFrame: true },
    );
    return [answer, check?.(null, permission as Parameters<CheckHandler>[1], requestingUrl, {} as never)];
  };
  return { asked, device: () => device?.({ deviceType: 'usb' } as Parameters<DeviceHandler>[0]) };
}

const ours = 'lookout://station/';

it('grants our own page full screen and copying text, and nobody anything else', () => {
  const { asked, device } = lockedSession();
  expect(asked('fullscreen', ours)).toEqual([true, true]);
  expect(asked('clipboard-sanitized-write', ours)).toEqual([true, true]);
  const others = ['media', 'geolocation', 'notifications', 'clipboard-read', 'openExternal', 'midi', 'usb'];
  const foreign = ['https://example.org/', 'lookout://other/', 'file:///etc/passwd', '', 'about:blank'];
  expect(others.filter((permission) => asked(permission, ours).includes(true))).toEqual([]);
  expect(foreign.filter((url) => asked('fullscreen', url).includes(true))).toEqual([]);
  expect(device()).toBe(false);
});

it('stops navigation away, new windows and guests', () => {
  const contents = new EventEmitter() as EventEmitter & Partial<WebContents>;
  let open: (url: string) => unknown = () => undefined;
  contents.setWindowOpenHandler = (handler) => {
    open = (url) => handler({ url } as Parameters<typeof handler>[0]);
  };
  let asked = 0;
  lockNavigation(contents as WebContents, () => {
    asked += 1;
  });
  for (const url of ['https://example.org/', 'about:blank', 'file:///etc/passwd', 'lookout://other/']) {
    expect(open(url)).toEqual({ action: 'deny' });
  }
  expect(asked).toBe(0);
  expect(open(`${ours}#/live`)).toEqual({ action: 'deny' });
  expect(asked).toBe(1);
  const isPrevented = (event: string, url: string) => {
    let prevented = false;
    contents.emit(event, { url, preventDefault: () => (prevented = true) });
    return prevented;
  };
  for (const event of ['will-navigate', 'will-redirect']) {
    expect(isPrevented(event, `${ours}#/playback`)).toBe(false);
    expect(isPrevented(event, 'https://example.org/')).toBe(true);
    expect(isPrevented(event, 'lookout://station.example.org/')).toBe(true);
    expect(isPrevented(event, 'file:///etc/passwd')).toBe(true);
  }
  expect(isPrevented('will-attach-webview', ours)).toBe(true);
});
