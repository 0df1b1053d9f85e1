import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { type ProblemDetails, type ProblemName, problem } from '../replies/index.js';

/** What is not HTTP at all, or never ends, does not become a request; it is answered on the socket. */
export function refuseOnSocket(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const { status, headers, body } = problem(...reasonFor(error));
  const head = Object.entries({ ...headers, 'content-length': body?.length, connection: 'close' });
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${head.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${body}`,
  );
}

function reasonFor({ code, message }: NodeJS.ErrnoException): [ProblemName, ProblemDetails] {
  switch (code) {
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return ['request-timeout', { detail: 'the request took too long to arrive; send it again' }];
    case 'HPE_HEADER_OVERFLOW':
      return ['request-malformed', { status: 431, detail: 'the header, or the URL, is too long' }];
    default:
      return ['request-malformed', { detail: `this is no HTTP request: ${message}` }];
  }
}
