// The speeds of playback, and what J, K and L make of them. Pure.

/** Below zero time runs backwards. */
export const speeds = [-16, -8, -4, -2, -1, 0.5, 1, 2, 4, 8, 16] as const;

/** The fastest a video element plays every frame; beyond it, and backwards, single frames are sought. */
const fastestPlayed = 4;

export function isStepped(speed: number): boolean {
  return speed < 0 || speed > fastestPlayed;
}

/** So fast that only key frames are shown: every other frame costs the decoding of all before it. */
export function showsKeyframesOnly(speed: number): boolean {
  return Math.abs(speed) > fastestPlayed;
}

interface Motion {
  readonly playing: boolean;
  readonly speed: number;
}

/** Single frames are sought one after the other now. */
export function isStepping({ playing, speed }: Motion): boolean {
  return playing && isStepped(speed);
}

/** L forward (1), J backwards (−1): at 1× at first, the next speed with each further press. */
export function shuttled({ playing, speed }: Motion, direction: 1 | -1): number {
  if (!playing || Math.sign(speed) !== direction) return direction;
  const faster = speeds.filter((one) => Math.sign(one) === direction && Math.abs(one) > Math.abs(speed));
  return faster.length === 0 ? speed : direction * Math.min(...faster.map(Math.abs));
}

/** The next slower (−1) or faster (1) of the row; undefined at its end. */
export function neighbourOf(speed: number, by: 1 | -1): number | undefined {
  const at = speeds.findIndex((one) => one === speed);
  return speeds[at + by];
}

/** Playing backwards, a playlist begins so much earlier for each 1×: it would have to be opened anew with every frame. */
const backwardsLeadMs = 60_000;

/** How much earlier than its moment a playlist begins that is played at this speed. */
export function leadFor(speed: number): number {
  return speed < 0 ? -speed * backwardsLeadMs : 0;
}
