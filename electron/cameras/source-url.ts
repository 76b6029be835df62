// A camera's address as typed, read into what may be stored, shown and opened; credentials are split off at once.
// The rules are faults.md "Bad input"; the grammar is RFC 3986, hosts are read as browsers read them (WHATWG URL).

import { isIPv6 } from 'node:net';
import { hideSecrets, masked } from './address-secrets.ts';

/** What is kept under seal: everything of the address that signs in. */
export interface SourceSecret {
  readonly username?: string;
  readonly password?: string;
  /** The whole address, when its path or query carries a secret; the shown one has `***` in its place. */
  readonly url?: string;
}

export interface SourceAddress {
  readonly kind: 'rtsp' | 'http';
  /** Without user, password and secret parameters. */
  readonly url: string;
  readonly secret: SourceSecret | undefined;
}

export type SourceAddressResult =
  | { readonly ok: true; readonly address: SourceAddress }
  | {
      readonly ok: false;
      readonly field: 'url' | 'username' | 'password';
      readonly message: string;
      readonly hint?: string;
    };

const kinds: ReadonlyMap<string, 'rtsp' | 'http'> = new Map([
  ['rtsp', 'rtsp'],
  ['rtsps', 'rtsp'],
  ['http', 'http'],
  ['https', 'http'],
]);

/** As the contract limits the fields of their own (`Username`, `Password`). */
const usernameLimit = 128;
const passwordLimit = 256;
/** Longest host name in DNS (RFC 1035). */
const hostLimit = 253;
const urlLimit = 2_000;

