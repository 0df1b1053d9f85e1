import { STATUS_CODES } from 'node:http';
import type { ExchangeReport, Header, RunReport } from '../run-report.js';
import { formatIncomplete } from '../summary.js';

/** HTTP Archive 1.2: each request that was made, and its answer, for the network panels of browsers and the like. */
export function har(report: RunReport): string {
  const pages = report.results.filter(({ exchanges }) => exchanges.length > 0);
  const log = {
    version: '1.2',
    ...(report.incomplete && { comment: formatIncomplete(report) }),
    creator: { name: 'standin', version: report.standin },
    pages: pages.map(({ id, exchanges, elapsedMs }, index) => ({
      startedDateTime: exchanges[0]?.startedAt ?? report.startedAt,
      id: `case_${index}`,
      title: id,
      pageTimings: { onContentLoad: -1, onLoad: round(elapsedMs) },
    })),
    entries: pages.flatMap(({ exchanges, verdict, findings }, index) =>
      exchanges.map((exchange, step) => ({
        pageref: `case_${index}`,
        ...entryOf(exchange),
        ...(step === exchanges.length - 1 && {
          comment: [verdict, ...findings.map(({ message }) => message)].join('; '),
        }),
      })),
    ),
  };
  return `${JSON.stringify({ log }, undefined, 2)}\n`;
}

function entryOf({ startedAt, elapsedMs, request, response }: ExchangeReport) {
  return {
    startedDateTime: startedAt,
    time: round(elapsedMs),
    request: {
      method: request.method,
      url: request.url,
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: request.headers,
      queryString: queryOf(request.url),
      ...(request.body !== undefined && {
        postData: { mimeType: headerOf(request.headers, 'content-type') ?? '', params: [], text: request.body },
      }),
      headersSize: -1,
      bodySize: request.body === undefined ? 0 : Buffer.byteLength(request.body),
    },
    response: {
      status: response?.status ?? 0,
      statusText: STATUS_CODES[response?.status ?? 0] ?? '',
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: response?.headers ?? [],
      content: {
        size: response?.size ?? 0,
        mimeType: headerOf(response?.headers ?? [], 'content-type') ?? '',
        text: response?.body ?? '',
        ...(response?.encoding && { encoding: response.encoding }),
      },
      redirectURL: headerOf(response?.headers ?? [], 'location') ?? '',
      headersSize: -1,
      bodySize: response?.size ?? -1,
    },
    cache: {},
    timings: { send: 0, wait: round(elapsedMs), receive: 0 },
  };
}

function queryOf(url: string): Header[] {
  const query = url.split('?').slice(1).join('?');
  return [...new URLSearchParams(query)].map(([name, value]) => ({ name, value }));
}

function headerOf(headers: readonly Header[], name: string): string | undefined {
  return headers.find((header) => header.name.toLowerCase() === name)?.value;
}

const round = (milliseconds: number) => Math.round(milliseconds * 1000) / 1000;
