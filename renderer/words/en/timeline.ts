// Words of the timeline: what stands at a moment. Why there is no video is said by the words of `states`.
export const timeline = {
  recorded: 'Recorded',
  recordedRoughly: 'Recorded, short gaps not loaded yet',
  recordedMotion: 'Recorded. Motion in {{percent}} % of the picture',
  locked: 'Locked as evidence: {{reason}}',
  found: 'Found by the search for motion',
  noPicture: 'No preview of this moment',
  selected: 'Selected: {{stretch}}',
  selectHint: 'Drag here to select a stretch of time',
  noVideo: 'No video. {{why}}',
  gapGoesOn: '{{reason}}, since {{since}} ({{length}})',
  nothingStored: 'Nothing is stored here',
  notLoaded: 'Not loaded yet',
  future: 'Has not happened yet',
  noPlayhead: 'Nothing is being played',
} as const;
