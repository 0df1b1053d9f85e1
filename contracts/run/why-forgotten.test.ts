import { expect, test } from '@jest/globals';
import type { ContractCase, Step } from '../case.js';
import type { Answer } from './answer.js';
import { whyForgotten } from './why-forgotten.js';

const step = (method: string, path: string, taken?: Step['request']['taken']): Step => ({
  request: { method, path, headers: {}, ...(taken && { taken }) },
});
const noted: Answer = { status: 200, headers: { 'standin-note': 'nothing is stored' }, body: Buffer.alloc(0) };
const silent: Answer = { ...noted, headers: {} };
const madeOf = (steps: readonly Step[], more: Partial<ContractCase> = {}): ContractCase => ({
  id: 'x',
  kind: 'state',
  api: 'x',
  operation: 'read',
  title: 'x',
  steps,
  expect: { status: 200, headers: [] },
  ...more,
});
const readFirst = madeOf([
  step('POST', '/owners'),
  step('POST', '/owners/a/pets', [{ segment: 2, step: 0, keys: ['id'] }]),
  step('POST', '/owners/a/pets', [{ segment: 2, step: 0, keys: ['id'] }]),
  step('GET', '/owners/a/pets/b', [
    { segment: 2, step: 0, keys: ['id'] },
    { segment: 4, step: 1, keys: ['id'] },
  ]),
]);

test('a case is excused by the note of the answer that names what it asks for', () => {
  expect(whyForgotten(readFirst, [silent, noted, silent, silent])).toBe('the stand-in kept nothing: nothing is stored');
});

test('a case is excused by the note of what the item is below', () => {
  expect(whyForgotten(readFirst, [noted, silent, silent, silent])).toBeDefined();
});

test('the note of another item excuses nothing', () => {
  expect(whyForgotten(readFirst, [silent, silent, noted, silent])).toBeUndefined();
});

test('the note of the answer that is judged excuses nothing', () => {
  expect(whyForgotten(readFirst, [silent, silent, silent, noted])).toBeUndefined();
});

test('the note of an answer that only shows something excuses nothing', () => {
  const steps = [step('GET', '/a'), step('GET', '/b', [{ segment: 1, step: 0, keys: ['id'] }])];
  expect(whyForgotten(madeOf(steps), [noted, silent])).toBeUndefined();
});

test('a conflict is excused where what it is in conflict with was not kept', () => {
  const conflict = madeOf([step('POST', '/a'), step('POST', '/a')], { expect: { status: 409, headers: [] } });
  expect(whyForgotten(conflict, [noted, silent])).toBeDefined();
});

test('a case that is not about what is kept is not excused', () => {
  expect(whyForgotten({ ...readFirst, kind: 'positive' }, [silent, noted, silent, silent])).toBeUndefined();
});
