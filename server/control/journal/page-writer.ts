import type { Contract } from '../../contract/index.js';
import type { Exchange } from '../../http/index.js';
import type { Reply, RequestContent } from '../../replies/index.js';
import type { RecordPage } from '../../state/index.js';
import { type Blocks, columnCount, columns, entriesMax, isFull, isSpacious, trimmed, withRoom } from './block.js';
import { subjectOf } from './entry.js';
import { bodyMaxBytes, createPage, type Kind, separator } from './page.js';

/**
 * Gathers exchanges for a page of the journal. What differs from one to the next is copied into a block, and nothing else of the
 * exchange is kept: so it costs next to nothing, and it becomes an entry, without its secrets, when somebody reads it.
 */
export interface PageWriter {
  readonly add: (exchange: Exchange) => void;
  /** Whether there is room for no more. */
  readonly isFull: () => boolean;
  /** Ends the writing. */
  readonly page: () => RecordPage;
}

export function createPageWriter(contracts: readonly Contract[], blocks: Blocks): PageWriter {
  const kinds: Kind[] = [];
  let block = blocks.take();
  let last: Kind | undefined;
  let end = 0;

  /** As octets: header fields and URLs have no others (RFC 9110 §5.5). */
  const addText = (text: string): void => {
    block = withRoom(block, end, text.length);
    end += block.octets.write(text, end, 'latin1');
  };
  const addBytes = (bytes: Buffer): void => {
    const size = Math.min(bytes.length, bodyMaxBytes);
    block = withRoom(block, end, size);
    block.octets.set(size === bytes.length ? bytes : bytes.subarray(0, size), end);
    end += size;
  };

  return {
    add: (exchange) => {
      const kind = kindOf(exchange, contracts, last);
      const { headers, body } = exchange.reply;
      const sent = bytesOf(exchange.body);
      const { numbers } = block;
      const row = kinds.length * columnCount;
      kinds.push(kind);
      last = kind;
      numbers[row + columns.timeMs] = exchange.startMs;
      numbers[row + columns.durationMs] = exchange.durationMs;
      numbers[row + columns.start] = end;
      addText(exchange.url + textOf(exchange.headers));
      numbers[row + columns.headEnd] = end;
      if (sent) addBytes(sent);
      numbers[row + columns.requestBodyEnd] = end;
      if (!kind.responseHeaders) addText(textOf(headers));
      numbers[row + columns.responseHeadersEnd] = end;
      if (body && !kind.responseBody) addBytes(body);
      numbers[row + columns.responseBodyEnd] = end;
      numbers[row + columns.requestBodySize] = sent?.length ?? -1;
      numbers[row + columns.responseBodySize] = body?.length ?? -1;
    },
    isFull: () => kinds.length >= entriesMax || isFull(block, end),
    page: () => {
      if (!isSpacious(block, end)) return createPage(kinds, block, blocks.giveBack);
      const copy = trimmed(block, end, kinds.length);
      blocks.giveBack(block);
      return createPage(kinds, copy);
    },
  };
}

/** That of the exchange before, where all of it is the same: under load it mostly is. */
function kindOf(exchange: Exchange, contracts: readonly Contract[], last: Kind | undefined): Kind {
  const { reply, method, session, body } = exchange;
  const { status, reason, problem, violations, headers, example } = reply;
  const subject = subjectOf(exchange, contracts);
  const isRequestJson = body?.kind === 'parsed';
  const responseHeaders = Object.isFrozen(headers) ? headers : undefined;
  const responseBody = example && example.bytes === reply.body ? reply.body : undefined;
  if (
    last &&
    last.subject === subject &&
    last.session === session &&
    last.method === method &&
    last.status === status &&
    last.reason === reason &&
    last.problem === problem &&
    last.example === example?.name &&
    last.violations === violations &&
    last.isRequestJson === isRequestJson &&
    last.responseHeaders === responseHeaders &&
    last.responseBody === responseBody
  )
    return last;
  return {
    subject,
    session,
    method,
    status,
    reason,
    problem,
    example: example?.name,
    violations,
    isRequestJson,
    responseHeaders,
    responseBody,
  };
}

/** Each field as its name and its value, each with the separator before it. */
function textOf(headers: Exchange['headers'] | Reply['headers']): string {
  let text = '';
  for (const name in headers) {
    const value = headers[name];
    if (typeof value === 'string') text += separator + name + separator + value;
    else for (const one of value ?? []) text += separator + name + separator + one;
  }
  return text;
}

function bytesOf(content: RequestContent | undefined): Buffer | undefined {
  if (content?.kind === 'bytes' && content.bytes.length > 0) return content.bytes;
  if (content?.kind === 'parsed' && content.value !== undefined) return Buffer.from(JSON.stringify(content.value));
  return undefined;
}
