import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { expect, test } from '@jest/globals';
import { type Contract, compile } from '../server/contract/index.js';
import { loadDescriptions } from '../server/documents/index.js';
import { serve, serveContracts } from '../server/index.js';
import { deriveCases } from './derive/index.js';
import { type Outcome, runCase } from './run/run-case.js';

const contracts = new Map(loadDescriptions(['specs']).map((description) => [description.name, compile(description)]));

interface Answered {
  status: number;
  headers: Record<string, string | number | string[] | undefined>;
  /** JSON; `undefined` for none. */
  body: Record<string, unknown> | string | undefined;
}

/** Something that a server gets wrong, and what the suite must say of it. */
interface Fault {
  readonly name: string;
  readonly api: string;
  /** Changes the request before the server sees it. */
  readonly deafen?: (request: IncomingMessage) => void;
  /** Changes the answer before the client sees it. */
  readonly spoil?: (answer: Answered, request: IncomingMessage) => void;
  /** The status of a case that must be violated, and what its finding must name. */
  readonly found: RegExp;
}

const member = (answer: Answered) => answer.body as Record<string, unknown>;
const isForced = (request: IncomingMessage) => request.headers.prefer !== undefined;

const faults: readonly Fault[] = [
  {
    name: 'a wrong status',
    api: 'user-service',
    spoil: (answer) => {
      if (answer.status === 201) answer.status = 200;
    },
    found: /expected 201, found 200/,
  },
  {
    name: 'a missing required field',
    api: 'user-service',
    spoil: (answer, request) => {
      if (answer.status === 201 && !isForced(request)) delete member(answer).userId;
    },
    found: /\/userId .*required/,
  },
  {
    name: 'a wrong enum',
    api: 'user-service',
    spoil: (answer, request) => {
      if (answer.status === 401 && !isForced(request)) member(answer).code = 'WHO_ARE_YOU';
    },
    found: /\/code/,
  },
  {
    name: 'a string for a number',
    api: 'user-service',
    spoil: (answer, request) => {
      if (answer.status === 201 && !isForced(request)) member(answer).userId = String(member(answer).userId);
    },
    found: /\/userId .*integer/,
  },
  {
    name: 'a stale example',
    api: 'permutive',
    spoil: (answer) => {
      if (answer.status === 500) member(answer).request_id = '00000000-0000-0000-0000-000000000000';
    },
    found: /\/request_id: expected .*found "00000000/,
  },
  {
    name: 'a lost header',
    api: 'user-service',
    spoil: (answer) => {
      delete answer.headers['x-ratelimit-remaining'];
    },
    found: /X-RateLimit-Remaining is missing/i,
  },
  {
    name: 'a header with a wrong value',
    api: 'user-service',
    spoil: (answer) => {
      if (answer.headers['x-ratelimit-limit'] !== undefined) answer.headers['x-ratelimit-limit'] = 'plenty';
    },
    found: /X-RateLimit-Limit: plenty/,
  },
  {
    name: 'a refusal that does not say when to come back',
    api: 'user-service',
    spoil: (answer, request) => {
      if (!isForced(request)) delete answer.headers['retry-after'];
    },
    found: /retry-after is missing/i,
  },
  {
    name: 'a duplicate accepted',
    api: 'prelude',
    spoil: (answer, request) => {
      if (answer.status !== 409 || isForced(request)) return;
      answer.status = 201;
      answer.body = { id: 'usr_01jqebhswje1ka1z7ahr9rfsgt' };
    },
    found: /with \/external_id of another[\s\S]*expected 409, found 201/,
  },
  {
    name: 'the wrong conflict',
    api: 'prelude',
    spoil: (answer, request) => {
      if (answer.status === 409 && !isForced(request)) member(answer).code = 'conflict';
    },
    found: /with \/identifiers of another[\s\S]*\/code: expected "already_in_use", found "conflict"/,
  },
  {
    name: 'an anonymous request accepted',
    api: 'permutive',
    deafen: (request) => {
      if (request.headers['x-api-key'] === undefined && !request.url?.includes('k='))
        request.headers['x-api-key'] = 'anybody';
    },
    found: /without credentials[\s\S]*expected 401, found 200/,
  },
  {
    name: 'an invalid credential accepted',
    api: 'user-service',
    deafen: (request) => {
      if (request.headers.authorization === 'Bearer invalid') request.headers.authorization = 'Bearer valid';
    },
    found: /an invalid credential[\s\S]*expected 401, found 201/,
  },
  {
    name: 'too low a credential accepted',
    api: 'user-service',
    deafen: (request) => {
      if (request.headers.authorization === 'Bearer forbidden') request.headers.authorization = 'Bearer mighty';
    },
    found: /too low a credential[\s\S]*expected 403, found 201/,
  },
  {
    name: 'an unknown parent accepted',
    api: 'prelude',
    deafen: (request) => {
      request.url = request.url?.replace(/unknown-\d+/, '54e9ujn') ?? '';
    },
    found: /an unknown appID[\s\S]*expected 404, found 201/,
  },
  {
    name: 'the wrong media type',
    api: 'joyfill',
    spoil: (answer) => {
      if (answer.status === 200) answer.headers['content-type'] = 'text/html';
    },
    found: /expected application\/json, found text\/html/,
  },
  {
    name: 'a body that is no JSON',
    api: 'joyfill',
    spoil: (answer) => {
      if (answer.status === 400) answer.body = '{"message": ';
    },
    found: /not JSON/,
  },
  {
    name: 'a value that is not what was sent',
    api: 'user-service',
    spoil: (answer, request) => {
      if (answer.status === 201 && !isForced(request)) member(answer).firstName = 'Somebody';
    },
    found: /\/firstName: expected "John", found "Somebody"/,
  },
  {
    name: 'state that is forgotten',
    api: 'formbricks',
    spoil: (answer, request) => {
      if (answer.status === 200 && !isForced(request)) member(answer).state = 'created';
    },
    found: /the same again[\s\S]*expected "identified", found "created"/,
  },
  {
    name: 'an undocumented method accepted',
    api: 'permutive',
    deafen: (request) => {
      if (request.method === 'PATCH') request.method = 'POST';
    },
    found: /by the method PATCH[\s\S]*expected 405, found 200/,
  },
  {
    name: 'a preference ignored',
    api: 'user-service',
    deafen: (request) => {
      delete request.headers.prefer;
    },
    found: /500 application\/json "server_error"[\s\S]*expected 500, found/,
  },
];

