// Windows of one desk are numbered, the lowest free number first, so that each finds its own view again after a restart.
import { seatLimit } from '../../electron/contract/views.ts';

/** The number that the desktop gave this window; undefined in a browser. */
export function givenSeat(search: string): number | undefined {
  const seat = Number(new URLSearchParams(search).get('window'));
  return Number.isInteger(seat) && seat >= 1 && seat <= seatLimit ? seat : undefined;
}

/** Takes a number for as long as this window lives (Web Locks), `wanted` if it is free; 1 where the browser has no locks. */
export function takeSeat(
  wanted: number | undefined,
  locks: LockManager | undefined = navigator.locks,
): Promise<number> {
  if (locks === undefined) return Promise.resolve(wanted ?? 1);
  const seats = Array.from({ length: seatLimit }, (_, at) => at + 1);
  const order = wanted === undefined ? seats : [wanted, ...seats];
  return new Promise((resolve) => {
    const ask = ([seat = 1, ...others]: readonly number[]): void => {
      void locks.request(`lookout.window.${seat}`, { ifAvailable: true }, (lock) => {
        if (lock === null && others.length > 0) {
          ask(others);
          return undefined;
        }
        resolve(seat);
        // Held until the window is gone.
        return new Promise<void>(() => undefined);
      });
    };
    ask(order);
  });
}
