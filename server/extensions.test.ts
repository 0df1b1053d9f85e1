import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, expect, test } from '@jest/globals';
import { standin } from './index.js';
import { type Exchange, exchangesOf, fencesOf } from './testing/docs-examples.js';
import { writeFolder } from './testing/load-document.js';
import { request } from './testing/request.js';

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
  return language === 'http' && before ? [{ heading, overlay: before.text, exchanges: exchangesOf(text) }] : [];
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
  for (const exchange of exchanges) {
    const { status, headers, text } = await send(url, exchange);
    const body: unknown = text === '' ? undefined : JSON.parse(text);
    const { answer, method, target } = exchange;
    const asked = `${method} ${target} ${exchange.body ?? ''}`;
    expect({ asked, status, body, note: headers['standin-note'], headers }).toEqual({
      asked,
      note: answer.status < 400 ? undefined : headers['standin-note'],
      status: answer.status,
      body: answer.body === undefined ? expect.anything() : like(answer.body),
      headers: expect.objectContaining(like(answer.headers, true) as object),
    });
  }
});

function send(url: string, { method, target, headers, body }: Exchange) {
  const { authorization = 'Bearer token', ...others } = headers;
  return request(`${url}${target}`, {
    method,
    headers: {
      ...(authorization !== 'none' && { authorization }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...others,
    },
    ...(body !== undefined && { body }),
  });
}

/** What matches a documented answer: `…` is any text, and an object may have more members. */
function like(value: unknown, whole = false): unknown {
  if (typeof value === 'string' && value.includes('…'))
    return expect.stringMatching(new RegExp(`^${value.split('…').map(escaped).join('.+')}$`));
  if (Array.isArray(value)) return value.map((item) => like(item));
  if (typeof value !== 'object' || value === null) return value;
  const made = Object.fromEntries(Object.entries(value).map(([name, member]) => [name, like(member)]));
  return whole ? made : expect.objectContaining(made);
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
