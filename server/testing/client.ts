import { type Contract, createChance } from '../contract/index.js';
import { type ApiRequest, decide, type Reply, type RequestContent, seedStore } from '../replies/index.js';
import { createMemoryStore } from '../state/index.js';

/** What a test says of a request; the rest is as it would be without. */
export interface Asked {
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON, with its content type unless `headers` has another. */
  readonly json?: unknown;
  readonly body?: RequestContent;
}

export function requestOf({ path = {}, query = '', headers = {}, json, body }: Asked = {}): ApiRequest {
  const bytes = Buffer.from(json === undefined ? '' : JSON.stringify(json));
  return {
    method: 'POST',
    url: query === '' ? '/things' : `/things?${query}`,
    pathParameters: path,
    query,
    headers: json === undefined ? headers : { 'content-type': 'application/json', ...headers },
    body: body ?? { kind: 'bytes', bytes },
  };
}

/** Asks the first operation of a contract in process, by way of no socket. Each client has a state of its own. */
export function createClient(contract: Contract, now: () => number = () => 0): (asked?: Asked) => Promise<Reply> {
  const context = { contract, store: createMemoryStore(), chance: createChance('client'), now };
  const ready = seedStore(contract, context.store);
  const [operation] = contract.operations;
  if (!operation) throw new Error('the contract has no operation');
  return async (asked) => {
    await ready;
    return decide(context, operation, requestOf(asked));
  };
}

/** Asks an API in process for whatever its contract has, by method and URL. */
export function createApiClient(contract: Contract, now: () => number = () => 0) {
  const context = { contract, store: createMemoryStore(), chance: createChance('client'), now };
  const ready = seedStore(contract, context.store);
  return async (method: string, url: string, json?: unknown, headers: Asked['headers'] = {}): Promise<Reply> => {
    await ready;
    const [path = '', query = ''] = url.split('?', 2);
    const found = contract.operations
      .filter((operation) => operation.method === method)
      .map((operation) => ({ operation, match: templatePattern(operation.path).exec(path) }))
      .sort((a, b) => (a.match?.length ?? 0) - (b.match?.length ?? 0))
      .find(({ match }) => match);
    if (!found) throw new Error(`the contract has no ${method} ${path}`);
    const asked = requestOf({
      path: { ...found.match?.groups },
      query,
      json,
      headers: { host: 'api.test', ...headers },
    });
    return decide(context, found.operation, { ...asked, method, url });
  };
}

const templatePattern = (path: string) => new RegExp(`^${path.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`);

/** A response that says something, as JSON. */
export const saying = (what: string) => ({
  description: what,
  content: { 'application/json': { example: { said: what } } },
});

/** What such a response said. */
export function saidBy({ body }: Pick<Reply, 'body'>): unknown {
  return body && (JSON.parse(body.toString('utf8')) as { said?: string }).said;
}

export function jsonOf({ body }: Pick<Reply, 'body'>): unknown {
  return body && JSON.parse(body.toString('utf8'));
}
