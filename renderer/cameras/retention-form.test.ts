// What is typed about how long recordings are kept, and what is told to the station.
import { expect, it } from 'vitest';
import { readRetention, retentionFormOf } from './retention-form.ts';

it('is without a limit where nothing stands', () => {
  expect(readRetention(retentionFormOf({}))).toEqual({ ok: true, retention: {} });
});

it('reads what it writes', () => {
  const retention = { keepDays: 30, quotaBytes: 250e9 };
  expect(readRetention(retentionFormOf(retention))).toEqual({ ok: true, retention });
});

it.each([
  [{ days: '0', gigabytes: '' }, ['days']],
  [{ days: '4000', gigabytes: '1' }, ['days']],
  [{ days: '7.5', gigabytes: '1' }, ['days']],
  [{ days: '7', gigabytes: '0' }, ['gigabytes']],
  [{ days: 'a week', gigabytes: 'much' }, ['days', 'gigabytes']],
])('says which fields of %j are wrong', (form, wrong) => {
  expect(readRetention(form)).toEqual({ ok: false, wrong });
});
