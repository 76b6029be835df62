// Words of the timeline: what stands at a moment. Why there is no video is said by the words of `states`.
export const timeline = {
  recorded: 'Recorded',
  recordedRoughly: 'Recorded, short gaps not loaded yet',
  noVideo: 'No video. {{why}}',
  gapGoesOn: '{{reason}}, since {{since}} ({{length}})',
  nothingStored: 'Nothing is stored here',
  notLoaded: 'Not loaded yet',
  future: 'Has not happened yet',
  noPlayhead: 'Nothing is being played',
} as const;
