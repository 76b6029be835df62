// Kinds of marks: the closed set that store, contract and screen share.

/** Told apart by shape and colour on the timeline. Stored: a kind is added at the end, never renamed. */
export const markKinds = ['note', 'marker', 'warning', 'evidence'] as const;
export type MarkKind = (typeof markKinds)[number];
