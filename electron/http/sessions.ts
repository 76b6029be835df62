// One-time links and the sessions they turn into. Tokens are kept as hashes, in memory alone: a restart ends them all.

import { createHash, randomBytes } from 'node:crypto';
import { dayMs, type Instant, type MonotonicClock } from '../../recorder/model/clock.ts';

const tokenBytes = 32;
/** A link that nobody opened is worth nothing after this time. */
export const linkLifetimeMs = 15 * 60_000;
/** A session that asked for nothing for this long is over. */
export const sessionIdleMs = 30 * dayMs;
/** More of either than a desk has; the oldest makes room. */
export const linksLimit = 10;
export const sessionsLimit = 100;

export class Sessions {
  readonly #clock: MonotonicClock;
  /** By hash of the token; when it was made. */
  readonly #links = new Map<string, Instant>();
  /** By hash of the token, least lately used first; when it last asked. */
  readonly #sessions = new Map<string, Instant>();

  constructor(clock: MonotonicClock) {
    this.#clock = clock;
  }

  /** A fresh link's token: opens one session, once, within `linkLifetimeMs`. */
  issueLink(): string {
    return this.#issue(this.#links, linksLimit);
  }

  /** Turns a link's token into a session's; undefined when it was used, is too old or was never issued. */
  redeem(linkToken: string): string | undefined {
    const hash = hashOf(linkToken);
    const madeAt = this.#links.get(hash);
    this.#links.delete(hash);
    if (madeAt === undefined || this.#clock.elapsedMs(madeAt) > linkLifetimeMs) return undefined;
    return this.#issue(this.#sessions, sessionsLimit);
  }

  /** True when the token is of a session; its idle time begins anew. */
  has(sessionToken: string): boolean {
    const hash = hashOf(sessionToken);
    const usedAt = this.#sessions.get(hash);
    this.#sessions.delete(hash);
    if (usedAt === undefined || this.#clock.elapsedMs(usedAt) > sessionIdleMs) return false;
    this.#sessions.set(hash, this.#clock.now());
    return true;
  }

  #issue(kind: Map<string, Instant>, limit: number): string {
    const token = randomBytes(tokenBytes).toString('base64url');
    for (const oldest of kind.keys()) {
      if (kind.size < limit) break;
      kind.delete(oldest);
    }
    kind.set(hashOf(token), this.#clock.now());
    return token;
  }
}

/** Looked up by hash, so that the time a comparison takes says nothing about the token. */
function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('base64');
}
