import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { controlTypes } from './control-types.js';

test('the types that the inspector has of the control API are those of its document', () => {
  expect(readFileSync('inspector/control/types.ts', 'utf8')).toBe(controlTypes());
});
