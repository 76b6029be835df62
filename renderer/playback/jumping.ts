// The jump that is being looked for: at most one, and none once the operator has gone elsewhere meanwhile.

let current = new AbortController();

export const jumping = {
  /** The one before is given up. */
  begin(): AbortSignal {
    current.abort();
    current = new AbortController();
    return current.signal;
  },
  giveUp(): void {
    current.abort();
  },
};
