import { expect, jest, test } from '@jest/globals';
import { compile } from '../../server/contract/index.js';
import { loadDescriptions } from '../../server/documents/index.js';
import { serve, serveContracts } from '../../server/index.js';
import { jsonIn } from '../run/answer.js';
import { startRun } from '../suite.js';
import { type Api, authorized, createApi } from './api.js';
import { absent, changeAt } from './body-place.js';
import { suiteFor } from './measure.js';
import { mutantsOf } from './mutant.js';
import { commonKinds } from './peers/measure-peers.js';
import { createProvider, goodCredential, lowCredential } from './provider.js';
import { type Measured, scoreOf } from './score.js';
import type { Service, ServiceRequest } from './service.js';

// It runs whole suites.
jest.setTimeout(60_000);

const apis = new Map(
  ['users', 'shapes', 'access'].map((name) => {
    const [description] = loadDescriptions([`contracts/mutants/documents/${name}`]);
    return [name, createApi(compile(description as NonNullable<typeof description>))] as const;
  }),
);
const apiOf = (name: string) => apis.get(name) as Api;

const request = (method: string, url: string, body?: unknown, headers: ServiceRequest['headers'] = {}) => ({
  method,
  url,
  headers: {
    accept: '*/*',
    authorization: `Bearer ${goodCredential}`,
    ...(body !== undefined && { 'content-type': 'application/json' }),
    ...headers,
  },
  body: Buffer.from(body === undefined ? '' : JSON.stringify(body)),
});

const john = { firstName: 'John', lastName: 'Doe', contactEmail: 'john@example.com' };

/** The provider of an API with one mutant, found by the start of its kind and place. */
function mutant(api: string, kind: string, place = ''): { service: Service; touched: () => number } {
  const found = mutantsOf(apiOf(api)).find((one) => one.kind === kind && one.place.startsWith(place));
  if (!found) throw new Error(`no ${kind} at ${place}`);
  let count = 0;
  return { service: found.wrap(createProvider(apiOf(api).contract, 'a'), () => count++), touched: () => count };
}

test.each([...apis.keys()])(
  'the provider of %s makes what it answers of what it was sent, and serves no example for it',
  async (name) => {
    const api = apiOf(name);
    const { url, close } = await serve(serveContracts([api.contract]), { port: 0, host: '127.0.0.1' });
    const suite = suiteFor(api, 'a');
    const run = startRun(suite, { kind: 'service', url, baseUrlOf: () => url });
    const notes: unknown[] = [];
    for (const contractCase of suite.cases.filter(({ kind }) => kind === 'positive' || kind === 'state'))
      for (const { answer } of (await run.runCase(contractCase)).exchanges) notes.push(answer.headers['standin-note']);
    await close(0);
    expect(notes.filter((note) => /the example is served/.test(String(note)))).toEqual([]);
  },
  60_000,
);

test('the provider knows its credentials, and takes any other for garbage', async () => {
  const service = createProvider(apiOf('users').contract, 'a');
  const status = async (authorization: string | undefined) =>
    (await service(request('GET', '/users', undefined, { authorization }))).status;
  expect(await status(`Bearer ${goodCredential}`)).toBe(200);
  expect(await status(`Bearer ${lowCredential}`)).toBe(403);
  expect(await status('Bearer somebody')).toBe(401);
  expect(await status(undefined)).toBe(401);
});

test('the provider takes no preferences', async () => {
  const service = createProvider(apiOf('users').contract, 'a');
  expect((await service(request('GET', '/users?__code=500', undefined, { prefer: 'code=500' }))).status).toBe(200);
});

test('each kind that commonly goes wrong is planted somewhere, most of them in an operation that is not the first', () => {
  const all = [...apis.values()].flatMap((api) =>
    mutantsOf(api).map((one) => ({ ...one, first: api.operations[0]?.id })),
  );
  const ofKind = (kind: string) => all.filter((one) => one.kind === kind);
  expect(commonKinds.filter((kind) => ofKind(kind).length === 0)).toEqual([]);
  const elsewhere = commonKinds.filter((kind) =>
    ofKind(kind).some(({ place, first }) => first !== undefined && !place.startsWith(first)),
  );
  expect(elsewhere.length).toBe(commonKinds.length);
});

test('a mutant is told apart from the others of its document by its kind and its place', () => {
  for (const api of apis.values()) {
    const names = mutantsOf(api).map(({ kind, place }) => `${kind}: ${place}`);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  }
});

test('a fault changes what it says, where it says, and tells that it did', async () => {
  const { service, touched } = mutant('users', '200 for 201');
  expect((await service(request('GET', '/users'))).status).toBe(200);
  expect(touched()).toBe(0);
  expect((await service(request('POST', '/users', john))).status).toBe(200);
  expect(touched()).toBe(1);
});

