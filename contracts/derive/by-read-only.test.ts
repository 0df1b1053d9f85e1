import { expect, test } from '@jest/globals';
import { compileDocument } from '../../server/testing/compile-document.js';
import { judge } from '../run/judge.js';
import { deriveCases } from './index.js';

const json = (schema: unknown) => ({ description: '', content: { 'application/json': { schema } } });
const thing = {
  type: 'object',
  properties: {
    id: { type: 'string', readOnly: true },
    state: { enum: ['on'], readOnly: true },
    name: { type: 'string' },
  },
};
const contract = compileDocument({
  paths: { '/things': { post: { requestBody: json(thing), responses: { 201: json(thing), 409: json(true) } } } },
});
const [sent, ...others] = deriveCases(contract, { seed: 's' }).cases.filter(({ title }) => title.includes('readOnly'));

test('what is the server’s to say is sent, where its answer could tell that it was taken', () => {
  expect(others).toEqual([]);
  expect(sent).toMatchObject({
    kind: 'negative',
    title: 'with /id, which is readOnly',
    breach: { location: 'body', pointer: '/id', keyword: 'readOnly' },
    expect: { status: 201, otherwise: [409] },
  });
  const { body = '' } = sent?.steps.at(-1)?.request ?? {};
  expect(JSON.parse(body).id).toBe(sent?.expect.unset?.value);
});

test.each([
  ['takes it', 201, (value: unknown) => ({ id: value }), ['/id is readOnly, and took the value that was sent']],
  ['ignores it', 201, () => ({ id: 'its-own' }), []],
  ['refuses it', 409, () => ({}), []],
])('a service that %s is judged by that', async (_, status, bodyOf, told) => {
  const { expect: due, operation } = sent as NonNullable<typeof sent>;
  const body = Buffer.from(JSON.stringify(bodyOf(due.unset?.value)));
  const answer = { status, headers: { 'content-type': 'application/json' }, body };
  const findings = await judge(contract, operation, due, answer, { values: false });
  expect(findings.map(({ message }) => message.split(':')[0])).toEqual(told);
});
