import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { answerOf, postJson } from '../testing/post-json.js';
import { type RunningCli, startMock } from '../testing/run-cli.js';

jest.setTimeout(60_000);

let mock: RunningCli;
beforeAll(async () => {
  mock = await startMock(['--seed', 'sessions', 'specs']);
});
afterAll(() => mock?.stop());

const user = { firstName: 'Ada', lastName: 'Lovelace', contactEmail: 'ada@example.com' };
const create = (headers: Record<string, string> = {}, prefix = '') =>
  postJson(`${mock.url}${prefix}/user-service/users`, user, { Authorization: 'Bearer sessions', ...headers });

test('200 sessions at once each create the same user, and create it once', async () => {
  const sessions = Array.from({ length: 200 }, (_, index) => ({ 'Standin-Session': `parallel-${index}` }));
  const first = await Promise.all(sessions.map((headers) => create(headers)));
  expect(new Set(first.map(({ status }) => status))).toEqual(new Set([201]));
  expect(first.every(({ body }) => (body as { userId: number }).userId === 1)).toBe(true);
  const second = await Promise.all(sessions.map((headers) => create(headers)));
  expect(new Set(second.map(({ status }) => status))).toEqual(new Set([400]));
  const journals = await Promise.all(
    sessions.map(async (headers) => answerOf(await fetch(`${mock.url}/_standin/journal`, { headers }))),
  );
  expect(journals.map(({ body }) => (body as { entries: unknown[] }).entries.length)).toEqual(sessions.map(() => 2));
  expect(await create()).toMatchObject({ status: 201 });
});

test('a session is the same, whether a header, a cookie or the path names it; the path comes before the header', async () => {
  expect(await create({ 'Standin-Session': 'one%20way' })).toMatchObject({ status: 201 });
  expect(await create({ 'Standin-Session': 'a' })).toMatchObject({ status: 201 });
  expect(await create({ Cookie: 'theme=dark; standin-session=a' })).toMatchObject({ status: 400 });
  expect(await create({}, '/~a')).toMatchObject({ status: 400 });
  expect(await create({ 'Standin-Session': 'b' }, '/~a')).toMatchObject({ status: 400 });
  expect(await create({ 'Standin-Session': 'b', Cookie: 'standin-session=a' })).toMatchObject({ status: 201 });
});

test('each session has limits of its own', async () => {
  const ask = () => create({ 'Standin-Session': 'limits', Authorization: 'Bearer limited' });
  const answers = await Promise.all(Array.from({ length: 101 }, ask));
  expect(answers.filter(({ status }) => status === 429)).toHaveLength(1);
  expect((await create({ 'Standin-Session': 'no-limits', Authorization: 'Bearer limited' })).status).toBe(201);
});

test('what names no session is a problem', async () => {
  for (const id of ['a/b', 'x'.repeat(129), 'ümlaut'])
    expect(await create({ Cookie: `standin-session=${encodeURIComponent(id)}` })).toMatchObject({
      status: 400,
      body: { type: 'urn:standin:problem:session-malformed' },
    });
});

test('a page may send the header, since the preflight allows it', async () => {
  const answer = await fetch(`${mock.url}/user-service/users`, {
    method: 'OPTIONS',
    headers: {
      Origin: 'http://localhost:3000',
      'Access-Control-Request-Method': 'POST',
      'Access-Control-Request-Headers': 'standin-session',
    },
  });
  expect(answer.status).toBe(204);
  expect(answer.headers.get('access-control-allow-headers')).toBe('standin-session');
});

test('what is made up in a session is the same in each run with a seed, whatever other sessions did before', async () => {
  const identify = async (running: RunningCli, session: string) =>
    (await postJson(`${running.url}/permutive/v2.0/users?k=a`, undefined, { 'Standin-Session': session })).body;
  const before = [await identify(mock, 'x'), await identify(mock, 'y'), await identify(mock, 'x')];
  const again = await startMock(['--seed', 'sessions', 'specs']);
  try {
    expect([await identify(again, 'x'), await identify(again, 'x'), await identify(again, 'y')]).toEqual([
      before[0],
      before[2],
      before[1],
    ]);
    expect(new Set(before.map((body) => JSON.stringify(body))).size).toBe(3);
  } finally {
    await again.stop();
  }
});

test('more sessions than there may be end the one that is idle longest', async () => {
  const few = await startMock(['--sessions-max', '2', 'specs']);
  try {
    const createIn = (session: string) =>
      postJson(`${few.url}/user-service/users`, user, { Authorization: 'Bearer few', 'Standin-Session': session });
    for (const session of ['a', 'b', 'c']) expect(await createIn(session)).toMatchObject({ status: 201 });
    const { sessions } = (await (await fetch(`${few.url}/_standin/sessions`)).json()) as { sessions: { id: string }[] };
    expect(sessions.map(({ id }) => id)).toEqual(['b', 'c']);
    expect(await createIn('a')).toMatchObject({ status: 201 });
  } finally {
    await few.stop();
  }
});
