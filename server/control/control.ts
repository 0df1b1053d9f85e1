import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Webhooks } from '../callbacks/index.js';
import { type Contract, lazy, type Operation, type SecurityRequirement } from '../contract/index.js';
import { failure, isPreflight, parseTarget, preflight, received, send } from '../http/index.js';
import {
  type ApiRequest,
  decodeParameters,
  findResponse,
  type ProblemName,
  problem,
  type Reply,
  readBody,
} from '../replies/index.js';
import { createRouter } from '../routing/index.js';
import { type Sessions, sharedSession } from '../state/index.js';
import { refuseControl } from './authorize.js';
import { controlContract } from './contract.js';
import type { ControlReply, ControlRequest, Handler } from './handler.js';
import { createHandlers } from './handlers.js';
import type { Recorder } from './journal/recorder.js';
import type { Metrics } from './metrics/metrics.js';

/** Everything standin says of itself is under this path. */
export const controlPath = '/_standin';

/** Whether a request target is standin's own, and no API's. */
export function isControl(target: string | undefined): boolean {
  return (
    target === controlPath ||
    target?.startsWith(`${controlPath}/`) === true ||
    target?.startsWith(`${controlPath}?`) === true
  );
}

export interface ControlOptions {
  readonly contracts: readonly Contract[];
  /** Of standin itself. */
  readonly version: string;
  /** Resolves once requests can be answered. */
  readonly ready: Promise<void>;
  readonly sessions: Sessions;
  /** Absent: no journal is kept. */
  readonly recorder?: Recorder | undefined;
  /** Absent: nothing is counted. */
  readonly metrics?: Metrics | undefined;
  /** Of the middleware whose contracts these are; without, there are none. */
  readonly webhooks?: Webhooks;
  /** Whether there is more to it than health and readiness; by default there is. */
  readonly isOn?: boolean;
  /** What clients must send as a bearer token; without one only clients of this machine may connect. */
  readonly token?: string | undefined;
  /** Told of what goes wrong in standin itself. */
  readonly onError?: (error: unknown) => void;
}

export interface Control {
  (request: IncomingMessage, response: ServerResponse): void;
  /** Ends answers that would go on, so that a server can close. */
  readonly close: () => void;
}

/** The most that a request's body may have: snapshots may be large. */
const bodyLimitBytes = 256 * 1024 * 1024;

/** The control API, as `openapi.yaml` beside this file says: it reads requests by that document, and checks its own replies. */
export function createControl(options: ControlOptions): Control {
  const { sessions, token, isOn = true, onError = console.error } = options;
  const contract = controlContract();
  const handlers = createHandlers(options, contract);
  const router = createRouter([contract]);
  const closing = new AbortController();
  // Who looks at no page waits for none.
  const pages = lazy(async () => (await import('./pages.js')).createPages(controlPath));

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<Reply | undefined> => {
    const { headers, method = 'GET' } = request;
    const target = parseTarget(request.url ?? '/');
    const route = router.route(method, undefined, target.path);
    if (isPreflight(method, headers)) return preflight(headers, route.kind === 'method-not-allowed' ? route.allow : []);
    if (route.kind === 'not-found') {
      if (!isOn && isFront(target.path)) return off;
      const isShown = isOn && (method === 'GET' || method === 'HEAD');
      if (isShown && (await (await pages())(request, response))) return undefined;
      return notFound(target.path, router.nearest(target.path));
    }
    if (route.kind === 'method-not-allowed')
      return method === 'OPTIONS'
        ? { status: 204, headers: { allow: route.allow.join(', ') }, reason: 'example' }
        : problem('method-not-allowed', {
            detail: `use ${route.allow.join(', ')} for ${target.path}`,
            headers: { allow: route.allow.join(', ') },
          });
    const { operation, pathParameters } = route;
    if (!isOpen(operation)) {
      if (!isOn) return off;
      const refusal = refuseControl(headers, token);
      if (refusal) return refusal;
    }
    const body = await received(request, bodyLimitBytes);
    if (body.kind === 'too-large')
      return problem('content-too-large', { detail: `the body is over ${bodyLimitBytes} bytes` });
    const url = request.url ?? '/';
    const asked: ApiRequest = { method, url, pathParameters, query: target.query, headers, body };
    const read = await readRequest(operation, asked);
    if ('refusal' in read) return read.refusal;
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    const { session = read.header['standin-session'] } = read.query;
    const id = String(session ?? sharedSession);
    const handler = handlers[operation.id] as Handler;
    const store = isOpen(operation) ? unneeded : await sessions.of(id);
    const given = await handler({
      ...read,
      session: id,
      store,
      signal: AbortSignal.any([gone.signal, closing.signal]),
    });
    if ('stream' in given) {
      given.stream(response);
      return undefined;
    }
    return 'problem' in given ? given.problem : toReply(operation, given);
  };

  const control = (request: IncomingMessage, response: ServerResponse): void => {
    answer(request, response)
      .catch((error: unknown) => failure(error, onError))
      .then((reply) => {
        if (reply) send(request, response, { ...reply, headers: { ...reply.headers, 'cache-control': 'no-store' } });
      })
      .catch(onError);
  };
  return Object.assign(control, { close: () => closing.abort() });
}

