// What a camera's address and sign-in become when they are changed: what is kept of the stored sign-in, and where it may go.

import type { StreamTransport } from '../../recorder/model/states.ts';
import { LookoutError } from '../contract/errors.ts';
import { masked } from './address-secrets.ts';
import type { SourceAddress, SourceSecret } from './source-url.ts';
import { hostOf, type NewSource, readAddress, readSubAddress } from './stream-source.ts';

/** A stream as it is stored, its seal opened. */
export interface StoredSource {
  /** As it is shown; undefined for one that has no address. */
  readonly url?: string | undefined;
  readonly secret: SourceSecret | undefined;
}

/**
 * The address of a camera from now on. The shown one unchanged is the stored one with all its secrets. On the camera's own host
 * the stored sign-in is kept, or the user name beside a password that comes alone; it is sent to no other host. A user name is
 * the begin of another sign-in. Throws LookoutError.
 */
export function readChangedAddress(input: NewSource, before: StoredSource): SourceAddress {
  if (before.url === undefined) {
    const hint = 'Add the camera as one of its own.';
    throw new LookoutError('INVALID_INPUT', 'A test pattern has no address.', { field: 'url', hint });
  }
  const { username, password, transport } = input;
  const url = (input.url.trim() === before.url ? before.secret?.url : undefined) ?? input.url;
  const address = readAddress({ url, transport });
  const stored = before.secret?.username;
  const isNew = (username ?? '') !== '' || address.secret?.username !== undefined;
  if (isNew || stored === undefined || hostOf(address.url) !== hostOf(before.url)) {
    return readAddress({ url, transport, username, password });
  }
  const kept = (password ?? '') === '' ? before.secret?.password : password;
  return readAddress({ url, transport, username: stored, password: kept });
}

/**
 * The address of a sub stream after its camera's has changed, as if it were given to the camera anew; undefined where it stays as
 * it is stored: on another host than the camera, or with a sign-in of its own. Throws LookoutError.
 */
export function readChangedSub(
  sub: StoredSource,
  before: StoredSource,
  after: SourceAddress,
  transport: StreamTransport,
): SourceAddress | undefined {
  const url = sub.secret?.url ?? sub.url;
  const isItsOwn = sub.secret?.username !== undefined && !signsInAlike(sub.secret, before.secret);
  // A seal that cannot be opened any more hides what stands in place of the asterisks.
  if (url === undefined || url.includes(masked) || isItsOwn) return undefined;
  if (hostOf(sub.url) !== hostOf(after.url)) return undefined;
  return readSubAddress(url, { url: after.url, transport }, after.secret);
}

function signsInAlike(one: SourceSecret, other: SourceSecret | undefined): boolean {
  return one.username === other?.username && one.password === other?.password;
}
