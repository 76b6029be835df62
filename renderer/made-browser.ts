// What a browser has and Node lacks, as far as what is tested asks for it.

/** Makes values global by their names; returns how to put back what was there. */
export function makeGlobals(values: Readonly<Record<string, unknown>>): () => void {
  const before = Object.keys(values).map(
    (name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)] as const,
  );
  for (const [name, value] of Object.entries(values)) {
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  }
  return () => {
    for (const [name, was] of before) {
      if (was === undefined) Reflect.deleteProperty(globalThis, name);
      else Object.defineProperty(globalThis, name, was);
    }
  };
}

/** A screen that paints every 16 ms of the timers of a test. */
export const madeScreen = {
  requestAnimationFrame: (turn: () => void) => setTimeout(turn, 16),
  cancelAnimationFrame: (timer: ReturnType<typeof setTimeout>) => clearTimeout(timer),
};
