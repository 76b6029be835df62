// A camera's streams as the recorder opens them, from addresses and sign-ins as they are typed and stored.

import { signInTooLong } from '../../recorder/ffmpeg/input-list.ts';
import type { StreamSource } from '../../recorder/ffmpeg/source.ts';
import type { StreamTransport } from '../../recorder/model/states.ts';
import { LookoutError } from '../contract/errors.ts';
import { readSourceUrl, type SourceAddress, type SourceSecret } from './source-url.ts';

export interface NewSource {
  readonly url: string;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  readonly transport: StreamTransport;
}

/** Throws LookoutError for what no camera can have. */
export function readAddress(input: NewSource): SourceAddress {
  const result = readSourceUrl(input.url, input);
  if (!result.ok) {
    const { message, hint, field } = result;
    throw new LookoutError('INVALID_INPUT', message, { field, ...(hint === undefined ? {} : { hint }) });
  }
  if (signInTooLong(toSource(result.address, input.transport))) {
    throw new LookoutError('INVALID_INPUT', 'User and password together are too long for RTSP.', {
      field: 'password',
      hint: 'Give the camera a shorter password.',
    });
  }
  return result.address;
}

export function toSource(
  { kind, url: shown, secret }: SourceAddress,
  transport: StreamTransport,
): StreamSource {
  const url = secret?.url ?? shown;
  const { username, password = '' } = secret ?? {};
  const signIn = username === undefined ? {} : { signIn: { username, password } };
  return kind === 'rtsp' ? { kind, url, transport, ...signIn } : { kind, url, ...signIn };
}

/**
 * The address of a camera's smaller picture. On the camera's own host it signs in as the camera does, unless the address
 * says otherwise; a sign-in is sent to no other host. `main` is the address as it was
 * read, with its host in the one spelling; `field` is where a refusal is said. Throws LookoutError.
 */
export function readSubAddress(
  text: string,
  main: { readonly url?: string | undefined; readonly transport: StreamTransport },
  { username, password }: SourceSecret = {},
  field = 'url',
): SourceAddress {
  const { transport } = main;
  try {
    const address = readAddress({ url: text, transport });
    const isSignedIn = address.secret?.username !== undefined;
    if (isSignedIn || username === undefined || hostOf(address.url) !== hostOf(main.url)) return address;
    return readAddress({ url: text, transport, username, password });
  } catch (error) {
    if (error instanceof LookoutError)
      throw new LookoutError(error.code, error.message, { ...error.detail, field });
    throw error;
  }
}

/** Undefined for an address that says none. */
export const hostOf = (url: string | undefined) => (url === undefined ? undefined : URL.parse(url)?.hostname);
