// A refusal at a door says what a call's error says: code, message, hint and field.

import { expect, it } from 'vitest';
import { codedRefusal } from './refusals.ts';

const detail = { hint: 'It may have been removed.', field: 'streamId' };

it('is plain JSON for an address', async () => {
  const response = codedRefusal('STREAM_NOT_FOUND', 'No such stream.', detail);
  expect(response.status).toBe(404);
  expect(await response.json()).toEqual({ code: 'STREAM_NOT_FOUND', message: 'No such stream.', ...detail });
});

it('comes in the envelope of a call for one', async () => {
  const response = codedRefusal('STREAM_NOT_FOUND', 'No such stream.', { ...detail, asCall: true });
  expect(await response.json()).toEqual({
    json: { defined: true, code: 'STREAM_NOT_FOUND', status: 404, message: 'No such stream.', data: detail },
  });
});