test('a fault in the last item leaves the items before it as they are', async () => {
  const { service } = mutant('users', 'drop a required field of the last array item only', 'listUsers 200 /*/userId');
  const alone = jsonIn(await service(request('GET', '/users'))) as { userId?: number }[];
  expect(alone.map((one) => one.userId)).toEqual([1]);
  await service(request('POST', '/users', john));
  const both = jsonIn(await service(request('GET', '/users'))) as { userId?: number }[];
  expect(both.map((one) => one.userId)).toEqual([1, undefined]);
});

test('what is deleted is still read where deleting is not enough', async () => {
  const { service, touched } = mutant('users', 'GET after DELETE still 200');
  await service(request('POST', '/users', john));
  expect((await service(request('DELETE', '/users/2'))).status).toBe(204);
  expect((await service(request('GET', '/users/2'))).status).toBe(200);
  expect(touched()).toBe(1);
  expect((await service(request('GET', '/users/3'))).status).toBe(404);
});

test('a PATCH that replaces the whole is answered so, and read so', async () => {
  const { service } = mutant('users', 'PATCH replaces the whole');
  await service(request('POST', '/users', { ...john, firstName: 'Ada' }));
  const answer = jsonIn(await service(request('PATCH', '/users/2', { lastName: 'Smith' })));
  expect(answer).toMatchObject({ firstName: 'John', lastName: 'Smith' });
  expect(jsonIn(await service(request('GET', '/users/2')))).toEqual(answer);
});

test('a lenient operation answers what it should refuse as if it were good', async () => {
  const { service } = mutant('users', 'invalid body accepted', 'updateUser: against its maxLength');
  expect((await service(request('PATCH', '/users/1', { firstName: 'x'.repeat(101) }))).status).toBe(200);
  expect((await service(request('PATCH', '/users/1', { firstName: '' }))).status).toBe(400);
  expect((await service(request('POST', '/users', { ...john, firstName: 'x'.repeat(101) }))).status).toBe(400);
});

test('anybody is let in where nobody looks at credentials', async () => {
  const { service } = mutant('access', 'anonymous accepted', 'deleteReport');
  const anonymous = { ...request('DELETE', '/reports/R-0002'), headers: {} };
  expect((await service(anonymous)).status).toBe(204);
  expect((await service(request('DELETE', '/reports/R-0001', undefined, { authorization: 'Bearer x' }))).status).toBe(
    401,
  );
});

test('a request is authorized as its operation wants it', () => {
  const { operations } = apiOf('access');
  const of = (id: string) => operations.find((operation) => operation.id === id) as (typeof operations)[number];
  const bare = { method: 'GET', url: '/search?q=rain', headers: {}, body: Buffer.alloc(0) };
  expect(authorized(bare, of('searchReports')).url).toBe(`/search?q=rain&key=${goodCredential}`);
  expect(Object.keys(authorized(bare, of('deleteReport')).headers)).toEqual(['x-api-key', 'authorization']);
});

test('a value is changed in its place only, and only in its branch', () => {
  const place = { keys: ['items', '*', 'radius'], guards: [{ depth: 2, name: 'kind', value: 'circle' }] };
  const body = {
    items: [
      { kind: 'circle', radius: 1 },
      { kind: 'other', radius: 1 },
    ],
  };
  expect(changeAt(body, place, () => absent)?.body).toEqual({
    items: [{ kind: 'circle' }, { kind: 'other', radius: 1 }],
  });
  expect(changeAt(body, place, () => 1)).toBeUndefined();
  expect(changeAt({ items: [] }, place, () => 2)).toBeUndefined();
});

test('a mutant that is killed with one seed and not with another is a flake, and not killed', () => {
  const measure = (seed: string, verdict: Measured['verdict'], isLegal = false): Measured => ({
    kind: 'a',
    place: 'b',
    document: 'c',
    seed,
    verdict,
    isLegal,
    requests: 1,
    elapsedMs: 1,
  });
  const flaky = scoreOf([measure('1', 'killed'), measure('2', 'unnoticed')], 1);
  expect(flaky).toMatchObject({ mutants: 1, killed: 0, flakes: 1, falseAlarms: 0 });
  expect(flaky.survivors).toMatchObject([{ kind: 'a', verdict: 'unnoticed', seeds: ['2'] }]);
  expect(scoreOf([measure('1', 'false alarm', true)], 1)).toMatchObject({ mutants: 0, falseAlarms: 1, flakes: 0 });
});
