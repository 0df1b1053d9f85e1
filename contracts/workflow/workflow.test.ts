import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { compileAll } from '../../server/contract/index.js';
import { loadDescriptions } from '../../server/documents/index.js';
import { startTarget } from '../run/target.js';
import { deriveSuite, runSuite } from '../suite.js';
import { loadArazzo } from './arazzo.js';
import { criterionHolds, evaluated, type WorkflowScope } from './expression.js';

const json = (schema: unknown) => ({ description: '', content: { 'application/json': { schema } } });
const thing = {
  type: 'object',
  required: ['id', 'name'],
  properties: { id: { type: 'string', readOnly: true }, name: { type: 'string' } },
};
const document = {
  openapi: '3.1.1',
  info: { title: 'Things', version: '1' },
  paths: {
    '/things': {
      post: {
        operationId: 'make',
        requestBody: { required: true, content: { 'application/json': { schema: thing } } },
        responses: { 201: json(thing), 400: json({}) },
      },
    },
    '/things/{id}': {
      parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
      get: { operationId: 'get', responses: { 200: json(thing), 404: json({}) } },
      delete: { operationId: 'drop', responses: { 204: { description: '' }, 404: json({}) } },
    },
  },
};

function folderWith(workflows: unknown, elsewhere?: unknown): string {
  const folder = mkdtempSync(join(tmpdir(), 'arazzo-'));
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'things.json'), JSON.stringify(document));
  const arazzo = {
    arazzo: '1.0.1',
    info: { title: 'W', version: '1' },
    sourceDescriptions: [{ name: 'things', type: 'openapi', url: './things.json' }],
    workflows,
  };
  const sources = [
    ...arazzo.sourceDescriptions,
    { name: 'others', type: 'arazzo', url: './arazzo/others.arazzo.json' },
  ];
  writeFileSync(
    join(folder, 'things.arazzo.json'),
    JSON.stringify(elsewhere === undefined ? arazzo : { ...arazzo, sourceDescriptions: sources }),
  );
  if (elsewhere === undefined) return folder;
  mkdirSync(join(folder, 'arazzo'));
  const sourceDescriptions = [{ name: 'things', type: 'openapi', url: '../things.json' }];
  writeFileSync(
    join(folder, 'arazzo', 'others.arazzo.json'),
    JSON.stringify({ ...arazzo, sourceDescriptions, workflows: elsewhere }),
  );
  return folder;
}

async function run(workflows: unknown, elsewhere?: unknown) {
  const contracts = compileAll(loadDescriptions([join(folderWith(workflows, elsewhere), 'things.json')]));
  const suite = deriveSuite(contracts, { only: { kinds: ['workflow'] } });
  const target = await startTarget(contracts);
  try {
    return (await runSuite(suite, target)).outcomes;
  } finally {
    await target.close(0);
  }
}

const make = {
  stepId: 'make',
  operationId: 'make',
  requestBody: { payload: { name: 'kettle' } },
  successCriteria: [{ condition: '$statusCode == 201' }],
  outputs: { id: '$response.body#/id' },
};
const at = (operationId: string, stepId: string, condition: string) => ({
  stepId,
  operationId,
  parameters: [{ name: 'id', in: 'path', value: '$steps.make.outputs.id' }],
  successCriteria: [{ condition }],
});

test('a workflow carries what one step found into the next', async () => {
  const steps = [
    make,
    at('get', 'read', "$response.body#/name == 'kettle'"),
    at('drop', 'drop', '$statusCode == 204'),
    at('get', 'gone', '$statusCode == 404'),
  ];
  const [outcome] = await run([{ workflowId: 'life', steps }]);
  expect(outcome).toMatchObject({ verdict: 'proved', findings: [] });
  expect(outcome?.exchanges.map(({ answer: { status } }) => status)).toEqual([201, 200, 204, 404]);
});

test('a criterion that does not hold is a finding that names its step', async () => {
  const [outcome] = await run([
    { workflowId: 'life', steps: [make, at('get', 'read', "$response.body#/name == 'pot'")] },
  ]);
  expect(outcome?.verdict).toBe('violated');
  expect(outcome?.findings.map(({ message }) => message)).toEqual([
    "step read: expected $response.body#/name == 'pot', found status 200",
  ]);
});

test('a failure may go to another step, and a success may end the workflow', async () => {
  const read = { ...at('get', 'read', '$statusCode == 404'), onFailure: [{ name: 'f', type: 'goto', stepId: 'drop' }] };
  const drop = { ...at('drop', 'drop', '$statusCode == 204'), onSuccess: [{ name: 's', type: 'end' }] };
  const [outcome] = await run([
    {
      workflowId: 'jump',
      steps: [make, read, at('get', 'never', '$statusCode == 500'), drop, at('get', 'over', '$statusCode == 500')],
    },
  ]);
  expect(outcome?.verdict).toBe('proved');
  expect(outcome?.exchanges.map(({ request: { method } }) => method)).toEqual(['POST', 'GET', 'DELETE']);
});

test('a failed step is tried again as often as it says', async () => {
  const read = {
    ...at('get', 'read', '$statusCode == 404'),
    onFailure: [{ name: 'f', type: 'retry', retryAfter: 0, retryLimit: 2 }],
  };
  const [outcome] = await run([{ workflowId: 'again', steps: [make, read] }]);
  expect(outcome?.verdict).toBe('violated');
  expect(outcome?.exchanges).toHaveLength(4);
});

