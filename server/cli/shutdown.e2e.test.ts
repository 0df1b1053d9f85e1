import { once } from 'node:events';
import { Agent, type ClientRequest, type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, jest, test } from '@jest/globals';
import { type RunningCli, startMock } from '../testing/run-cli.js';

// Its tests start one process after another, perhaps beside all that else runs.
jest.setTimeout(30_000);

/** A request of which half has been sent. */
async function halfARequest({ url }: RunningCli, agent?: Agent): Promise<ClientRequest> {
  const half = request(`${url}/joyfill/users`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'Content-Length': '21', Expect: '100-continue' },
    ...(agent && { agent }),
  });
  half.flushHeaders();
  // It is in the server's hands once the server says so.
  await once(half, 'continue');
  half.write('{"identifi');
  return half;
}

describe.each(['SIGTERM', 'SIGINT'] as const)('at %s', (signal) => {
  test('standin ends at once with exit code 0 where nothing is under way, idle connections or not', async () => {
    const mock = await startMock();
    const agent = new Agent({ keepAlive: true });
    const idle = request(`${mock.url}/_standin/health`, { agent }).end();
    const [response] = (await once(idle, 'response')) as [IncomingMessage];
    await text(response);
    const before = Date.now();
    mock.signal(signal);
    expect(await mock.ended).toMatchObject({ exitCode: 0 });
    expect(Date.now() - before).toBeLessThan(2000);
    agent.destroy();
  });

  test('standin finishes the request under way, takes no other, and ends with exit code 0', async () => {
    const mock = await startMock();
    const agent = new Agent({ keepAlive: true });
    const slow = await halfARequest(mock, agent);
    mock.signal(signal);
    await sleep(200);
    await expect(fetch(`${mock.url}/_standin/health`)).rejects.toThrow();
    slow.end('er":"slow"}');
    const [response] = (await once(slow, 'response')) as [IncomingMessage];
    expect(response.statusCode).toBe(200);
    expect(JSON.parse(await text(response))).toMatchObject({ identifer: 'slow' });
    const before = Date.now();
    expect(await mock.ended).toMatchObject({ exitCode: 0 });
    expect(Date.now() - before).toBeLessThan(2000);
    agent.destroy();
  });

  test('a second time standin does not wait', async () => {
    const mock = await startMock();
    const slow = await halfARequest(mock);
    const cut = once(slow, 'error');
    mock.signal(signal);
    await sleep(200);
    mock.signal(signal);
    expect(await mock.ended).toMatchObject({ exitCode: 1 });
    await cut;
  });
});
