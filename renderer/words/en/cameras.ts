// Words of the cameras screen.
export const cameras = {
  title: 'Cameras',
} as const;
