import { type Chance, isJson, type Operation, parseContentType } from '../../contract/index.js';
import type { ApiRequest } from '../api-request.js';
import { composeFresh, composeVerbatim } from '../compose.js';
import {
  type Documented,
  findByExample,
  findResponse,
  firstExample,
  namedExample,
  successResponse,
} from '../documented.js';
import { negotiate } from '../negotiate.js';
import type { Reply } from '../reply.js';
import type { HandlerReply } from './handler.js';

/** Replies that a handler can have from standin, as values. What it sends back as it got it goes out as it was. */
export interface Offers {
  readonly ofReply: (reply: Reply) => Promise<HandlerReply>;
  readonly example: (name?: string, status?: number) => HandlerReply;
  readonly generate: (status?: number) => HandlerReply;
  /** What was offered so, unless it has been changed since. */
  readonly replyOf: (made: HandlerReply) => Reply | undefined;
}

export function createOffers(operation: Operation, request: ApiRequest, chance: Chance): Offers {
  const offered = new WeakMap<HandlerReply, { readonly reply: Reply; readonly said: string }>();
  const offer = (reply: Reply, body: unknown): HandlerReply => {
    const { status, headers } = reply;
    const made = { status, headers: { ...headers }, ...(body !== undefined && { body }) };
    offered.set(made, { reply, said: JSON.stringify(made) });
    return made;
  };
  const mediaTypeOf = ({ response }: Documented) => negotiate(response, request) ?? response.content[0];
  return {
    ofReply: async (reply) => offer(reply, await readBack(operation, reply)),
    example: (name, status) => {
      const documented = findDocumented(operation, name, status);
      if (!documented) throw new Error(nothingLike(operation, name, status));
      const named = documented.response.content.find(
        (candidate) => name !== undefined && namedExample(candidate, name),
      );
      const accepted = mediaTypeOf(documented);
      const mediaType = accepted && (name === undefined || namedExample(accepted, name)) ? accepted : named;
      if (name !== undefined && !mediaType) throw new Error(nothingLike(operation, name, status));
      if (!mediaType) return offer(composeVerbatim(operation, { documented, reason: 'example' }), undefined);
      const example = name === undefined ? firstExample(mediaType) : namedExample(mediaType, name);
      const reply = composeVerbatim(operation, {
        documented,
        mediaType,
        ...(example && { example }),
        reason: 'example',
      });
      return offer(reply, structuredClone(example?.value));
    },
    generate: (status) => {
      const documented = findDocumented(operation, undefined, status);
      if (!documented) throw new Error(nothingLike(operation, undefined, status));
      const mediaType = mediaTypeOf(documented);
      if (!mediaType) return offer(composeVerbatim(operation, { documented, reason: 'generated' }), undefined);
      const example = firstExample(mediaType);
      const reply = composeFresh(operation, { documented, mediaType, example, reason: 'generated' }, chance);
      const { body } = reply;
      return offer(reply, body && isJsonReply(reply) ? JSON.parse(body.toString('utf8')) : body);
    },
    replyOf: (made) => {
      const known = typeof made === 'object' && made !== null ? offered.get(made) : undefined;
      return known && JSON.stringify(made) === known.said ? known.reply : undefined;
    },
  };
}

function findDocumented(
  operation: Operation,
  name: string | undefined,
  status: number | undefined,
): Documented | undefined {
  if (status !== undefined) return findResponse(operation, status);
  return name === undefined ? successResponse(operation) : findByExample(operation, name);
}

function nothingLike({ id, responses }: Operation, name: string | undefined, status: number | undefined): string {
  const wanted = [
    ...(name === undefined ? [] : [`no example named "${name}"`]),
    ...(status === undefined ? [] : [`${name === undefined ? 'no ' : ''}status ${status}`]),
  ].join(' of ');
  const possible = responses.map(({ status: code, content }) => {
    const names = content.flatMap((mediaType) => mediaType.examples().flatMap((example) => example.name ?? []));
    return names.length === 0 ? code : `${code} (${[...new Set(names)].join(', ')})`;
  });
  return `${id} documents ${wanted || 'no response'}; there are: ${possible.join('; ') || 'none'}`;
}

const contentTypeOf = ({ headers }: Reply) => parseContentType(String(headers['content-type'] ?? ''));

const isJsonReply = (reply: Reply) => isJson(contentTypeOf(reply)?.essence ?? '');

/** The body as the value that its media type reads it as; the octets where it reads none. */
async function readBack(operation: Operation, reply: Reply): Promise<unknown> {
  const { body, status } = reply;
  if (!body) return undefined;
  if (isJsonReply(reply)) return JSON.parse(body.toString('utf8'));
  const type = contentTypeOf(reply);
  const content = findResponse(operation, status)?.response.content ?? [];
  const mediaType = type && content.find(({ contentType }) => parseContentType(contentType)?.essence === type.essence);
  const reading = type && (await mediaType?.codec.read(body, type));
  return reading?.kind === 'value' ? reading.value : body;
}
