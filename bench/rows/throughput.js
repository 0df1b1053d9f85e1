import { bigBodies, listRequest, manyOperations, preludeWithoutOverlay } from '../documents.js';
import { latency, load } from '../load.js';
import { startBare, startPrism, startStandin } from '../server.js';

export const create = {
  method: 'POST',
  path: '/v2/session/apps/54e9ujn/users',
  headers: { 'content-type': 'application/json', authorization: 'Bearer bench' },
  body: JSON.stringify({
    identifiers: [{ type: 'email_address', value: 'ada@example.com' }],
    profile: { first_name: 'Ada' },
    external_id: 'customer-user-42',
  }),
  status: 201,
};
export const createUnique = {
  ...create,
  body: JSON.stringify({
    identifiers: [{ type: 'email_address', value: '[<id>]@example.com' }],
    profile: { first_name: 'Ada' },
  }),
};

/** So long it takes until V8 has compiled what runs often, on a machine that does other work besides. */
const warmUpSeconds = 3;

/** Pairs of requests per second, measured in turns, so that what else the machine does falls on both. */
async function race(context, starters) {
  const rounds = starters.map(() => []);
  for (let round = 0; round < context.rounds; round++) {
    for (const [index, { start, request }] of starters.entries()) {
      const server = await start();
      if (!server) return undefined;
      try {
        await load(server.url, request, warmUpSeconds);
        rounds[index].push(await load(server.url, request, context.seconds));
      } finally {
        await server.stop();
      }
    }
  }
  return rounds;
}

/** Each round's ratio of the first to the second. */
async function ratio(context, ours, theirs) {
  const rounds = await race(context, [ours, theirs]);
  return rounds?.[0].map((value, round) => value / rounds[1][round]);
}

async function bytesOf(start, { method, path, headers, body }) {
  const server = await start();
  try {
    const response = await fetch(`${server.url}${path}`, { method, headers, body: body?.replace('[<id>]', 'first') });
    return (await response.arrayBuffer()).byteLength;
  } finally {
    await server.stop();
  }
}

async function againstBare(context, start, request) {
  const bytes = await bytesOf(start, request);
  return ratio(context, { start, request }, { start: () => startBare(request.status, bytes), request });
}

const workers = (context, document, request) =>
  ratio(
    context,
    { start: () => startStandin(document, ['--workers', '2']), request },
    { start: () => startStandin(document), request },
  );

export const throughput = [
  {
    id: 'create-example',
    what: 'validated create, example reply, over node:http with the same parse and bytes',
    target: { atLeast: 0.75 },
    measure: (context) => againstBare(context, () => startStandin(preludeWithoutOverlay()), create),
  },
  {
    id: 'create-stateful',
    what: 'the same with a stateful reply: unique keys checked, body templated and validated',
    target: { atLeast: 0.55 },
    measure: (context) => againstBare(context, () => startStandin('specs/prelude'), createUnique),
  },
  {
    id: 'get-parameters',
    what: 'GET with path and query parameters decoded and validated, over node:http',
    target: { atLeast: 0.75 },
    measure: (context) => againstBare(context, () => startStandin(manyOperations(20)), listRequest(19)),
  },
  ...[
    [20, 15],
    [1000, 100],
  ].map(([operations, times]) => ({
    id: `prism-${operations}`,
    what: `GET among ${operations} operations, over Prism`,
    target: { atLeast: times },
    unit: '×',
    measure: (context) => {
      const document = manyOperations(operations);
      const request = listRequest(operations - 1);
      return ratio(
        context,
        { start: () => startStandin(document), request },
        { start: () => startPrism(document), request },
      );
    },
  })),
  {
    id: 'operations-2000',
    what: 'GET among 2,000 operations, over the same among 20',
    target: { atLeast: 0.95 },
    measure: (context) =>
      ratio(
        context,
        { start: () => startStandin(manyOperations(2000)), request: listRequest(1999) },
        { start: () => startStandin(manyOperations(20)), request: listRequest(19) },
      ),
  },
  {
    id: 'violations-50',
    what: '50 violations in a body of 100 KiB, over a valid one',
    target: { atLeast: 0.3 },
    measure: (context) => {
      const { document, valid, invalid } = bigBodies();
      const start = () => startStandin(document);
      return ratio(context, { start, request: invalid }, { start, request: valid });
    },
  },
  {
    id: 'latency-half',
    what: 'p99 latency at half the saturation rate, over node:http at the same rate',
    target: { atMost: 2 },
    unit: '×',
    async measure(context) {
      const start = () => startStandin(preludeWithoutOverlay());
      const bytes = await bytesOf(start, create);
      const found = [];
      for (let round = 0; round < context.rounds; round++) {
        const ours = await start();
        const rate = (await load(ours.url, create, context.seconds)) / 2;
        const mine = await latency(ours.url, create, rate, context.seconds);
        await ours.stop();
        const bare = await startBare(create.status, bytes);
        await load(bare.url, create, 1);
        const theirs = await latency(bare.url, create, rate, context.seconds);
        await bare.stop();
        found.push(mine / Math.max(1, theirs));
      }
      return found;
    },
  },
  {
    id: 'journal',
    what: 'GET with journal, coverage and metrics, over the same without',
    target: { atLeast: 0.9 },
    measure: (context) => {
      const document = manyOperations(20);
      const request = listRequest(19);
      return ratio(
        context,
        { start: () => startStandin(document), request },
        { start: () => startStandin(document, ['--no-journal', '--no-metrics']), request },
      );
    },
  },
  {
    id: 'workers-2',
    what: '--workers 2 over one worker',
    target: { atLeast: 1.6 },
    unit: '×',
    measure: (context) => workers(context, preludeWithoutOverlay(), create),
  },
  {
    id: 'workers-2-large',
    what: 'the same with bodies of 100 KiB, for which the load leaves more of the processors to the workers',
    target: { atLeast: 1.6 },
    unit: '×',
    measure: (context) => {
      const { document, valid } = bigBodies();
      return workers(context, document, valid);
    },
  },
];
