import { isDeepStrictEqual } from 'node:util';
import type { Answer } from './answer.js';
import type { Finding } from './judge.js';

/** Statuses by which a service may say that it has no HEAD, or not for everybody. */
const refusals = new Set([400, 401, 403, 404, 405, 429, 501]);

/** Fields that say what GET would send, and that it says each time (RFC 9110 §9.3.2). */
const same = ['content-type', 'content-length', 'content-encoding', 'content-language', 'etag', 'last-modified'];

/**
 * Whether an answer to HEAD is that to GET without its content, where a service has a HEAD that its document says nothing of.
 *
 * @param gets answers to GET, before and after: what differs between them is no matter of HEAD.
 */
export function judgeHead(head: Answer, gets: readonly Answer[]): readonly Finding[] | string {
  const [get, again] = gets;
  if (!get || !again || get.status !== again.status) return 'GET is answered otherwise each time';
  if (head.status !== get.status)
    return refusals.has(head.status)
      ? []
      : [{ kind: 'status', message: `expected ${get.status}, as for GET, found ${head.status}` }];
  const isSteady = get.body.equals(again.body);
  const octets = (head.excess ?? 0) + head.body.length;
  return [
    ...(octets > 0
      ? [
          {
            kind: 'body' as const,
            message: `an answer to HEAD ends with its head, and this one has ${octets} octets more`,
          },
        ]
      : []),
    ...same.flatMap((name): Finding[] => {
      const [said, before, after] = [head, get, again].map(({ headers }) => headers[name]);
      const isMeant = name === 'content-type' || isSteady;
      if (!isMeant || said === undefined || before === undefined || !isDeepStrictEqual(before, after)) return [];
      return isDeepStrictEqual(said, before)
        ? []
        : [{ kind: 'header', at: name, message: `the header ${name}: ${said}, and ${before} for GET` }];
    }),
  ];
}
