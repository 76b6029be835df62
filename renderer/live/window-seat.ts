// Windows of one desk are numbered, the lowest free number first, so that each finds its own view again after a restart.

const seatsLimit = 32;

/** Takes a number for as long as this window lives (Web Locks); 1 where the browser has no locks. */
export function takeSeat(locks: LockManager | undefined = navigator.locks): Promise<number> {
  if (locks === undefined) return Promise.resolve(1);
  return new Promise((resolve) => {
    const ask = (seat: number): void => {
      void locks.request(`lookout.window.${seat}`, { ifAvailable: true }, (lock) => {
        if (lock === null && seat < seatsLimit) {
          ask(seat + 1);
          return undefined;
        }
        resolve(seat);
        // Held until the window is gone.
        return new Promise<void>(() => undefined);
      });
    };
    ask(1);
  });
}
