// Where path and query of a camera's address carry a sign-in. Makers agree on nothing here, so whatever looks like one is
// hidden: what is hidden for nothing only shows less of an address, which is opened as it was typed.

/** What is shown in place of a secret. */
export const masked = '***';

/**
 * Names of parameters that sign in: `password`, `usr_pwd`, `loginpas`, `api_key`, `streamToken`, `authorization`. Of the
 * words that only look like it, those that cameras do use are left alone: `keyframe`, `author`, `passive`, `passthrough`.
 */
const secretName =
  /pass(?!ive|thr)|pas(?![a-z])|pwd|psw|pw(?![a-z])|token|auth(?!or(?!i[sz]))|secret|key(?![a-z])/i;
/** A name ends at its `=`, and begins after what separates parameters, or after the value before it: `user=admin_password=`. */
const nameBeforeValue = /(?<=^|[/?&;=])[^/?&;=]+(?==)/g;
/** `user:password` as a part of the path; a number of up to two digits is a channel's. */
const signInPart = /(?<=\/)[^/?:=]+?(?::|%3a)(?!\d{1,2}(?:[/?]|$))([^/?]+)/dgi;

/** A stretch of the text, its end not included. */
interface Stretch {
  readonly start: number;
  end: number;
}

export interface HiddenSecrets {
  /** With `***` in place of each secret. */
  readonly shown: string;
  readonly secrets: readonly string[];
}

/** `tail`: path and query of an address. */
export function hideSecrets(tail: string): HiddenSecrets {
  const queryAt = tail.includes('?') ? tail.indexOf('?') : tail.length;
  const found = [...parameters(tail, queryAt), ...signIns(tail, queryAt)];
  let shown = '';
  let end = 0;
  const secrets: string[] = [];
  for (const stretch of joined(found)) {
    shown += tail.slice(end, stretch.start) + masked;
    secrets.push(tail.slice(stretch.start, stretch.end));
    end = stretch.end;
  }
  return { shown: shown + tail.slice(end), secrets };
}

function* parameters(tail: string, queryAt: number): Iterable<Stretch> {
  for (const { 0: name, index } of tail.matchAll(nameBeforeValue)) {
    const before = tail[index - 1];
    const start = index + name.length + 1;
    // Of what stands between two `=`, the last word is the name: `admin_password`.
    const own = before === '=' ? name.slice(name.lastIndexOf('_') + 1) : name;
    if (!secretName.test(decoded(own))) continue;
    const [value = ''] = valueShape(start > queryAt, before).exec(tail.slice(start)) ?? [];
    if (value !== '') yield { start, end: start + value.length };
  }
}

/** In the query a value ends at the next `&`, whatever it holds; in the path also at `/`, and where `_` joins parameters. */
function valueShape(isInQuery: boolean, before: string | undefined): RegExp {
  if (isInQuery) return /^[^&]*/;
  // A secret that reaches the `?` may have one in it.
  return before === '&' ? /^[^&/?]*(?:\?[^&]*)?/ : /^(?:(?!_[a-z0-9]+=)[^&/?])*(?:\?[^&]*)?/i;
}

function* signIns(tail: string, queryAt: number): Iterable<Stretch> {
  for (const { indices } of tail.slice(0, queryAt).matchAll(signInPart)) {
    const [start, end] = indices?.[1] ?? [0, 0];
    yield { start, end };
  }
}

/** In order; those that touch or overlap are one. */
function joined(stretches: readonly Stretch[]): Stretch[] {
  const all: Stretch[] = [];
  for (const { start, end } of stretches.toSorted((a, b) => a.start - b.start)) {
    const last = all.at(-1);
    if (last !== undefined && start <= last.end) last.end = Math.max(last.end, end);
    else all.push({ start, end });
  }
  return all;
}

/** What a camera's own decoding makes of a name. */
function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