test('a workflow calls another, and takes its outputs', async () => {
  const made = {
    workflowId: 'making',
    inputs: { properties: { name: { type: 'string' } }, required: ['name'] },
    steps: [{ ...make, requestBody: { payload: { name: '{$inputs.name}!' } } }],
    outputs: { id: '$steps.make.outputs.id' },
  };
  const call = {
    stepId: 'call',
    workflowId: 'making',
    parameters: [{ name: 'name', value: 'pan' }],
    outputs: { id: '$outputs.id' },
  };
  const read = {
    stepId: 'read',
    operationId: 'things.get',
    parameters: [{ name: 'id', in: 'path', value: '$steps.call.outputs.id' }],
    successCriteria: [{ context: '$response.body', type: 'jsonpath', condition: "$[?@ == 'pan!']" }],
  };
  const [making, calling] = await run([made, { workflowId: 'calling', steps: [call, read] }]);
  expect(making).toMatchObject({ verdict: 'not provokable', why: 'the input name of making has no value' });
  expect(calling).toMatchObject({ verdict: 'proved' });
});

test('an Arazzo document that is none is refused with its place', () => {
  expect(() =>
    loadArazzo(join(folderWith([{ workflowId: 'w', steps: [{ stepId: 's' }] }]), 'things.arazzo.json')),
  ).toThrow(
    /#\/workflows\/0\/steps\/0 is no part of an Arazzo document: expected one of operationId, operationPath and workflowId/,
  );
});

const scope: WorkflowScope = {
  inputs: { name: 'a', deep: { er: 1 } },
  steps: { one: { id: 7 } },
  workflows: {},
  message: {
    url: 'http://h/x',
    method: 'GET',
    request: { path: {}, query: {}, header: {}, body: undefined },
    statusCode: 200,
    response: { path: {}, query: {}, header: { 'x-a': 'b' }, body: { list: [{ name: 'n' }], 'a.b': 2 } },
  },
};

test.each([
  ['$inputs.name', 'a'],
  ['$inputs.deep.er', 1],
  ['$steps.one.outputs.id', 7],
  ['$response.header.X-A', 'b'],
  ['$response.body#/list/0/name', 'n'],
  ['$statusCode', 200],
  ['id {$steps.one.outputs.id} of {$inputs.name}', 'id 7 of a'],
  ['costs $5', 'costs $5'],
])('%s is evaluated', (text, value) => {
  expect(evaluated(text, scope)).toEqual(value);
});

test.each([
  [{ condition: "$statusCode == 200 && $inputs.name == 'A'" }, true],
  [{ condition: '$statusCode > 299' }, false],
  [{ context: '$statusCode', condition: '^2\\d\\d$', type: 'regex' }, true],
  [{ context: '$response.body', condition: "$.list[0].name == 'n'", type: 'jsonpath' }, true],
  [{ context: '$response.body', condition: '$.list[?@.name == "m"]', type: 'jsonpath' }, false],
])('the criterion %j is %s', (criterion, holds) => {
  expect(criterionHolds(criterion, scope)).toBe(holds);
});

test('a workflow of another Arazzo document is called, and its outputs are known', async () => {
  const make = {
    workflowId: 'make-one',
    steps: [{ stepId: 'make', operationId: 'make', outputs: { id: '$response.body#/id' } }],
    outputs: { id: '$steps.make.outputs.id' },
  };
  const outcomes = await run(
    [
      {
        workflowId: 'read-one',
        steps: [
          {
            stepId: 'made',
            workflowId: '$sourceDescriptions.others.workflows.make-one',
            outputs: { id: '$outputs.id' },
          },
          {
            stepId: 'read',
            operationId: 'get',
            parameters: [{ name: 'id', in: 'path', value: '$steps.made.outputs.id' }],
            successCriteria: [{ condition: '$response.body#/id == $steps.made.outputs.id' }],
          },
        ],
      },
      { workflowId: 'lost', steps: [{ stepId: 's', workflowId: '$sourceDescriptions.others.workflows.none' }] },
    ],
    [make],
  );
  expect(outcomes.map(({ case: { title }, verdict, why }) => [title, verdict, why?.replace(/\/.*\//, '')])).toEqual([
    ['read-one', 'proved', undefined],
    ['lost', 'not provokable', 'step s: the workflow none is not in others.arazzo.json'],
    ['make-one', 'proved', undefined],
  ]);
});

test('a criterion of a type that is not supported leaves it open, in an action, too', async () => {
  const xpath = { context: '$response.body', type: { type: 'xpath', version: 'xpath-30' }, condition: '//id' };
  const outcomes = await run([
    { workflowId: 'met', steps: [{ stepId: 's', operationId: 'make', successCriteria: [xpath] }] },
    {
      workflowId: 'then',
      steps: [{ stepId: 's', operationId: 'make', onSuccess: [{ name: 'end', type: 'end', criteria: [xpath] }] }],
    },
  ]);
  for (const { verdict, why } of outcomes)
    expect([verdict, why]).toEqual([
      'not provokable',
      expect.stringMatching(/criteria of type xpath are not supported/),
    ]);
});
