import { expect, test } from '@jest/globals';
import { loadDocument } from '../testing/load-document.js';
import { diagnose, pointerOf, resolve } from './description.js';

const description = loadDocument(`openapi: 3.1.0
components:
  examples:
    a/b~c: { value: 1 }
    50% off: { value: 2 }
    first: { $ref: '#/components/examples/second' }
    second: { $ref: '#/components/examples/a~1b~0c' }
    one: { $ref: '#/components/examples/two' }
    two: { $ref: '#/components/examples/one' }
    self: { $ref: '#/components/examples/self' }
    lost: { $ref: '#/components/examples/nobody' }
    abroad: { $ref: 'other.yaml#/a' }
    anchored: { $ref: '#anchor' }
    inherited: { $ref: '#/constructor' }
`);

test.each([
  ['one reference after another', '#/components/examples/first', '/components/examples/a~1b~0c', { value: 1 }],
  ['escaped slashes and tildes', '#/components/examples/a~1b~0c', '/components/examples/a~1b~0c', { value: 1 }],
  ['percent escapes', '#/components/examples/50%25%20off', '/components/examples/50% off', { value: 2 }],
])('resolve follows %s', (_what, $ref, pointer, value) => {
  expect(resolve(description, { $ref, description: 'beside' }, '/x')).toEqual({ pointer, value });
});

test('the root itself can be referred to', () => {
  expect(resolve(description, { $ref: '#' }, '/x')).toEqual({ pointer: '', value: description.root });
});

test('what is no reference is left as it is', () => {
  expect(resolve(description, { $ref: { type: 'string' } }, '/x').value).toEqual({ $ref: { type: 'string' } });
  expect(resolve(description, undefined, '/x').value).toBeUndefined();
});

test.each([
  ['one', 9, 'leads back to itself'],
  ['self', 10, 'leads back to itself'],
  ['lost', 11, '"#/components/examples/nobody" leads nowhere'],
  ['abroad', 12, 'there is no file'],
  ['anchored', 13, '"#anchor" leads nowhere'],
  ['inherited', 14, '"#/constructor" leads nowhere'],
])('the reference of %s is an error in line %i: it %s', (name, line, message) => {
  const pointer = `/components/examples/${name}`;
  expect(() => resolve(description, { $ref: `#${pointer}` }, pointer)).toThrow(
    expect.objectContaining({
      message: expect.stringContaining(message),
      diagnostics: [expect.objectContaining({ place: expect.objectContaining({ line }) })],
    }),
  );
});

test.each([
  ['#', ''],
  ['#/a~1b%20c', '/a~1b c'],
  ['#anchor', undefined],
  ['#/50%', undefined],
])('the pointer of %j is %j', (reference, pointer) => {
  expect(pointerOf(reference)).toBe(pointer);
});

test('a diagnostic of a value that an overlay wrote names the overlay', () => {
  const overlaid = loadDocument(
    'openapi: 3.1.0\ninfo: {}\n',
    'overlay: 1.0.0\nactions:\n  - target: $.info\n    update:\n      x-a: 1\n',
  );
  expect(diagnose(overlaid, '/info/x-a', 'warning', 'rule', 'message', 'advice')).toMatchObject({
    place: { file: expect.stringMatching(/1\.overlay\.yaml$/), line: 5, column: 7 },
    pointer: '/info/x-a',
    advice: 'advice',
  });
});
