// Labels of commands and of the groups they are listed under.
export const commands = {
  groups: {
    general: 'Everywhere',
    live: 'The wall',
    tile: 'The tile you are at',
    arrange: 'Arranging tiles',
    playback: 'Playback',
    cameras: 'Cameras',
  },
  goLive: 'Go to live',
  goPlayback: 'Go to playback',
  goCameras: 'Go to cameras',
  goHealth: 'Go to health',
  shortcuts: 'Show keyboard shortcuts',
  palette: 'Find a command',
  palettePlaceholder: 'What do you want to do?',
  paletteNone: 'No command is called that.',
  fullScreen: 'Full screen',
} as const;
