import { STATUS_CODES } from 'node:http';
import type { BodyView, EntryView } from './view.js';

/** The journal as an HTTP archive (HAR 1.2, http://www.softwareishard.com/blog/har-12-spec/). */
export function toHar(entries: readonly EntryView[], version: string) {
  return { log: { version: '1.2', creator: { name: 'standin', version }, entries: entries.map(toEntry) } };
}

function toEntry({ number, time, duration, request, response, ...about }: EntryView) {
  const { api, operation, session, verdict, reason } = about;
  return {
    startedDateTime: time,
    time: duration,
    request: {
      method: request.method,
      url: absolute(request),
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: pairsOf(request.headers),
      queryString: queryOf(request.url),
      headersSize: -1,
      bodySize: request.body?.size ?? 0,
      ...(request.body && { postData: { mimeType: typeOf(request.headers), ...postOf(request.body) } }),
    },
    response: {
      status: response.status,
      statusText: STATUS_CODES[response.status] ?? '',
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: pairsOf(response.headers),
      content: { size: response.body?.size ?? 0, mimeType: typeOf(response.headers), ...contentOf(response.body) },
      redirectURL: String(response.headers?.location ?? ''),
      headersSize: -1,
      bodySize: response.body?.size ?? 0,
    },
    cache: {},
    timings: { send: 0, wait: duration, receive: 0 },
    // Names with an underscore are for those who write archives.
    _number: number,
    ...(api !== undefined && { _api: api }),
    ...(operation !== undefined && { _operation: operation }),
    ...(session !== '' && { _session: session }),
    _verdict: verdict,
    _reason: reason,
  };
}

type Headers = EntryView['request']['headers'];

function absolute({ url, headers }: EntryView['request']): string {
  return /^https?:/i.test(url) ? url : `http://${String(headers?.host ?? 'localhost')}${url}`;
}

const typeOf = (headers: Headers) => String(headers?.['content-type'] ?? '');

function pairsOf(headers: Headers = {}): { name: string; value: string }[] {
  return Object.entries(headers).flatMap(([name, value]) => [value].flat().map((one) => ({ name, value: one })));
}

function queryOf(url: string): { name: string; value: string }[] {
  const mark = url.indexOf('?');
  return mark === -1 ? [] : Array.from(new URLSearchParams(url.slice(mark + 1)), ([name, value]) => ({ name, value }));
}

/** `postData` has text only. */
function postOf({ text, base64, isWhole }: BodyView) {
  const comment = [...(base64 === undefined ? [] : ['base64']), ...(isWhole ? [] : ['cut off'])].join(', ');
  return { text: text ?? base64 ?? '', ...(comment !== '' && { comment }) };
}

function contentOf(body: BodyView | undefined) {
  if (!body) return {};
  const { text, base64, isWhole } = body;
  return {
    text: text ?? base64,
    ...(base64 !== undefined && { encoding: 'base64' }),
    ...(!isWhole && { comment: 'cut off' }),
  };
}
