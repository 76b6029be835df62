// The keys of the wall as a whole, as menus and buttons show them.
export const wallKeys = {
  views: 'V',
  saveView: 'Shift+V',
  list: 'A',
  arrange: 'E',
  tour: 'G',
  newWindow: 'N',
  details: 'I',
  undo: 'Mod+Z',
} as const;