test.each(faults)('the suite finds $name', async (fault) => {
  const contract = contracts.get(fault.api) as Contract;
  const violated = (await run(contract, fault)).filter(({ verdict }) => verdict === 'violated');
  const told = violated.map(
    ({ case: { id }, findings }) => `${id}\n${findings.map(({ message }) => message).join('\n')}`,
  );
  expect(told.filter((text) => fault.found.test(text))).not.toEqual([]);
});

test.each([...contracts.values()])('the suite finds nothing wrong with $name itself', async (contract) => {
  const outcomes = await run(contract, {});
  expect(outcomes.length).toBeGreaterThan(5);
  expect(
    outcomes.filter(({ verdict }) => verdict !== 'proved').map(({ case: { id }, findings }) => ({ id, findings })),
  ).toEqual([]);
});

test('each fault is found where it is and nowhere else: the other cases still pass', async () => {
  const [wrongStatus] = faults as [Fault];
  const outcomes = await run(contracts.get('user-service') as Contract, wrongStatus);
  const violated = outcomes.filter(({ verdict }) => verdict === 'violated');
  expect(
    violated.every(
      ({
        case: {
          expect: { status },
        },
      }) => status === 201,
    ),
  ).toBe(true);
  expect(outcomes.length - violated.length).toBeGreaterThan(30);
});

async function run(contract: Contract, { deafen, spoil }: Pick<Fault, 'deafen' | 'spoil'>): Promise<Outcome[]> {
  const api = serveContracts([contract]);
  await api.ready;
  const listener: RequestListener = (request, response) => {
    deafen?.(request);
    // What is spoiled has to be read first.
    if (spoil) delete request.headers['accept-encoding'];
    if (spoil) intercept(request, response, spoil);
    api(request, response);
  };
  const { url, close } = await serve(listener, { port: 0, host: '127.0.0.1' });
  const outcomes: Outcome[] = [];
  for (const contractCase of deriveCases(contract).cases)
    outcomes.push(await runCase(contract, contractCase, { kind: 'standin', url, baseUrlOf: () => url }));
  await close();
  return outcomes;
}

/** Stands between the server and its answer, which it gives in one `writeHead` and one `end`. */
function intercept(request: IncomingMessage, response: ServerResponse, spoil: NonNullable<Fault['spoil']>): void {
  const { writeHead, end } = response;
  let answer: Answered = { status: 0, headers: {}, body: undefined };
  const hold = (status: number, head: Answered['headers'] | readonly string[]) => {
    answer = {
      status,
      headers: Array.isArray(head) ? fromPairs(head as readonly string[]) : { ...(head as Answered['headers']) },
      body: undefined,
    };
    return response;
  };
  const release = (body?: Buffer | string, encoding?: BufferEncoding) => {
    answer.body = body && JSON.parse(Buffer.from(body as string, encoding).toString('utf8'));
    spoil(answer, request);
    const text = typeof answer.body === 'string' ? answer.body : answer.body && JSON.stringify(answer.body);
    writeHead.call(response, answer.status, {
      ...answer.headers,
      'content-length': text === undefined ? 0 : Buffer.byteLength(text),
    } as never);
    return end.call(response, text as never, 'utf8');
  };
  Object.assign(response, { writeHead: hold, end: release });
}

/** `writeHead` also takes names and values in turn. */
function fromPairs(pairs: readonly string[]): Answered['headers'] {
  const headers: Answered['headers'] = {};
  for (let at = 0; at < pairs.length; at += 2) headers[pairs[at] as string] = pairs[at + 1];
  return headers;
}
