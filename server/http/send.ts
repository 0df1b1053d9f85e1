import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { Reply } from '../replies/index.js';
import { corsHeaders } from './cors.js';

/** What else the reply would depend on: RFC 7240 §2, RFC 9110 §12.5.5. */
const varies = 'Accept, Prefer, Origin';

/** Writes a reply, once and whole. */
export function send(request: IncomingMessage, response: ServerResponse, { status, headers, body }: Reply): void {
  if (response.headersSent || response.destroyed) return;
  const { vary } = headers;
  const all: OutgoingHttpHeaders = {
    ...(headers as OutgoingHttpHeaders),
    ...corsHeaders(request.headers, Object.keys(headers)),
    vary: vary === undefined ? varies : `${vary}, ${varies}`,
  };
  if (body) all['content-length'] = body.length;
  else if (status >= 200 && status !== 204 && status !== 304) all['content-length'] = 0;
  response.writeHead(status, all);
  response.end(request.method === 'HEAD' ? undefined : body);
}
