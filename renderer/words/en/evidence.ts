// Words of evidence locks.
export const evidence = {
  title: 'Evidence locks',
  none: 'Nothing is locked. Select a stretch in playback to lock it.',
  unknownCamera: 'A camera of earlier',
  lockSelection: 'Lock as evidence',
  lockTitle: 'Lock as evidence',
  lockText:
    'Nothing of it is deleted while the lock holds, whatever the limits of the camera and however full the disks.',
  reason: 'Reason',
  reasonHint: 'For whoever finds the lock later, for example a case number.',
  reasonNeeded: 'A lock needs a reason.',
  term: { label: 'Holds for', released: 'Until it is released', days: 'Days' },
  days_one: '{{count}} day',
  days_other: '{{count}} days',
  daysWrong: 'A whole number from 1 to 3660.',
  lock: 'Lock',
  locked: 'Locked as evidence.',
  cancel: 'Cancel',
  by: 'Locked by {{person}}, {{time}}',
  untilReleased: 'until it is released',
  until: 'until {{time}}',
  play: 'Play the locked footage of {{camera}}',
  release: 'Release the lock of {{camera}}',
  releaseTitle: 'Release this lock of {{camera}}?',
  releaseText:
    'Its footage is deleted as soon as the limits of the camera or the room on the disks ask for it.',
  releaseDeed: 'Release',
} as const;
