import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Answer, answerOf } from '../testing/post-json.js';
import { type RunningCli, startMock } from '../testing/run-cli.js';

let mock: RunningCli;
beforeAll(async () => {
  mock = await startMock();
});
afterAll(() => mock?.stop());

async function ask(method: string, path: string, value?: unknown): Promise<Answer> {
  const headers = { Authorization: `Bearer ${randomUUID()}`, 'Content-Type': 'application/json' };
  const body = value === undefined ? {} : { body: JSON.stringify(value) };
  return answerOf(await fetch(`${mock.url}/user-service/users${path}`, { method, headers, ...body }));
}

const newUser = (firstName: string, lastName: string) => ({
  firstName,
  lastName,
  contactEmail: `${randomUUID()}@example.com`,
});
const missing = { status: 404, body: { code: 'USER_NOT_FOUND' } };

test('a user is created, read, listed, changed, read, deleted, and missing after that', async () => {
  const user = newUser('Ada', 'Lovelace');
  const created = await ask('POST', '', user);
  expect(created).toMatchObject({ status: 201, body: user });
  const path = `/${(created.body as { userId: number }).userId}`;
  expect(await ask('GET', path)).toMatchObject({ status: 200, body: created.body });
  expect((await ask('GET', '')).body).toContainEqual(created.body);

  const changed = { ...(created.body as object), lastName: 'King' };
  expect(await ask('PATCH', path, { lastName: 'King' })).toMatchObject({ status: 200, body: changed });
  expect((await ask('GET', path)).body).toEqual(changed);
  expect((await ask('GET', '')).body).toContainEqual(changed);

  expect(await ask('DELETE', path)).toMatchObject({ status: 204 });
  for (const method of ['GET', 'DELETE']) expect(await ask(method, path)).toMatchObject(missing);
  expect(await ask('PATCH', path, { lastName: 'King' })).toMatchObject(missing);
  expect((await ask('GET', '')).body).not.toContainEqual(changed);
});

test('the email address of another user is refused in a change too, and free once that user is deleted', async () => {
  const [one, other] = [newUser('Ada', 'One'), newUser('Bob', 'Two')];
  const idOf = async (user: unknown) => ((await ask('POST', '', user)).body as { userId: number }).userId;
  const [first, second] = [await idOf(one), await idOf(other)];
  const taken = { contactEmail: one.contactEmail.toUpperCase() };
  expect(await ask('PATCH', `/${second}`, taken)).toMatchObject({ status: 400, body: { code: 'INVALID_FIELD' } });
  expect(await ask('PATCH', `/${second}`, { contactEmail: other.contactEmail })).toMatchObject({ status: 200 });
  await ask('DELETE', `/${first}`);
  expect(await ask('PATCH', `/${second}`, taken)).toMatchObject({ status: 200, body: taken });
});

test('users are sorted and cut into pages, ten to a page unless asked otherwise', async () => {
  for (
    let rest = (await ask('GET', '?_perPage=100')).body as { userId: number }[];
    rest.length > 0;
    rest = rest.slice(1)
  )
    await ask('DELETE', `/${rest[0]?.userId}`);
  const names = ['Kay', 'Ada', 'Joe', 'Bob', 'Ivy', 'Cid', 'Hal', 'Dot', 'Gus', 'Eve', 'Fay'];
  for (const name of names) await ask('POST', '', newUser(name, 'Test'));
  const listed = async (query: string) =>
    ((await ask('GET', query)).body as { firstName: string }[]).map(({ firstName }) => firstName);
  expect(await listed('')).toEqual(names.slice(0, 10));
  expect(await listed('?_page=2')).toEqual(['Fay']);
  expect(await listed('?_sort=firstName&_perPage=3')).toEqual(['Ada', 'Bob', 'Cid']);
  expect(await listed('?_sort=firstName&_perPage=3&_page=2')).toEqual(['Dot', 'Eve', 'Fay']);
  expect(await listed('?_sort=-firstName&_perPage=3')).toEqual(['Kay', 'Joe', 'Ivy']);
  expect(await listed('?_page=9')).toEqual([]);
});

test.each(['?_page=0', '?_perPage=101', '?_sort=age', '/0', '/ada'])('GET %s is 400 INVALID_FIELD', async (path) => {
  expect(await ask('GET', path)).toMatchObject({ status: 400, body: { code: 'INVALID_FIELD' } });
});
