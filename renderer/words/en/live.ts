// Words of the live screen.
export const live = {
  title: 'Live',
} as const;
