import { expect, test } from '@jest/globals';
import type { Contract, ResponseMediaType } from '../../server/contract/index.js';
import { compileDocument } from '../../server/testing/compile-document.js';
import { judgeEcho } from './judge-echo.js';

const person = {
  type: 'object',
  properties: { id: { type: 'string' }, name: { type: 'string' }, email: { type: 'string', format: 'email' } },
};
const schema = {
  type: 'object',
  properties: {
    id: { type: 'string' },
    title: { type: 'string' },
    mail: { type: 'string', format: 'email' },
    at: { type: 'string', format: 'date-time' },
    weight: { type: 'number' },
    isOpen: { type: 'boolean' },
    steps: { type: 'array', items: { type: 'string' } },
    tags: { type: 'array', uniqueItems: true, items: { type: 'string' } },
    owner: person,
    note: { type: ['string', 'null'] },
    count: { type: 'integer', readOnly: true },
    editKey: { type: 'string', writeOnly: true },
    state: { enum: ['open', 'closed'] },
    updatedAt: { type: 'string' },
    password: { type: 'string' },
  },
};
const contract: Contract = compileDocument({
  paths: { '/x': { post: { responses: { 201: { description: '', content: { 'application/json': { schema } } } } } } },
});
const mediaType = contract.operations[0]?.responses[0]?.content[0] as ResponseMediaType;
const told = (sent: Record<string, unknown>, found: unknown, within: readonly string[] = []) =>
  judgeEcho(contract, mediaType, { sent, within, key: ['id'] }, found).map(({ at }) => at);

test.each([
  ['a text cut short', { title: 'Rain in spring' }, { title: 'Rain' }, '/title'],
  ['a text in other letters', { title: 'Zoë 🦊' }, { title: 'Zo? ?' }, '/title'],
  ['a number that is rounded', { weight: 0.5 }, { weight: 1 }, '/weight'],
  ['a flag turned round', { isOpen: false }, { isOpen: true }, '/isOpen'],
  ['another value of an enumeration', { state: 'closed' }, { state: 'open' }, '/state'],
  ['a list in another order', { steps: ['a', 'b'] }, { steps: ['b', 'a'] }, '/steps/0'],
  ['a list with less in it', { steps: ['a', 'b'] }, { steps: ['a'] }, '/steps'],
  ['a set with another member', { tags: ['a', 'b'] }, { tags: ['b', 'c'] }, '/tags'],
  ['what is not there', { title: 'a' }, {}, '/title'],
  ['what is null', { title: 'a' }, { title: null }, '/title'],
  ['an old value where null was sent', { note: null }, { note: 'old' }, '/note'],
  ['a day that is another', { at: '2024-01-01T00:00:00Z' }, { at: '2024-01-02T00:00:00Z' }, '/at'],
  ['something deeper', { owner: { name: 'Ada' } }, { owner: { name: 'Bo' } }, '/owner/name'],
])('%s is not what was sent', (_, sent, found, at) => {
  expect(told(sent, found)).toContain(at);
});

test.each([
  ['defaults, keys and stamps are added', { title: 'a' }, { id: '1', title: 'a', isOpen: true, updatedAt: 'now' }],
  ['blanks around a text are taken away', { title: ' a ' }, { title: 'a' }],
  ['an address is in small letters', { mail: 'Ada@Example.com' }, { mail: 'ada@example.com' }],
  ['a moment is in another zone', { at: '2024-01-01T02:00:00+02:00' }, { at: '2024-01-01T00:00:00.000Z' }],
  ['a number is kept in single precision', { weight: 0.1 }, { weight: Math.fround(0.1) }],
  ['a set is in another order', { tags: ['a', 'b'] }, { tags: ['b', 'a'] }],
  ['null is left out', { note: null }, { title: 'a' }],
  ['an empty object is filled by the service', { owner: {} }, { owner: { name: 'Ada' } }],
  ['what only the service may set is another', { count: 1 }, { count: 2 }],
  ['what is never shown is not', { editKey: 'abc', password: 'abc' }, {}],
  ['the key is the service\u2019s own', { id: 'a' }, { id: 'b' }],
  ['what is named is shown as it is', { owner: { id: '1', name: 'A' } }, { owner: { id: '1', name: 'Ada' } }],
  ['what is not documented is not shown', { other: 1 }, {}],
  ['what may not be shown is shown otherwise', { mail: 'nowhere' }, { mail: 'a@b.example' }],
])('%s: that is what was sent', (_, sent, found) => {
  expect(told(sent, found)).toEqual([]);
});

test.each([
  ['another value', { isOpen: false }, ['/isOpen']],
  ['the value', { isOpen: true }, []],
  ['nothing', {}, []],
])('where a default is documented and %s is shown, that counts', (_, found, at) => {
  const echo = { sent: {}, assumed: { isOpen: true }, within: [], key: ['id'] };
  expect(judgeEcho(contract, mediaType, echo, found).map((one) => one.at)).toEqual(at);
});
