// Leaves one track of fragmented MP4 for a tile, in place. With both in one buffer the picture would wait for the sound:
// G.711 at 8 kHz becomes AAC frames of 128 ms, and buffered time is what both tracks have (MSE, "buffered").
// The boxes of other tracks become `free` (ISO/IEC 14496-12, 8.1.2) of the same size, so no offset changes.

const containers = new Set(['moov', 'mvex', 'moof', 'mdia', 'trak', 'traf']);

interface Box {
  readonly type: string;
  /** Offset of the first byte of the box, and of the one after it. */
  readonly start: number;
  readonly end: number;
}

function* boxes(view: DataView, start: number, end: number): Generator<Box> {
  let at = start;
  while (at + 8 <= end) {
    let size = view.getUint32(at);
    if (size === 1) {
      if (at + 16 > end) return;
      size = Number(view.getBigUint64(at + 8));
    }
    const stop = size === 0 ? end : at + size;
    if (stop < at + 8 || stop > end) return;
    yield { type: fourCharacters(view, at + 4), start: at, end: stop };
    at = stop;
  }
}

function fourCharacters(view: DataView, at: number): string {
  return String.fromCharCode(
    view.getUint8(at),
    view.getUint8(at + 1),
    view.getUint8(at + 2),
    view.getUint8(at + 3),
  );
}

function find(view: DataView, parent: Box, type: string): Box | undefined {
  for (const box of boxes(view, parent.start + 8, parent.end)) {
    if (box.type === type) return box;
    const inside = containers.has(box.type) ? find(view, box, type) : undefined;
    if (inside !== undefined) return inside;
  }
  return undefined;
}

function setFree(view: DataView, box: Box): void {
  [0x66, 0x72, 0x65, 0x65].forEach((code, index) => view.setUint8(box.start + 4 + index, code));
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Handler types (ISO/IEC 14496-12, 12). */
export type TrackKind = 'vide' | 'soun';

/** Frees all but the first track of a kind in an init section (`ftyp moov`); says its id, undefined without one. */
export function keepTrackOfInit(bytes: Uint8Array, kind: TrackKind): number | undefined {
  const view = viewOf(bytes);
  const whole: Box = { type: '', start: -8, end: bytes.length };
  const moov = find(view, whole, 'moov');
  if (moov === undefined) return undefined;
  let trackId: number | undefined;
  for (const trak of boxes(view, moov.start + 8, moov.end)) {
    if (trak.type !== 'trak') continue;
    const header = find(view, trak, 'tkhd');
    const handler = find(view, trak, 'hdlr');
    if (header === undefined || handler === undefined) continue;
    const isMeant = fourCharacters(view, handler.start + 16) === kind;
    // track_ID stands after creation and modification time, which version 1 writes in 64 bits (8.3.2).
    if (isMeant && trackId === undefined) {
      trackId = view.getUint32(header.start + (view.getUint8(header.start + 8) === 1 ? 28 : 20));
    } else {
      setFree(view, trak);
    }
  }
  const mvex = find(view, moov, 'mvex');
  if (mvex === undefined || trackId === undefined) return trackId;
  for (const trex of boxes(view, mvex.start + 8, mvex.end)) {
    if (trex.type === 'trex' && view.getUint32(trex.start + 12) !== trackId) setFree(view, trex);
  }
  return trackId;
}

/** Frees the other tracks' parts of a fragment (`prft? moof mdat`). False when none of the track is in it. */
export function keepTrackOfFragment(bytes: Uint8Array, trackId: number): boolean {
  const view = viewOf(bytes);
  let hasTrack = false;
  for (const moof of boxes(view, 0, bytes.length)) {
    if (moof.type !== 'moof') continue;
    for (const traf of boxes(view, moof.start + 8, moof.end)) {
      if (traf.type !== 'traf') continue;
      const header = find(view, traf, 'tfhd');
      const isMeant = header !== undefined && view.getUint32(header.start + 12) === trackId;
      if (isMeant) hasTrack = true;
      else setFree(view, traf);
    }
  }
  return hasTrack;
}
