// Amounts as people type them and read them, beside those of `moments.ts`.

/** Disks are sold in these. */
const gigabyte = 1e9;

/** Bytes of a number of gigabytes as typed, with a point or a comma; undefined for what is no such number. */
export function readGigabytes(text: string): number | undefined {
  const trimmed = text.trim();
  if (!/^\d{1,7}([.,]\d{1,3})?$/.test(trimmed)) return undefined;
  return Math.round(Number(trimmed.replace(',', '.')) * gigabyte);
}

/** For a field that `readGigabytes` reads. */
export function gigabytesText(bytes: number): string {
  return String(Number((bytes / gigabyte).toFixed(3)));
}

/** A whole number as typed; undefined for what is none. */
export function readCount(text: string): number | undefined {
  const trimmed = text.trim();
  return /^\d{1,9}$/.test(trimmed) ? Number(trimmed) : undefined;
}

/** `950 kbit/s`, `4.2 Mbit/s`. */
export function bitRate(kilobits: number): string {
  return kilobits < 999.5 ? `${Math.round(kilobits)} kbit/s` : `${(kilobits / 1_000).toFixed(1)} Mbit/s`;
}