/** Control characters, blanks, and marks that turn the reading direction around. */
const unprintable = /[\p{Cc}\p{Cf}\p{Z}]/u;
/** Printable ASCII that RFC 3986 leaves out of addresses; among it what shells and FFmpeg's concat protocol act on. */
const foreign = /["<>\\^`{|}]/;

type Refusal = Extract<SourceAddressResult, { ok: false }>;
type Part<Value> = { readonly ok: true; readonly value: Value } | Refusal;

function refuse(message: string, hint?: string, field: Refusal['field'] = 'url'): Refusal {
  return { ok: false, field, message, ...(hint === undefined ? {} : { hint }) };
}

/**
 * Reads an address. `given` are user and password from fields of their own; they win over those in the address.
 * Never throws; a refusal's words are for the operator and never repeat a password.
 */
export function readSourceUrl(
  text: string,
  given: { readonly username?: string | undefined; readonly password?: string | undefined } = {},
): SourceAddressResult {
  const typed = text.trim();
  if (!typed.isWellFormed() || unprintable.test(typed)) {
    return refuse(
      'The address holds blanks or characters that cannot be seen.',
      'Type it anew instead of pasting it.',
    );
  }
  const [, scheme = '', rest = ''] = /^([a-z][a-z0-9+.-]*):\/\/(.*)$/i.exec(typed) ?? [];
  const kind = kinds.get(scheme.toLowerCase());
  if (kind === undefined) {
    return refuse('The address begins with rtsp://, rtsps://, http:// or https://.');
  }
  const authorityEnd = rest.search(/[/?#]/);
  const authority = authorityEnd < 0 ? rest : rest.slice(0, authorityEnd);
  const tail = authorityEnd < 0 ? '' : rest.slice(authorityEnd);

  if (authority.includes('\\')) {
    // Browsers read it as a slash, others as part of the user: one of them would connect to another host.
    return refuse('The address holds a backslash.', 'A password that has one belongs into its own field.');
  }
  const at = authority.lastIndexOf('@');
  const signIn = readSignIn(at < 0 ? undefined : authority.slice(0, at), given);
  if (!signIn.ok) return signIn;
  const place = readPlace(authority.slice(at + 1));
  if (!place.ok) return place;
  const path = readTail(tail);
  if (!path.ok) return path;

  const hidden = hideSecrets(path.value);
  if (hidden.secrets.includes(masked)) {
    // An address as it is shown: opened like this, the camera would be given three asterisks for a password.
    return refuse('The address has *** in place of its password.', 'Type the password again.');
  }

  const base = `${scheme.toLowerCase()}://${place.value}`;
  const url = base + path.value;
  if (url.length > urlLimit) return refuse(`An address has at most ${urlLimit} characters.`);
  const shown = base + hidden.shown;
  const secret: SourceSecret = { ...signIn.value, ...(shown === url ? {} : { url }) };
  return {
    ok: true,
    address: { kind, url: shown, secret: Object.keys(secret).length === 0 ? undefined : secret },
  };
}

/** `userinfo` of RFC 3986; a `%` that encodes nothing is taken as typed, because that is how passwords get pasted. */
function readSignIn(
  userinfo: string | undefined,
  given: { readonly username?: string | undefined; readonly password?: string | undefined },
): Part<{ username?: string; password?: string }> {
  const colon = userinfo?.indexOf(':') ?? -1;
  const username = nonEmpty(given.username) ?? decoded(colon < 0 ? userinfo : userinfo?.slice(0, colon));
  const password = nonEmpty(given.password) ?? decoded(colon < 0 ? undefined : userinfo?.slice(colon + 1));
  if (username !== undefined) {
    if (/\p{Cc}/u.test(username))
      return refuse('A user name has no control characters.', undefined, 'username');
    if (username.length > usernameLimit) {
      return refuse(`A user name has at most ${usernameLimit} characters.`, undefined, 'username');
    }
  }
  if (password !== undefined) {
    if (/\p{Cc}/u.test(password))
      return refuse('A password has no control characters.', undefined, 'password');
    if (password.length > passwordLimit) {
      return refuse(`A password has at most ${passwordLimit} characters.`, undefined, 'password');
    }
    if (username === undefined) {
      return refuse('A password needs a user name.', 'Many cameras call it admin.', 'username');
    }
  }
  return {
    ok: true,
    value: {
      ...(username === undefined ? {} : { username }),
      ...(password === undefined ? {} : { password }),
    },
  };
}

function nonEmpty(text: string | undefined): string | undefined {
  return text === '' ? undefined : text;
}

function decoded(text: string | undefined): string | undefined {
  if (text === undefined || text === '') return undefined;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Host and port, in the one spelling that resolvers cannot read differently (`0x7f.1` becomes `127.0.0.1`). */
function readPlace(hostAndPort: string): Part<string> {
  const [, typedHost, typedPort] = /^(\[[^\]]*\]|[^:]*)(?::(.*))?$/s.exec(hostAndPort) ?? [];
  if (typedHost === undefined) {
    return refuse(
      'The host of the address cannot be read.',
      'An IPv6 address stands in brackets: rtsp://[fd00::5]/',
    );
  }
  if (typedHost === '')
    return refuse('The address names no host.', 'For example rtsp://192.168.1.20/stream1');
  if (
    typedPort !== undefined &&
    !(/^\d{1,5}$/.test(typedPort) && Number(typedPort) >= 1 && Number(typedPort) <= 65_535)
  ) {
    return refuse(
      'The port of the address is a number from 1 to 65535.',
      'A password with / ? # or : belongs into its own field.',
    );
  }
  const host = canonicalHost(typedHost);
  if (host === undefined || host.length > hostLimit) return refuse('The host of the address cannot be read.');
  if (isBlocked(host))
    return refuse('This host is not a camera.', 'It is an address of a group, of nobody or of a cloud.');
  return { ok: true, value: typedPort === undefined ? host : `${host}:${Number(typedPort)}` };
}

function canonicalHost(host: string): string | undefined {
  let read: string;
  try {
    read = new URL(`http://${host}/`).hostname;
  } catch {
    return undefined;
  }
  if (read.startsWith('[')) return read;
  const name = read.replace(/\.$/, '');
  // A name with an empty part is none in DNS, and what resolvers make of it differs.
  return /^[a-z0-9_][a-z0-9_-]*(\.[a-z0-9_-]+)*$/.test(name) ? name : undefined;
}

const embeddings: ReadonlySet<string> = new Set(['0:0:0:0:0:ffff', '0:0:0:0:ffff:0', '64:ff9b:0:0:0:0']);

/** Addresses at which no camera can be: this network, multicast, reserved, broadcast; and where clouds keep their keys. */
function isBlocked(host: string): boolean {
  if (host === 'metadata.google.internal' || host === '169.254.169.254' || host === '100.100.100.200')
    return true;
  const first = /^(\d+)\.\d+\.\d+\.\d+$/.exec(host)?.[1];
  if (first !== undefined) return Number(first) === 0 || Number(first) >= 224;
  const six = host.startsWith('[') ? host.slice(1, -1) : undefined;
  if (six === undefined || !isIPv6(six)) return false;
  if (six === '::' || six.startsWith('ff') || six === 'fd00:ec2::254') return true;
  const four = embeddedIPv4(six);
  return four !== undefined && isBlocked(four);
}

/**
 * The IPv4 address that an IPv6 address stands for: mapped and compatible (RFC 4291), translated (RFC 6052, RFC 7915), 6to4
 * (RFC 3056). `six` in a browser's spelling.
 */
function embeddedIPv4(six: string): string | undefined {
  const [head = '', tail] = six.split('::');
  const groups = (text: string) =>
    text.split(':').flatMap((group) => (group === '' ? [] : [Number.parseInt(group, 16)]));
  const [before, after] = [groups(head), groups(tail ?? '')];
  const all = [...before, ...Array<number>(8 - before.length - after.length).fill(0), ...after];
  const dotted = (high = 0, low = 0) => [high >> 8, high & 255, low >> 8, low & 255].join('.');
  if (all[0] === 0x2002) return dotted(all[1], all[2]);
  const start = all
    .slice(0, 6)
    .map((group) => group.toString(16))
    .join(':');
  // `::1` and its like are addresses of their own.
  const isCompatible = start === '0:0:0:0:0:0' && all[6] !== 0;
  return isCompatible || embeddings.has(start) ? dotted(all[6], all[7]) : undefined;
}

/** Path and query: kept as typed, apart from what must be percent-encoded. */
function readTail(tail: string): Part<string> {
  const wrong = foreign.exec(tail)?.[0];
  if (wrong !== undefined) {
    return refuse(
      `The address holds the character ${wrong}`,
      'If the camera wants it, write it percent-encoded.',
    );
  }
  if (tail.includes('#')) {
    return refuse(
      'The address has a part after #, which no camera ever sees.',
      'Write %23 if the # belongs to the path.',
    );
  }
  if (tail.includes('@')) {
    return refuse(
      'The address holds an @ after the host.',
      'A password with / ? or # belongs into its own field; an @ of the path is written %40.',
    );
  }
  return { ok: true, value: tail.replace(/[^\x21-\x7e]+/g, encodeURIComponent).replaceAll("'", '%27') };
}
