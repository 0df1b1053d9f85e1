import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { postJson } from '../testing/post-json.js';
import { type RunningCli, startMock } from '../testing/run-cli.js';

describe('formbricks POST /client/{environmentId}/user', () => {
  let mock: RunningCli;
  beforeAll(async () => {
    mock = await startMock();
  });
  afterAll(() => mock?.stop());

  const identify = async (environment: string, user: unknown) => {
    const { status, body } = await postJson(`${mock.url}/formbricks/client/${environment}/user`, user);
    return { status, body };
  };

  test('a new `userId` is answered with 200 and that `userId`', async () => {
    expect(await identify('a', { userId: 'ada', attributes: {} })).toEqual({
      status: 200,
      body: { userId: 'ada', state: 'created' },
    });
  });

  test('the same again is answered with `state: identified`, also with other attributes', async () => {
    await identify('b', { userId: 'ada', attributes: {} });
    const identified = { status: 200, body: { userId: 'ada', state: 'identified' } };
    expect(await identify('b', { userId: 'ada', attributes: {} })).toEqual(identified);
    expect(await identify('b', { userId: 'ada', attributes: { plan: 'free' } })).toEqual(identified);
  });

  test('an environment knows nothing of the users of another', async () => {
    await identify('c', { userId: 'ada' });
    expect(await identify('d', { userId: 'ada' })).toMatchObject({ body: { state: 'created' } });
    expect(await identify('c', { userId: 'ada' })).toMatchObject({ body: { state: 'identified' } });
  });

  test('an environment is told by its decoded name', async () => {
    await identify('e%20e', { userId: 'ada' });
    expect(await identify('e%20%65', { userId: 'ada' })).toMatchObject({ body: { state: 'identified' } });
  });

  test('a burst of 200 identical users makes one of them', async () => {
    const answers = await Promise.all(Array.from({ length: 200 }, () => identify('burst', { userId: 'ada' })));
    const states = answers.map(({ body }) => (body as { state: string }).state);
    expect(states.filter((state) => state === 'created')).toHaveLength(1);
    expect(states.filter((state) => state === 'identified')).toHaveLength(199);
  });
});
