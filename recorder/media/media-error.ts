// What reading media bytes fails with: where in the bytes, at which field, and what was wrong.

/** Bytes that are not what ISO/IEC 14496-12 says they should be. The one error that recorder/media throws. */
export class MediaError extends Error {
  /** Where the field begins, counted from the first byte the reader was given. */
  readonly offsetBytes: number;
  /** Box and field in the specification's words, e.g. `tfhd.track_ID`. */
  readonly field: string;
  readonly problem: string;

  constructor(field: string, offsetBytes: number, problem: string) {
    super(`${field} at byte ${offsetBytes}: ${problem}`);
    this.name = 'MediaError';
    this.field = field;
    this.offsetBytes = offsetBytes;
    this.problem = problem;
  }
}
