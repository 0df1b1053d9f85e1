import { expect, test } from '@jest/globals';
import { preferenceApplied, readPreferences } from './preferences.js';

const read = (prefer: string | undefined, query = '') =>
  readPreferences({ headers: prefer === undefined ? {} : { prefer }, query });

test.each([
  { prefer: 'code=409', preferences: { code: 409 } },
  { prefer: 'code=409, example=taken', preferences: { code: 409, example: 'taken' } },
  { prefer: 'code=409; example=taken; dynamic=true', preferences: { code: 409, example: 'taken', dynamic: true } },
  { prefer: ' ,; Code = "409" ,, ', preferences: { code: 409 } },
  { prefer: 'example="Invalid, or missing; key"', preferences: { example: 'Invalid, or missing; key' } },
  { prefer: 'example="a \\"b\\" \\\\c"', preferences: { example: 'a "b" \\c' } },
  { prefer: 'example=Invalid API key', preferences: { example: 'Invalid API key' } },
  { prefer: 'dynamic', preferences: { dynamic: true } },
  { prefer: 'dynamic=false', preferences: { dynamic: false } },
  { prefer: 'code=409, code=404', preferences: { code: 409 } },
  { prefer: 'respond-async, wait=10; handling=lenient', preferences: {} },
  { prefer: 'respond-async, code=202', preferences: { code: 202 } },
  { prefer: '', preferences: {} },
])('Prefer: $prefer asks for $preferences', ({ prefer, preferences }) => {
  expect(read(prefer)).toEqual({ preferences });
});

test.each([
  { prefer: 'code=abc', malformed: /code=abc is no status code/ },
  { prefer: 'code=99', malformed: /write code=200/ },
  { prefer: 'code=600', malformed: /code=600/ },
  { prefer: 'code', malformed: /no status code/ },
  { prefer: 'example=', malformed: /example needs a name/ },
  { prefer: 'dynamic=maybe', malformed: /neither true nor false/ },
  { prefer: 'example="open', malformed: /can't read "example="open"/ },
  { prefer: 'code=409 "x"', malformed: /can't read/ },
  { prefer: '=409', malformed: /can't read "=409"/ },
])('Prefer: $prefer is malformed, and the reason is said', ({ prefer, malformed }) => {
  expect(read(prefer)).toEqual({ malformed: expect.stringMatching(malformed) });
});

test.each([
  { query: '__code=409&__example=taken', preferences: { code: 409, example: 'taken' } },
  { query: 'a=1&__example=Invalid+API%20key', preferences: { example: 'Invalid API key' } },
  { query: '__dynamic', preferences: { dynamic: true } },
  { query: '__proto__=1&__code=200', preferences: { code: 200 } },
  { query: 'my__code=409', preferences: {} },
])('the query $query asks for $preferences', ({ query, preferences }) => {
  expect(read(undefined, query)).toEqual({ preferences });
});

test.each([
  { what: 'spaces before a stray quote', prefer: `a=${' '.repeat(15_000)}"` },
  { what: 'separators', prefer: `${', '.repeat(7_500)}"` },
  { what: 'preferences', prefer: ',a'.repeat(7_500) },
  { what: 'escapes', prefer: `a="${'\\"'.repeat(7_000)}` },
])('a header full of $what is read to its end', ({ prefer }) => {
  expect(read(prefer)).toBeDefined();
});

test('the header outranks the query, preference by preference', () => {
  expect(read('code=409', '__code=404&__example=taken')).toEqual({ preferences: { code: 409, example: 'taken' } });
});

test('a malformed preference in the query is malformed as one in the header is', () => {
  expect(read(undefined, '__code=x')).toEqual({ malformed: expect.stringContaining('code=x') });
});

test('the name of an example may be UTF-8, which Node reads as Latin-1, or Latin-1 itself', () => {
  const utf8 = Buffer.from('example=größe', 'utf8').toString('latin1');
  expect(read(utf8)).toEqual({ preferences: { example: 'größe' } });
  expect(read('example=größe')).toEqual({ preferences: { example: 'größe' } });
});

test.each([
  { preferences: { code: 409, example: 'taken', dynamic: true }, applied: 'code=409, example=taken, dynamic=true' },
  { preferences: { example: 'a "b"\\' }, applied: 'example="a \\"b\\"\\\\"' },
  { preferences: { dynamic: false }, applied: '' },
])('Preference-Applied of $preferences is $applied', ({ preferences, applied }) => {
  expect(preferenceApplied(preferences)).toBe(applied);
});

test('what Preference-Applied says is read back as the same preferences', () => {
  const preferences = { code: 409, example: 'a "quoted", größe; \\' };
  expect(read(preferenceApplied(preferences))).toEqual({ preferences });
});
