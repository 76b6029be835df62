// How Node is set before a station runs in it: what V8 decides when its heap is made and cannot be told later.

/**
 * Newly made objects may take 8 MB, twice, before V8 tidies up among them. Its own bound on a large machine is 64 MB, twice: reading
 * the program in reaches it, and it is never given back; while recording, some 2 MB a second are made.
 */
export const stationFlags = ['--max-semi-space-size=8'];
