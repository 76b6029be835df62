// One-time links and sessions: once, in time, bounded.

import { expect, it } from 'vitest';
import type { Instant, MonotonicClock } from '../../recorder/model/clock.ts';
import { linkLifetimeMs, linksLimit, Sessions, sessionIdleMs, sessionsLimit } from './sessions.ts';

function madeUp() {
  let nowMs = 0;
  const clock: MonotonicClock = {
    now: () => nowMs as unknown as Instant,
    elapsedMs: (since) => nowMs - (since as unknown as number),
  };
  return {
    sessions: new Sessions(clock),
    pass: (ms: number) => {
      nowMs += ms;
    },
  };
}

const redeemed = (sessions: Sessions) => sessions.redeem(sessions.issueLink()) ?? '';

it('a link opens one session, once', () => {
  const { sessions } = madeUp();
  const link = sessions.issueLink();
  expect(Buffer.from(link, 'base64url')).toHaveLength(32);
  const session = sessions.redeem(link);
  expect(session).not.toBe(link);
  expect(sessions.has(session ?? '')).toBe(true);
  expect(sessions.redeem(link)).toBeUndefined();
  expect(sessions.has(link)).toBe(false);
});

it('nothing is let in that was not issued', () => {
  const { sessions } = madeUp();
  expect(sessions.redeem('')).toBeUndefined();
  expect(sessions.redeem(redeemed(sessions))).toBeUndefined();
  expect(sessions.has('')).toBe(false);
});

it('a link grows old, a session only while it is idle', () => {
  const { sessions, pass } = madeUp();
  const link = sessions.issueLink();
  pass(linkLifetimeMs + 1);
  expect(sessions.redeem(link)).toBeUndefined();
  const session = redeemed(sessions);
  for (let day = 0; day < 3; day++) {
    pass(sessionIdleMs - 1);
    expect(sessions.has(session)).toBe(true);
  }
  pass(sessionIdleMs + 1);
  expect(sessions.has(session)).toBe(false);
});

it('the oldest link and the session unused for longest make room', () => {
  const { sessions } = madeUp();
  const first = sessions.issueLink();
  for (let at = 0; at < linksLimit; at++) sessions.issueLink();
  expect(sessions.redeem(first)).toBeUndefined();

  const [used, unused] = [redeemed(sessions), redeemed(sessions)];
  for (let at = 0; at < sessionsLimit - 1; at++) {
    sessions.has(used);
    redeemed(sessions);
  }
  expect(sessions.has(used)).toBe(true);
  expect(sessions.has(unused)).toBe(false);
});
