// Words of the playback screen and its timeline.
export const playback = {
  title: 'Playback',
} as const;
