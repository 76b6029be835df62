// Whether this window hears the station, and since when not.
import { create } from 'zustand';

export type StationConnection =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'connected' }
  /** `sinceMs` is wall time: the operator compares it with the clock on the wall. */
  | { readonly kind: 'lost'; readonly sinceMs: number }
  /** The session is unknown to the station: only a new link helps. */
  | { readonly kind: 'signed-out' };

export const useStationConnection = create<{ readonly connection: StationConnection }>(() => ({
  connection: { kind: 'connecting' },
}));

/** Keeps the first moment of a loss: trying again does not make the silence younger. */
export function reportConnection(next: 'connected' | 'lost' | 'signed-out'): void {
  const { connection } = useStationConnection.getState();
  if (connection.kind === next) return;
  const value: StationConnection = next === 'lost' ? { kind: 'lost', sinceMs: Date.now() } : { kind: next };
  useStationConnection.setState({ connection: value });
}
