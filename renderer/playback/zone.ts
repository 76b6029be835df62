// The zone and language the desk reads time in: those of this computer.

import { Labels } from '../timeline/labels.ts';
import { LocalTime } from '../timeline/local-time.ts';

export const labels = new Labels(
  new LocalTime(Intl.DateTimeFormat().resolvedOptions().timeZone),
  // As every other time of the desk: the reader's own language.
  undefined,
);
