import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { loadDescriptions } from '../documents/index.js';
import { compile } from './compile.js';

test('the behaviour that the overlays declare is compiled into the operation, the most specific condition first', () => {
  const [description] = loadDescriptions(['specs/prelude']);
  if (!description) throw new Error('no description');
  const [operation] = compile(description).operations;
  expect(operation?.resource).toMatchObject({
    name: 'users',
    generate: { kind: 'ulid', prefix: 'usr_' },
    scope: ['appID'],
  });
  const first = operation?.rules.findIndex(({ when }) => when.event === 'request.invalid' && when.pointer === '/id');
  const general = operation?.rules.findIndex(
    ({ when }) => when.event === 'request.invalid' && when.pointer === undefined,
  );
  expect(first).toBeLessThan(general as number);
  expect(readFileSync('specs/prelude/openapi.yaml', 'utf8')).not.toContain('x-standin');
});
