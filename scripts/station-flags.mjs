// How Node is set before a station runs in it: what V8 and the C library decide when a heap is made and cannot be told later.

/**
 * Newly made objects may take 8 MB, twice, before V8 tidies up among them. Its own bound on a large machine is 64 MB, twice: reading
 * the program in reaches it, and it is never given back; while recording, some 2 MB a second are made.
 */
export const stationFlags = ['--max-semi-space-size=8'];

/**
 * One heap of the C library for all threads: by itself glibc makes one for each thread that finds another at work (V8's, the disk's), and
 * what was freed in one is of no use to the others. Elsewhere nobody reads it.
 */
export const stationEnvironment = { MALLOC_ARENA_MAX: '1' };
