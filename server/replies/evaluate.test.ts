import { expect, test } from '@jest/globals';
import { type Criterion, createChance, type Template } from '../contract/index.js';
import { compileOperationObject } from '../testing/compile-document.js';
import { fill, holds, mentions, type Scope } from './evaluate.js';

const violation = { location: 'body', pointer: '/pets/0/name', keyword: 'type', message: 'must be string' } as const;
const scope: Scope = {
  request: {
    method: 'POST',
    url: '/things/7?tag=a',
    path: { id: 7 },
    query: { tag: 'a', range: { from: 1 } },
    header: { 'x-tenant': 'acme' },
    body: { name: 'Ada', age: 36, pets: [{ name: 'Rex' }], 'a/b': true, gone: null },
  },
  resource: { id: 'r1' },
  parent: { id: 'p1' },
  violation,
  violations: [violation, { ...violation, pointer: '', keyword: 'required' }],
  chance: createChance('evaluate', () => 0),
};

function templateOf(value: unknown): Template {
  const content = { 'application/json': { 'x-standin-value': value } };
  const { responses } = compileOperationObject({ responses: { 200: { description: '', content } } });
  return responses[0]?.content[0]?.template as Template;
}

function criterionOf(value: unknown): Criterion {
  const { rules } = compileOperationObject({ responses: { 400: { description: '', 'x-standin-when': value } } });
  return rules[0]?.when.criteria[0] as Criterion;
}

test.each([
  ['$method', 'POST'],
  ['$url', '/things/7?tag=a'],
  ['$request.path.id', 7],
  ['$request.query.tag', 'a'],
  ['$request.query.range#/from', 1],
  ['$request.header.X-Tenant', 'acme'],
  ['$request.body#/pets/0/name', 'Rex'],
  ['$request.body#/a~1b', true],
  ['$request.body#/gone', null],
  ['$resource#/id', 'r1'],
  ['$parent', { id: 'p1' }],
  ['$violation.location', 'body'],
  ['$violation.field', 'name'],
  ['$violation.keyword', 'type'],
  ['$generated.date-time', '1970-01-01T00:00:00.000Z'],
  ['id {$request.path.id} of {$request.header.x-tenant}, {$request.query.none}', 'id 7 of acme, '],
  ['{$request.body#/pets}', '[{"name":"Rex"}]'],
  ['costs $5', 'costs $5'],
])('the template %j is filled with %j', (template, value) => {
  expect(fill(templateOf(template), scope)).toEqual(value);
});

test.each(['$request.query.none', '$request.body#/none/deeper', '$request.query.toString'])(
  '%s leads nowhere, and the member that says it is left out',
  (expression) => {
    expect(fill(templateOf(expression), scope)).toBeUndefined();
    expect(fill(templateOf({ a: expression, b: [expression, 1] }), scope)).toEqual({ b: [1] });
  },
);

test('without a violation, a parent and a resource, what is said of them leads nowhere', () => {
  const { violation: _, violations: __, parent: ___, resource: ____, ...bare } = scope;
  const template = templateOf({ a: '$violation.message', b: '$parent#/id', c: '$resource', d: 1 });
  expect(fill(template, bare)).toEqual({ d: 1 });
});

test('each violation gives one item; one of the whole body has its location for a field', () => {
  const template = templateOf({ $each: '$violations', $item: { field: '$violation.field', of: '$method' } });
  expect(fill(template, scope)).toEqual([
    { field: 'name', of: 'POST' },
    { field: 'body', of: 'POST' },
  ]);
});

test('what is generated is fresh each time and equal for equal seeds', () => {
  const make = () => {
    const seeded = { ...scope, chance: createChance('seed', () => 1) };
    const template = templateOf(['$generated.uuid', '$generated.uuid', '$generated.ulid', '$generated.token']);
    return fill(template, seeded) as string[];
  };
  expect(new Set(make()).size).toBe(4);
  expect(make()).toEqual(make());
});

test.each([
  ["$request.body#/name == 'ada'", true],
  ["$request.body#/name != 'Ada'", false],
  ['$request.body#/age >= 36 && $request.body#/age < 37', true],
  ["$request.body#/age > '35'", false],
  ["$request.body#/name < 'b'", true],
  ["$request.path.id == '7'", false],
  ['$request.body#/gone == null', true],
  ['$request.body#/none == null', false],
  ['$request.body#/none', false],
  ['!$request.body#/none', true],
  ['$request.body#/none || $request.body#/name', true],
  ["!($method == 'GET') && $request.body#/a~1b", true],
  ['$request.body#/none > 1', false],
  ["$request.header.x-tenant == 'ACME'", true],
])('the condition %s is %p', (condition, held) => {
  expect(holds(criterionOf({ condition }), scope)).toBe(held);
});

test.each([
  [{ type: 'regex', context: '$request.body#/name', condition: '^A' }, true],
  [{ type: 'regex', context: '$request.body#/age', condition: '^36$' }, true],
  [{ type: 'regex', context: '$request.body#/none', condition: '.*' }, false],
  [{ type: 'jsonpath', context: '$request.body', condition: "$.pets[?@.name == 'Rex']" }, true],
  [{ type: 'jsonpath', context: '$request.body', condition: '$.pets[1]' }, false],
  [{ type: 'jsonpath', context: '$resource#/none', condition: '$' }, false],
])('the criterion %j is %p', (criterion, held) => {
  expect(holds(criterionOf(criterion), scope)).toBe(held);
});

test.each([
  [{ condition: "$method == 'POST' || !($parent#/open)" }, true],
  [{ condition: '$request.body#/parent == true' }, false],
  [{ type: 'regex', context: '$parent#/name', condition: 'x' }, true],
  [{ type: 'jsonpath', context: '$request.body', condition: '$.parent' }, false],
])('whether %j mentions the parent: %p', (criterion, mentioned) => {
  expect(mentions(criterionOf(criterion), 'parent')).toBe(mentioned);
});
