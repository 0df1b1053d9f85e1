import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';

/** A request, whole. Names of headers are in lower case. */
export interface ServiceRequest {
  readonly method: string;
  /** Path and query, percent-encoded. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
}

export interface ServiceAnswer {
  readonly status: number;
  /** Names in any case, as they are to be sent. `content-length` is made of the body where it is not there. */
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: Buffer;
  /** Octets that go over the wire instead of all that, for what Node would not send; the connection is closed after them. */
  readonly wire?: Buffer;
}

/** A web service as a function: faults are functions around it. */
export type Service = (request: ServiceRequest) => Promise<ServiceAnswer>;

/** A listener for a server. A service that throws cuts the connection. */
export function listen(service: Service): RequestListener {
  return (request, response) => {
    readWhole(request)
      .then(service)
      .then(
        (answer) => write(request, response, answer),
        () => response.destroy(),
      );
  };
}

async function readWhole(request: IncomingMessage): Promise<ServiceRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
  );
  return { method: request.method ?? 'GET', url: request.url ?? '/', headers, body: Buffer.concat(chunks) };
}

function write(
  { method }: IncomingMessage,
  response: ServerResponse,
  { status, headers, body, wire }: ServiceAnswer,
): void {
  if (wire) {
    response.socket?.end(wire);
    return;
  }
  const isSized = Object.keys(headers).some((name) => /^(?:content-length|transfer-encoding)$/i.test(name));
  const hasNoBody = method === 'HEAD' || status === 204 || status === 304;
  response.writeHead(status, {
    ...(headers as Record<string, string | string[]>),
    ...(!isSized && status !== 204 && status !== 304 && { 'content-length': body.length }),
  });
  response.end(hasNoBody ? undefined : body);
}

/** The same with some headers set, or taken away where they are `undefined`, in whatever case they are written. */
export function withHeaders(
  answer: ServiceAnswer,
  changed: Readonly<Record<string, string | readonly string[] | undefined>>,
): ServiceAnswer {
  const names = new Set(Object.keys(changed).map((name) => name.toLowerCase()));
  const kept = Object.entries(answer.headers).filter(([name]) => !names.has(name.toLowerCase()));
  const set = Object.entries(changed).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
  return { ...answer, headers: Object.fromEntries([...kept, ...set]) };
}

export function headerOf({ headers }: Pick<ServiceAnswer, 'headers'>, name: string): string | undefined {
  const found = Object.entries(headers).find(([key]) => key.toLowerCase() === name.toLowerCase());
  return found && [found[1]].flat().join(', ');
}

/** The same with another body, whose length no header contradicts. */
export function withBody(answer: ServiceAnswer, body: Buffer | string): ServiceAnswer {
  return { ...withHeaders(answer, { 'content-length': undefined }), body: Buffer.from(body) };
}

export function withJson(answer: ServiceAnswer, value: unknown): ServiceAnswer {
  return withBody(answer, JSON.stringify(value));
}
