// How often V8 collects garbage in a station: footage in buffers, not objects, is nearly all that it lets go of.

import { setFlagsFromString } from 'node:v8';

/**
 * By how much of its live size, in percent, the heap may grow before all of it is marked. V8 reckons each buffer of footage as heap, and
 * with its own small allowance marks the whole of it every 10 MB: once a second for eight cameras of 4 Mbit/s, which was a
 * third of the station's processor time. Costs 3 to 7 MB per camera.
 */
const growthPercent = 300;

/** Before the station is opened. V8 reads the flag at each collection, so that it holds although the heap is there already. */
export function letHeapGrow(): void {
  setFlagsFromString(`--heap-growing-percent=${growthPercent}`);
}
