// The loopback door's checks, request by request.

import { describe, expect, it } from 'vitest';
import { systemClocks } from '../../recorder/model/clock.ts';
import { localAdmin } from '../accounts/person.ts';
import { admission, guarded } from './guard.ts';
import { Sessions } from './sessions.ts';

const port = 4711;
const host = `127.0.0.1:${port}`;

function door() {
  const sessions = new Sessions(systemClocks.monotonic);
  const served: string[] = [];
  const guard = guarded(admission({ port, sessions, person: localAdmin }), async (request) => {
    served.push(request.url);
    return new Response('served');
  });
  const ask = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
    guard(new Request(`http://${host}${path}`, { method, headers: { host, ...headers } }));
  const signIn = async () => {
    const response = await ask(`/?link=${sessions.issueLink()}`);
    return (response.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  };
  return { sessions, served, ask, signIn };
}

describe('without a session', () => {
  it.each(['/', '/index.html', '/rpc/cameras/list', '/live/x', '/footage/x/1.mp4', '/nothing'])(
    'GET %s is refused',
    async (path) => {
      const { ask, served } = door();
      const response = await ask(path);
      expect(response.status).toBe(401);
      const refusal = { code: 'NOT_SIGNED_IN' };
      expect(await response.json()).toMatchObject(path.startsWith('/rpc/') ? { json: refusal } : refusal);
      expect(served).toEqual([]);
    },
  );

  it('a person is told how to get in', async () => {
    const response = await door().ask('/', { accept: 'text/html,*/*' });
    expect(response.status).toBe(401);
    expect(await response.text()).toMatch(
      /Open the link .* another one, (?:start it again|type “kill -USR2 \d+”)/,
    );
  });

  it.each(['', 'x', '%00', 'a'.repeat(43)])('the link %j opens nothing', async (link) => {
    const response = await door().ask(`/?link=${link}`);
    expect(response.status).toBe(401);
    expect(response.headers.get('set-cookie')).toBeNull();
  });
});

describe('a one-time link', () => {
  it('becomes a session that no script can read and no other site can send', async () => {
    const { ask, sessions } = door();
    const link = `/?link=${sessions.issueLink()}`;
    const response = await ask(link);
    expect(response.status).toBe(303);
    expect(response.headers.get('location')).toBe('/');
    expect(response.headers.get('set-cookie')).toMatch(
      /^lookout-4711=[\w-]{43}; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Strict$/,
    );
    expect((await ask(link)).status).toBe(401);
  });

  it('is not used up by a look at its headers', async () => {
    const { ask, sessions } = door();
    const link = `/?link=${sessions.issueLink()}`;
    expect((await ask(link, {}, 'HEAD')).status).toBe(401);
    expect((await ask(link)).status).toBe(303);
  });

  it('opens from another site’s page as well, the page itself alone', async () => {
    const { ask, sessions } = door();
    const link = `/?link=${sessions.issueLink()}`;
    const embedded = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' };
    expect((await ask(link, embedded)).status).toBe(403);
    expect((await ask(link, { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' })).status).toBe(
      303,
    );
  });

  it('does not cost a session that stands', async () => {
    const { ask, signIn, sessions } = door();
    const cookie = await signIn();
    expect((await ask('/?link=old', { cookie })).status).toBe(303);
    const unused = sessions.issueLink();
    await ask(`/?link=${unused}`, { cookie });
    expect(sessions.redeem(unused)).toBeDefined();
  });
});

describe('with a session', () => {
  it('requests are served', async () => {
    const { ask, signIn, served } = door();
    const cookie = await signIn();
    expect(await (await ask('/', { cookie: `other=1; ${cookie}` })).text()).toBe('served');
    const headers = { cookie, origin: `http://${host}`, 'sec-fetch-site': 'same-origin' };
    expect((await ask('/rpc/cameras/list', headers, 'POST')).status).toBe(200);
    expect(served).toHaveLength(2);
  });

  it('the browser keeps it as long as the station does: from the last page or call on', async () => {
    const { ask, signIn } = door();
    const cookie = await signIn();
    const again = `${cookie}; Max-Age=2592000; Path=/; HttpOnly; SameSite=Strict`;
    expect((await ask('/', { cookie })).headers.get('set-cookie')).toBe(again);
    expect((await ask('/rpc/cameras/list', { cookie }, 'POST')).headers.get('set-cookie')).toBe(again);
    expect((await ask('/footage/x/1.mp4', { cookie })).headers.get('set-cookie')).toBeNull();
  });

  it('the host must be ours: a name pointed at this machine is not', async () => {
    const { ask, signIn } = door();
    const cookie = await signIn();
    for (const other of [
      'evil.example',
      `evil.example:${port}`,
      '127.0.0.1',
      '127.0.0.1:80',
      `[::1]:${port}`,
      '',
    ]) {
      expect((await ask('/', { cookie, host: other })).status).toBe(421);
    }
    expect((await ask('/', { cookie, host: `localhost:${port}` })).status).toBe(200);
  });

  it.each([
    [{ origin: 'http://evil.example' }],
    [{ origin: 'null' }],
    // Same site for the browser, so that it sends the cookie; another program for us.
    [{ origin: 'http://127.0.0.1:9999' }],
    [{ origin: `https://${host}` }],
    [{ origin: `http://localhost:${port}` }],
    [{ 'sec-fetch-site': 'cross-site' }],
    [{ 'sec-fetch-site': 'same-site' }],
    [{ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }],
  ])('another origin is refused: %j', async (headers) => {
    const { ask, signIn, served } = door();
    const cookie = await signIn();
    expect((await ask('/rpc/cameras/remove', { cookie, ...headers }, 'POST')).status).toBe(403);
    expect((await ask('/footage/x/1.mp4', { cookie, ...headers })).status).toBe(403);
    expect(served).toEqual([]);
  });
});
