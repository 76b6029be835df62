// Leaves one track of fragmented MP4 for a tile, in place. With both in one buffer the picture would wait for the sound:
// G.711 at 8 kHz becomes AAC frames of 128 ms, and buffered time is what both tracks have (MSE, "buffered").
// The boxes of other tracks become `free` (ISO/IEC 14496-12, 8.1.2) of the same size, so no offset changes.

import {
  type Box,
  children,
  descendant,
  handlerType,
  type TrackKind,
  trackIdOf,
  viewOf,
  whole,
} from '../media/boxes.ts';

function setFree(view: DataView, box: Box): void {
  [0x66, 0x72, 0x65, 0x65].forEach((code, index) => view.setUint8(box.startAt + 4 + index, code));
}

/** Frees all but the first track of a kind in an init section (`ftyp moov`); says its id, undefined without one. */
export function keepTrackOfInit(bytes: Uint8Array, kind: TrackKind): number | undefined {
  const view = viewOf(bytes);
  const moov = descendant(view, whole(bytes), 'moov');
  if (moov === undefined) return undefined;
  let trackId: number | undefined;
  for (const trak of children(view, moov, 'trak')) {
    const id = trackIdOf(view, trak);
    if (trackId === undefined && handlerType(view, trak) === kind) trackId = id;
    else setFree(view, trak);
  }
  const mvex = descendant(view, moov, 'mvex');
  if (mvex === undefined || trackId === undefined) return trackId;
  for (const trex of children(view, mvex, 'trex')) {
    if (view.getUint32(trex.bodyAt + 4) !== trackId) setFree(view, trex);
  }
  return trackId;
}

/** Frees the other tracks' parts of a fragment (`prft? moof mdat`). False when none of the track is in it. */
export function keepTrackOfFragment(bytes: Uint8Array, trackId: number): boolean {
  const view = viewOf(bytes);
  let hasTrack = false;
  for (const moof of children(view, whole(bytes), 'moof')) {
    for (const traf of children(view, moof, 'traf')) {
      const header = descendant(view, traf, 'tfhd');
      const isMeant = header !== undefined && view.getUint32(header.bodyAt + 4) === trackId;
      if (isMeant) hasTrack = true;
      else setFree(view, traf);
    }
  }
  return hasTrack;
}
