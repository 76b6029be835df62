// Words of the health screen.
export const health = {
  title: 'Health',
} as const;
