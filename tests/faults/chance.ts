// Chance that can be repeated: the seed is printed, and LOOKOUT_SEED brings a run back as it was.

/** Numbers of a seeded generator (mulberry32), the same for the same seed on every machine. */
export class Chance {
  readonly seed: number;
  #state: number;

  constructor() {
    const given = Number(process.env['LOOKOUT_SEED'] ?? Number.NaN);
    this.seed = Number.isSafeInteger(given) ? given : Math.floor(Math.random() * 2 ** 32);
    this.#state = this.seed >>> 0;
  }

  /** From `least` up to, but not, `limit`. */
  between(least: number, limit: number): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return least + (((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * (limit - least);
  }

  one<Value>(values: readonly Value[]): Value {
    const value = values[Math.floor(this.between(0, values.length))];
    if (value === undefined) throw new RangeError('nothing to choose from');
    return value;
  }
}
