// Words of the frame around every screen.
export const frame = {
  product: 'Lookout',
  screens: 'Screens',
  live: 'Live',
  playback: 'Playback',
  cameras: 'Cameras',
  health: 'Health',
  shortcuts: 'Keyboard shortcuts',
  shortcutsHint: 'Everything on this screen can be done from the keyboard.',
  close: 'Close',
  loading: 'Loading…',
  lost: 'Connection to the station lost at {{time}}. What you see may be old. Reconnecting…',
  signedOut: 'This window is no longer signed in.',
  signedOutHint:
    'Lookout has been started anew. Open the link it prints at its start in this browser; this window then goes on by itself.',
  broken: 'This screen stopped working.',
  brokenHint: 'Recording is not affected. Load the window again to go on.',
  reload: 'Load again',
  unreachable: 'The station does not answer.',
  tryAgain: 'Try again',
} as const;
