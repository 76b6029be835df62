// The key that leads to the wall from every screen: L is playback's, as in every player.
export const liveKey = 'W';
