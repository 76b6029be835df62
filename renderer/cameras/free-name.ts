// A name that no camera has yet.

/** `base`, or `base 2`, `base 3` … where it is taken. Names are compared as people read them. */
export function freeName(base: string, taken: readonly string[]): string {
  const used = new Set(taken.map((name) => name.toLocaleLowerCase()));
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? base : `${base} ${number}`;
    if (!used.has(name.toLocaleLowerCase())) return name;
  }
}
