import { expect, test } from '@jest/globals';
import { createChance } from '../../server/contract/index.js';
import type { JsonObject } from '../../server/documents/index.js';
import { compileDocument } from '../../server/testing/compile-document.js';
import { type Draft, type DraftContext, draftValid, toRequest } from './draft.js';

const securitySchemes = {
  key: { type: 'apiKey', in: 'header', name: 'X-Key' },
  token: { type: 'apiKey', in: 'query', name: 'token' },
  session: { type: 'apiKey', in: 'cookie', name: 'sid' },
  digest: { type: 'http', scheme: 'digest' },
  login: { type: 'http', scheme: 'bearer' },
  raw: { type: 'apiKey', in: 'header', name: 'Authorization' },
};

function contextOf(operation: JsonObject, credential?: DraftContext['credential']): DraftContext {
  const contract = compileDocument({
    components: { securitySchemes },
    paths: { '/a': { get: { responses: { 200: { description: '' } }, ...operation } } },
  });
  const [compiled] = contract.operations;
  if (!compiled) throw new Error('no operation');
  return { contract, operation: compiled, chance: createChance('draft'), ...(credential && { credential }) };
}

const repeated = {
  security: [{ key: [], token: [], session: [] }],
  parameters: [
    { name: 'x-key', in: 'header', required: true, schema: { enum: ['the-key'] } },
    { name: 'token', in: 'query', schema: { enum: ['the-token'] } },
    { name: 'sid', in: 'cookie', schema: { enum: ['the-session'] } },
  ],
};

test('a credential that is documented as a parameter too is sent once, with a value that is valid for it', () => {
  const context = contextOf(repeated);
  expect(toRequest(context, draftValid(context) as Draft)).toMatchObject({
    path: '/a?token=the-token',
    headers: { 'x-key': 'the-key', cookie: 'sid=the-session' },
  });
});

test('a credential of the caller comes before what the parameter documents', () => {
  const context = contextOf(repeated, ({ name }) => `my-${name}`);
  expect(toRequest(context, draftValid(context) as Draft)).toMatchObject({
    path: '/a?token=my-token',
    headers: { 'x-key': 'my-key', cookie: 'sid=my-session' },
  });
});

test('without credentials, no parameter carries one', () => {
  const context = contextOf(repeated);
  const draft = { ...(draftValid(context) as Draft), credentials: [] };
  expect(toRequest(context, draft)).toMatchObject({ path: '/a', headers: { accept: '*/*' } });
  expect(Object.keys(toRequest(context, draft).headers)).toEqual(['accept']);
});

test('schemes that share the Authorization header do not overwrite a bearer token', () => {
  for (const security of [[{ login: [], raw: [] }], [{ raw: [], login: [] }]]) {
    const context = contextOf({ security }, ({ name }) => name);
    expect(toRequest(context, draftValid(context) as Draft).headers.authorization).toBe('Bearer login');
  }
});

test('digest credentials have the form of RFC 7616', () => {
  const context = contextOf({ security: [{ digest: [] }] }, () => 'ada');
  expect(toRequest(context, draftValid(context) as Draft).headers.authorization).toMatch(
    /^Digest username="ada", realm="[^"]+", nonce="[^"]+", uri="[^"]+", response="[^"]+"$/,
  );
});

test('an example that its schema refuses gives way to a value that it allows', () => {
  const parameters = [
    { name: 'q', in: 'query', required: true, example: 'a,b', schema: { type: 'integer', minimum: 3 } },
  ];
  const context = contextOf({ parameters });
  const { query } = draftValid(context) as Draft;
  expect(context.operation.parameters[0]?.validator.check(query.q)).toBe(true);
});
