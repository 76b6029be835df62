// The boxes of the MP4 that the station sends, as far as the desk looks into them (ISO/IEC 14496-12, 4.2). They are the
// station's own and were checked there: a torn box just ends the reading.

export interface Box {
  readonly type: string;
  /** First byte of the box, the first after its header, and the first after the box. */
  readonly startAt: number;
  readonly bodyAt: number;
  readonly endAt: number;
}

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** The boxes that lie one after the other between two offsets, up to a torn one. */
export function* boxes(view: DataView, fromAt: number, untilAt: number): Generator<Box> {
  for (let at = fromAt; at + 8 <= untilAt; ) {
    const size = view.getUint32(at);
    const large = size === 1;
    if (large && at + 16 > untilAt) return;
    const endAt = size === 0 ? untilAt : at + (large ? Number(view.getBigUint64(at + 8)) : size);
    if (endAt < at + 8 || endAt > untilAt) return;
    yield { type: fourCharacters(view, at + 4), startAt: at, bodyAt: at + (large ? 16 : 8), endAt };
    at = endAt;
  }
}

/** The boxes of one type that lie directly in another. */
export function* children(view: DataView, parent: Box, type: string): Generator<Box> {
  for (const box of boxes(view, parent.bodyAt, parent.endAt)) if (box.type === type) yield box;
}

/** The first box at the end of a path of types, e.g. `mdia`, `hdlr`. */
export function descendant(view: DataView, parent: Box, ...path: readonly string[]): Box | undefined {
  let at: Box | undefined = parent;
  for (const type of path) {
    if (at === undefined) return undefined;
    [at] = children(view, at, type);
  }
  return at;
}

/** All of the bytes as if they were the body of a box. */
export function whole(bytes: Uint8Array): Box {
  return { type: '', startAt: 0, bodyAt: 0, endAt: bytes.length };
}

export function fourCharacters(view: DataView, at: number): string {
  return String.fromCharCode(...Array.from({ length: 4 }, (_, index) => view.getUint8(at + index)));
}

/** Handler types (ISO/IEC 14496-12, 12). */
export type TrackKind = 'vide' | 'soun';

/** `handler_type` of a `trak`: what kind of track it is. */
export function handlerType(view: DataView, trak: Box): string | undefined {
  const hdlr = descendant(view, trak, 'mdia', 'hdlr');
  // It stands after version, flags and pre_defined (8.4.3.2).
  return hdlr === undefined ? undefined : fourCharacters(view, hdlr.bodyAt + 8);
}

/** `track_ID` of a `trak`; it stands after creation and modification time, 64 bits each in version 1 (8.3.2). */
export function trackIdOf(view: DataView, trak: Box): number | undefined {
  const tkhd = descendant(view, trak, 'tkhd');
  return tkhd === undefined ? undefined : view.getUint32(afterTimes(view, tkhd));
}

/** Where the fields after the times of a `tkhd` or `mdhd` begin (8.3.2, 8.4.2). */
export function afterTimes(view: DataView, box: Box): number {
  return box.bodyAt + (view.getUint8(box.bodyAt) === 1 ? 20 : 12);
}
