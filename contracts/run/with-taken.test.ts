import { expect, test } from '@jest/globals';
import { withTaken } from './with-taken.js';

const asked = (id: unknown, isOther?: true) =>
  withTaken(
    {
      method: 'GET',
      path: '/things/guess?a=1',
      headers: {},
      taken: [{ segment: 2, step: 0, keys: ['id'], ...(isOther && { isOther }) }],
    },
    [{ status: 201, headers: {}, body: Buffer.from(JSON.stringify({ id })) }],
  ).path;

test('the path names what the answer before has', () => {
  expect(asked('cus_NffrFeUfNV2Hib')).toBe('/things/cus_NffrFeUfNV2Hib?a=1');
});

test.each([
  ['a UUID', '045c7971-fb21-41c8-9216-1bb300fa9079', /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/],
  ['a ULID', 'team_01m7za1xvsnp7znjgng19f4zzj', /^team_[\da-hjkmnp-tv-z]{26}$/],
  ['hexadecimal digits', '65f1c0ffee12ab9034d1e2f3', /^[\da-f]{24}$/],
  ['letters and digits', 'cus_NffrFeUfNV2Hib', /^cus_[A-Za-z\d]{14}$/],
])('%s that nothing has is of the same form', (_, id, form) => {
  const [, , key = ''] = asked(id, true).split(/[/?]/);
  expect(key).not.toBe(id);
  expect(key).toMatch(form);
});

test.each([
  ['a number', 12345678],
  ['a short name', 'ada'],
  ['nothing', undefined],
])('where the key is %s, the guess stays', (_, id) => {
  expect(asked(id, true)).toBe('/things/guess?a=1');
});
