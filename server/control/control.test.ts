import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { compileAll } from '../contract/index.js';
import { loadDescriptions } from '../documents/index.js';
import { type RunningServer, serve } from '../http/index.js';
import { serveContracts } from '../standin.js';
import { createControl, isControl } from './control.js';

let running: RunningServer;

beforeAll(async () => {
  const contracts = compileAll(loadDescriptions(['specs/prelude']));
  running = await serve(createControl({ ...serveContracts(contracts), version: '1.2.3' }), {
    port: 0,
    host: '127.0.0.1',
  });
});
afterAll(() => running.close());

test('health says that standin is ready, its version, and what it serves, to pages of any origin', async () => {
  const response = await fetch(`${running.url}/_standin/health`, { headers: { origin: 'http://page.test' } });
  expect(response.status).toBe(200);
  expect(response.headers.get('access-control-allow-origin')).toBe('http://page.test');
  expect(await response.json()).toMatchObject({
    status: 'pass',
    standin: '1.2.3',
    apis: [{ name: 'prelude', operations: 1 }],
  });
});

test.each([
  { what: 'another path', method: 'GET', path: '/_standin/helth', status: 404, type: 'path-not-found' },
  { what: 'another method', method: 'POST', path: '/_standin/health', status: 405, type: 'method-not-allowed' },
])('$what is a problem', async ({ method, path, status, type }) => {
  const response = await fetch(`${running.url}${path}`, { method });
  expect(response.status).toBe(status);
  expect(await response.json()).toMatchObject({ type: `urn:standin:problem:${type}`, status });
});

test.each([
  ['/_standin', true],
  ['/_standin/health', true],
  ['/_standin?x', true],
  ['/_standing/ovation', false],
  ['/users', false],
])('whether %s is standin’s own: %s', (target, own) => {
  expect(isControl(target)).toBe(own);
});
