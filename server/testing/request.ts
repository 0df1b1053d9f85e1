import { type IncomingHttpHeaders, request as nodeRequest, type OutgoingHttpHeaders } from 'node:http';

/** A request as `fetch` does not let one make it: with a `Host` of one's own, any target, any content. */
interface RawRequest {
  readonly method?: string;
  readonly headers?: OutgoingHttpHeaders;
  /** The request target as it stands on the request line; the URL's path and query by default. */
  readonly target?: string;
  readonly body?: string | Buffer;
}

interface RawAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly bytes: Buffer;
}

export function request(
  url: string,
  { method = 'POST', headers = {}, target, body }: RawRequest = {},
): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const sent = nodeRequest(url, { method, headers, ...(target !== undefined && { path: target }) }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () =>
        resolve({
          status: response.statusCode as number,
          headers: response.headers,
          text: Buffer.concat(chunks).toString('utf8'),
          bytes: Buffer.concat(chunks),
        }),
      );
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
