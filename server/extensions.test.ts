import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, expect, test } from '@jest/globals';
import { standin } from './index.js';
import { fencesOf, playExchanges } from './testing/docs-examples.js';
import { writeFolder } from './testing/load-document.js';

const servers: Server[] = [];
afterAll(() => {
  for (const server of servers) server.close();
});

async function serveWith(overlay: string): Promise<string> {
  const folder = writeFolder({ 'api/openapi.yaml': document, 'api/behaviour.overlay.yaml': overlay });
  const server = createServer(standin({ documents: [`${folder}/api`], seed: 'docs' }));
  servers.push(server);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const fences = fencesOf('extensions.md');
const document = fences.find(({ text }) => text.startsWith('openapi:'))?.text ?? '';
const examples = fences.flatMap(({ heading, language, text }, index) => {
  const before = fences[index - 1];
  return language === 'http' && before ? [{ heading, overlay: before.text, exchanges: text }] : [];
});

test('each extension has an example in its documentation', () => {
  expect(new Set(examples.map(({ heading }) => heading))).toEqual(
    new Set([
      'Behaviour, declared',
      'Runtime expressions',
      'x-standin-resource',
      'Changes that are no CRUD',
      'Without state',
      'x-standin-when',
      'x-standin-value',
      'x-standin-limit',
    ]),
  );
});

test.each(examples)('the example of "$heading" does what its page says', async ({ overlay, exchanges }) => {
  const url = await serveWith(overlay);
  await playExchanges(url, exchanges, { authorization: 'Bearer token' });
});
