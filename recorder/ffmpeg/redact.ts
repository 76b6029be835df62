// Takes addresses and sign-ins out of words that FFmpeg said, before anyone sees or stores them (product C2).

import { encodeSignIn } from './input-list.ts';
import type { StreamSource } from './source.ts';

/** Shorter secrets would tear holes into every sentence; inside addresses they are hidden all the same. */
const literalSecretLength = 4;
const anyAddress = /\b([a-z][a-z0-9+.-]*:\/\/)(?:[^\s/?#'"]*@)?([^\s/?#'"]*)[^\s'"]*/gi;

/**
 * Words without secrets: of each address only scheme, host and port are left (paths and queries of some makers hold the
 * password too), and the source's password is replaced wherever it stands, plain or percent-encoded.
 */
export function redactor(source: StreamSource): (text: string) => string {
  const signIn = source.kind === 'test-pattern' ? undefined : source.signIn;
  const secrets =
    signIn === undefined
      ? []
      : [
          signIn.password,
          encodeSignIn({ username: '', password: signIn.password }).slice(1),
          encodeSignIn(signIn),
        ];
  const literal = [...new Set(secrets)]
    .filter((secret) => secret.length >= literalSecretLength)
    .sort((a, b) => b.length - a.length);
  return (text) => {
    let clean = text;
    for (const secret of literal) clean = clean.replaceAll(secret, '[hidden]');
    return clean.replace(anyAddress, '$1$2');
  };
}