const off = problem('control-off', {
  detail: 'the control API is off; start standin with --control on, and --control-token where others can reach it',
});

/** Where the inspector is looked for. */
const isFront = (path: string) => path === controlPath || path === `${controlPath}/`;

/** What has no credentials in the document is there for everybody: health, and the document itself. */
const isOpen = ({ security }: { readonly security: readonly SecurityRequirement[] }) => security.length === 0;

/** Who may be asked while the store is away must not ask for it. */
const unneeded = undefined as never;

function notFound(path: string, nearest: string | undefined): Reply {
  return problem('path-not-found', {
    detail: `standin has no ${path} of its own${nearest === undefined ? '' : `; the nearest is ${nearest}`}; see ${controlPath}/openapi.json`,
  });
}

type Read = Pick<ControlRequest, 'path' | 'query' | 'header' | 'body'>;

async function readRequest(operation: Operation, asked: ApiRequest): Promise<Read | { readonly refusal: Reply }> {
  const { violations, path, query, header } = decodeParameters(operation, asked);
  const body = await readBody(operation.requestBody, asked);
  if (body.kind === 'unsupported')
    return {
      refusal: problem('media-type-unsupported', { detail: body.detail, headers: { accept: 'application/json' } }),
    };
  const all = [...violations, ...body.violations];
  const [first] = all;
  if (!first) return { path: path as Record<string, string>, query, header, body: body.value };
  const isRead = !all.some(({ keyword }) => keyword === 'syntax' || keyword === 'encoding');
  const name: ProblemName = isRead ? 'request-invalid' : 'request-malformed';
  return {
    refusal: problem(name, {
      detail: `${first.location}${first.pointer} ${first.message}`,
      violations: all,
    }),
  };
}

/** @throws Error where the reply is none that the document has. */
function toReply(operation: Operation, given: Extract<ControlReply, { status: number }>): Reply {
  const { status, body, headers = {} } = given;
  const documented = findResponse(operation, status, { withDefault: false });
  const [mediaType] = documented?.response.content ?? [];
  if (!documented || (body === undefined) !== (mediaType === undefined))
    throw new Error(`${operation.id} documents no such ${status}`);
  if (!mediaType) return { status, headers, reason: 'example' };
  const [wrong] = mediaType.validator.check(body) ? [] : mediaType.validator.violations(body, 'body');
  if (wrong) throw new Error(`the reply of ${operation.id} violates its document: ${wrong.pointer} ${wrong.message}`);
  return {
    status,
    headers: { ...headers, 'content-type': mediaType.contentType },
    body: Buffer.from(JSON.stringify(body)),
    reason: 'example',
  };
}
