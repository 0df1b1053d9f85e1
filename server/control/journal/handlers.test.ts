import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from '@jest/globals';
import { createMemoryStore, createSessions } from '../../state/index.js';
import type { ControlReply, ControlRequest } from '../handler.js';
import { journalHandlers } from './handlers.js';
import { createRecorder } from './recorder.js';

type Wait = (request: ControlRequest) => Promise<ControlReply>;

const wait = journalHandlers(
  createRecorder([], { onError: () => {} }),
  '1',
  createSessions(createMemoryStore, Date.now),
).waitForEntries as Wait;

const requestOf = (signal: AbortSignal, timeout: number): ControlRequest => ({
  path: {},
  query: { timeout },
  header: {},
  body: undefined,
  session: '',
  store: createMemoryStore(),
  signal,
});

test('who waits is told when time is up, whatever the garbage collector took meanwhile', async () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const collecting = setInterval(collect, 10);
  const reply = await wait(requestOf(new AbortController().signal, 150)).finally(() => clearInterval(collecting));
  expect(reply).toMatchObject({ problem: { status: 404 } });
});

test('who goes away waits no longer', async () => {
  const client = new AbortController();
  const reply = wait(requestOf(client.signal, 600_000));
  client.abort();
  expect(await reply).toMatchObject({ problem: { status: 404 } });
  expect(await wait(requestOf(client.signal, 600_000))).toMatchObject({ problem: { status: 404 } });
});
