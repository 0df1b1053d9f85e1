import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, expect, jest, test } from '@jest/globals';
import { postJson } from '../testing/post-json.js';
import { type RunningCli, startMock } from '../testing/run-cli.js';

jest.setTimeout(60_000);

let mock: RunningCli | undefined;
afterEach(async () => {
  await mock?.stop();
  mock = undefined;
});

const metricsOf = async ({ url }: RunningCli) => (await fetch(`${url}/_standin/metrics`)).text();

test.each([[[]], [['--workers', '2']]])(
  'requests are counted by API, operation, status and reason, of all processes together (%j)',
  async (more) => {
    mock = await startMock(['specs', ...more]);
    const { url } = mock;
    for (let count = 1; count <= 20; count++)
      await postJson(`${url}/permutive/users?k=a-key`, { id: count }, { connection: 'close' });
    await fetch(`${url}/nowhere`, { headers: { 'standin-session': 'mine', connection: 'close' } });
    const response = await fetch(`${url}/_standin/metrics`);
    expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    const metrics = await response.text();
    expect(metrics).toContain(
      'standin_requests_total{api="permutive",operation="createUserId",status="200",reason="state"} 20\n',
    );
    expect(metrics).toContain('standin_requests_total{api="",operation="",status="404",reason="problem"} 1\n');
    expect(metrics).toMatch(
      /standin_request_duration_seconds_count\{(?:le="\+Inf",)?api="permutive",operation="createUserId"\} 20\n/,
    );
    expect(metrics).toMatch(/standin_sessions 1\n/);
    expect(metrics).toMatch(/standin_items\{api="permutive",collection="users"\} [1-9]/);
  },
);

test('`--no-metrics` counts nothing, and says so', async () => {
  mock = await startMock(['specs', '--no-metrics']);
  const response = await fetch(`${mock.url}/_standin/metrics`);
  expect(response.status).toBe(404);
  expect(await response.text()).toContain('--no-metrics');
});

test('a token that is asked for is asked for here, too', async () => {
  mock = await startMock(['specs', '--control-token', 'hush']);
  expect((await fetch(`${mock.url}/_standin/metrics`)).status).toBe(401);
  const headers = { authorization: 'Bearer hush' };
  expect(await (await fetch(`${mock.url}/_standin/metrics`, { headers })).text()).toContain('standin_sessions 0');
});

/** What a collector is sent (OTLP/HTTP, JSON). */
async function startCollector() {
  const received: { path: string; body: string; headers: Readonly<Record<string, unknown>> }[] = [];
  const server = createServer(async (request, response) => {
    received.push({ path: request.url ?? '', body: await text(request), headers: request.headers });
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { received, url: `http://127.0.0.1:${port}`, close: () => server.close() };
}

interface Sent {
  readonly resourceSpans: {
    readonly resource: { readonly attributes: Attributes };
    readonly scopeSpans: { readonly spans: (Readonly<Record<string, unknown>> & { attributes: Attributes })[] }[];
  }[];
}
type Attributes = { key: string; value: Readonly<Record<string, unknown>> }[];
const plain = (attributes: Attributes) =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));

test('with the standard environment variables each request is a span at the collector, part of the trace it came with', async () => {
  const collector = await startCollector();
  try {
    mock = await startMock(['specs'], {
      env: {
        OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
        OTEL_EXPORTER_OTLP_HEADERS: 'x-team=blue',
        OTEL_SERVICE_NAME: 'users',
      },
    });
    const traceId = '0af7651916cd43dd8448eb211c80319c';
    await postJson(`${mock.url}/permutive/users?k=hush`, {}, { traceparent: `00-${traceId}-b7ad6b7169203331-01` });
    await fetch(`${mock.url}/nowhere`);
    await mock.stop();
    expect(collector.received[0]).toMatchObject({ path: '/v1/traces', headers: { 'x-team': 'blue' } });
    const sent = collector.received
      .map(({ body }) => JSON.parse(body) as Sent)
      .flatMap(({ resourceSpans }) => resourceSpans);
    expect(plain(sent[0]?.resource.attributes ?? [])).toMatchObject({ 'service.name': 'users' });
    const spans = sent.flatMap(({ scopeSpans }) => scopeSpans).flatMap(({ spans }) => spans);
    expect(spans).toHaveLength(2);
    expect(spans[0]).toMatchObject({ name: 'POST /users', traceId, parentSpanId: 'b7ad6b7169203331', kind: 2 });
    expect(plain(spans[0]?.attributes ?? [])).toMatchObject({
      'http.request.method': 'POST',
      'http.route': '/users',
      'http.response.status_code': 200,
      'url.query': 'k=[redacted]',
      'standin.operation': 'createUserId',
      'standin.reason': 'state',
    });
    expect(spans[1]).toMatchObject({ name: 'GET' });
  } finally {
    collector.close();
  }
});

test.each([{ OTEL_SDK_DISABLED: 'true' }, { OTEL_TRACES_EXPORTER: 'none' }])(
  'no spans are sent with %j',
  async (env) => {
    const collector = await startCollector();
    try {
      mock = await startMock(['specs'], { env: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, ...env } });
      await fetch(`${mock.url}/nowhere`);
      await mock.stop();
      expect(collector.received).toEqual([]);
    } finally {
      collector.close();
    }
  },
);

test('a collector that is away keeps nobody from being answered', async () => {
  mock = await startMock(['specs'], {
    env: {
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9',
      OTEL_BSP_EXPORT_TIMEOUT: '500',
      OTEL_EXPORTER_OTLP_TIMEOUT: '500',
    },
  });
  expect((await fetch(`${mock.url}/nowhere`)).status).toBe(404);
  expect(await metricsOf(mock)).toContain('status="404"');
  expect(await mock.stop()).toMatchObject({ exitCode: 0 });
});
