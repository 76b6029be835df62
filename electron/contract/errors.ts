// The closed set of errors that cross the contract. The message is for the operator: no stack, SQL, path or credential.

import * as z from 'zod';

/** What an error carries beside code and message: a hint on what to do, and the input field it is about. */
export const ErrorDetail = z.object({
  hint: z.string().optional(),
  /** Path of the field, e.g. `url`, `tiles.3.streamId`. */
  field: z.string().optional(),
});
export type ErrorDetail = z.infer<typeof ErrorDetail>;

/** Every code with the HTTP status the loopback door answers with (RFC 9110). */
export const errorCodes = {
  INVALID_INPUT: { status: 400, data: ErrorDetail },
  NOT_SIGNED_IN: { status: 401, data: ErrorDetail },
  NOT_ALLOWED: { status: 403, data: ErrorDetail },
  CAMERA_NOT_FOUND: { status: 404, data: ErrorDetail },
  STREAM_NOT_FOUND: { status: 404, data: ErrorDetail },
  WINDOW_NOT_FOUND: { status: 404, data: ErrorDetail },
  FOOTAGE_NOT_FOUND: { status: 404, data: ErrorDetail },
  VOLUME_NOT_FOUND: { status: 404, data: ErrorDetail },
  LOCK_NOT_FOUND: { status: 404, data: ErrorDetail },
  ALARM_NOT_FOUND: { status: 404, data: ErrorDetail },
  MARK_NOT_FOUND: { status: 404, data: ErrorDetail },
  TAG_NOT_FOUND: { status: 404, data: ErrorDetail },
  VIEW_NOT_FOUND: { status: 404, data: ErrorDetail },
  NAME_TAKEN: { status: 409, data: ErrorDetail },
  TOO_MANY_CAMERAS: { status: 409, data: ErrorDetail },
  /** As many tags, marks, views, volumes or locks as there may be. */
  LIMIT_REACHED: { status: 409, data: ErrorDetail },
  RECORDER_MISSING: { status: 503, data: ErrorDetail },
  /** Another program holds the catalog. Nothing was changed; asked again a moment later it will be. */
  CATALOG_LOCKED: { status: 503, data: ErrorDetail },
  STOPPING: { status: 503, data: ErrorDetail },
  INTERNAL: { status: 500, data: ErrorDetail },
} as const;
export type ErrorCode = keyof typeof errorCodes;

/** Thrown by services for an expected refusal; every door turns it into `{code, message, hint?, field?}`. */
export class LookoutError extends Error {
  readonly code: ErrorCode;
  readonly detail: ErrorDetail;

  constructor(code: ErrorCode, message: string, detail: ErrorDetail = {}) {
    super(message);
    this.name = 'LookoutError';
    this.code = code;
    this.detail = detail;
  }
}
