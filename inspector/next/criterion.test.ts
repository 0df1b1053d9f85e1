import { expect, test } from '@jest/globals';
import { parseCriterion } from '../../server/contract/index.js';
import { criterionOf, type Requirement, textOfCriterion } from './criterion.js';

const requirement = (more: Partial<Requirement>): Requirement => ({
  where: 'body',
  name: 'firstName',
  comparison: 'is',
  value: 'Eve',
  ...more,
});

test.each([
  [{}, "$request.body#/firstName == 'Eve'"],
  [{ value: "O'Hara" }, "$request.body#/firstName == 'O''Hara'"],
  [{ comparison: 'is not' }, "$request.body#/firstName != 'Eve'"],
  [{ name: '/lines/0/article' }, "$request.body#/lines/0/article == 'Eve'"],
  [{ name: 'a/b' }, "$request.body#/a~1b == 'Eve'"],
  [{ where: 'path', name: 'id', value: '5' }, "$request.path.id == 5 || $request.path.id == '5'"],
  [
    { where: 'query', name: 'all', value: 'true', comparison: 'is not' },
    "$request.query.all != true && $request.query.all != 'true'",
  ],
  [{ where: 'header', name: 'X-Trace', comparison: 'matches', value: '^t' }, '$request.header.X-Trace matches ^t'],
  [{ name: 'first name', value: 'a.b' }, '$request.body#/first name matches ^a\\.b$'],
  [{ name: 'first name', comparison: 'is not' }, '$request.body#/first name matches ^(?!Eve$)'],
  [{ where: 'condition', value: '$request.body#/age >= 18' }, '$request.body#/age >= 18'],
] as const)('%j becomes a criterion: %s', (more, text) => {
  const criterion = criterionOf(requirement(more));
  expect(textOfCriterion(criterion)).toBe(text);
  expect(() => parseCriterion(criterion)).not.toThrow();
});
