// Moments and amounts as the operator reads them: local time, 24 hours, tabular digits.

const clock = new Intl.DateTimeFormat(undefined, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});
const day = new Intl.DateTimeFormat(undefined, { weekday: 'short', day: 'numeric', month: 'short' });

/** `HH:MM:SS` in local time, of UTC epoch milliseconds. */
export function clockTime(ms: number): string {
  return clock.format(ms);
}

/** The local day, e.g. `Sat, Nov 21`. */
export function dayName(ms: number): string {
  return day.format(ms);
}

/** `HH:MM:SS` for a moment of today, with the day before it for any other. */
export function sinceTime(ms: number, nowMs: number): string {
  return day.format(ms) === day.format(nowMs) ? clockTime(ms) : `${dayName(ms)}, ${clockTime(ms)}`;
}

const byteUnits = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];

/** Decimal units as disks are sold, three digits at most: `1.82 TB`. */
export function byteAmount(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < byteUnits.length - 1) {
    value /= 1_000;
    unit += 1;
  }
  const digits = unit === 0 || value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2;
  return `${value.toFixed(digits)} ${byteUnits[unit]}`;
}
