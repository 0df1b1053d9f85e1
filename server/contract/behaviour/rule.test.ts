import { expect, test } from '@jest/globals';
import { bySpecificity, parseWhen, type Rule, type When } from './rule.js';

test.each([
  ['request.invalid', [{ event: 'request.invalid', criteria: [] }]],
  [
    { event: 'request.invalid', pointer: '/id', keyword: 'required' },
    [{ event: 'request.invalid', pointer: '/id', keyword: 'required', criteria: [] }],
  ],
  [
    ['resource.missing', { condition: 'true' }],
    [{ event: 'resource.missing', criteria: [] }, { criteria: [{ type: 'simple' }] }],
  ],
  [{ criteria: [{ condition: 'true' }, { condition: 'false' }] }, [{ criteria: [{}, {}] }]],
])('%j is read as alternatives', (value, whens) => {
  expect(parseWhen(value)).toMatchObject(whens);
});

test('the rule whose condition says more comes first, and equals keep their order', () => {
  const criteria = parseWhen({ condition: 'true' })[0]?.criteria ?? [];
  const whens: Record<string, When> = {
    event: { event: 'request.invalid', criteria: [] },
    event2: { event: 'request.invalid', criteria: [] },
    keyword: { event: 'request.invalid', keyword: 'required', criteria: [] },
    pointer: { event: 'request.invalid', pointer: '', criteria: [] },
    both: { event: 'request.invalid', pointer: '/id', keyword: 'required', criteria: [] },
    criteria: { criteria },
  };
  const response = { status: '400', description: '', pointer: '', headers: [], content: [], links: [] };
  const rules = Object.entries(whens).map(([example, when]): Rule => ({ when, response, example }));
  expect(bySpecificity(rules).map(({ example }) => example)).toEqual([
    'criteria',
    'both',
    'pointer',
    'keyword',
    'event',
    'event2',
  ]);
});
