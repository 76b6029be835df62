// Branded ids: a stream id can never be passed where a camera id is meant. All ids are lower-case UUIDs.

declare const brand: unique symbol;
type Id<Name extends string> = string & { readonly [brand]: Name };

export type CameraId = Id<'camera'>;
export type StreamId = Id<'stream'>;
export type VolumeId = Id<'volume'>;
export type MarkId = Id<'mark'>;
export type TagId = Id<'tag'>;
export type ViewId = Id<'view'>;
export type LockId = Id<'lock'>;
export type AlarmId = Id<'alarm'>;

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** True for the one spelling of ids we write: lower-case, hyphenated UUIDs (RFC 9562). */
export function isId(text: string): boolean {
  return uuid.test(text);
}

/** Brands a text that is known to be an id; throws RangeError on anything else, so a bad id never reaches a path. */
export function asId<T extends Id<string>>(text: string): T {
  if (!isId(text)) throw new RangeError('not an id');
  return text as T;
}

/** A fresh random id (UUID v4). */
export function newId<T extends Id<string>>(): T {
  return crypto.randomUUID() as string as T;
}
