import { essenceOf } from '../../server/contract/index.js';
import type { Answer } from './answer.js';
import type { Finding } from './judge.js';

/** Statuses by which a service may say that it has no HEAD, or not for everybody. */
const refusals = new Set([400, 401, 403, 404, 405, 429, 501]);

/**
 * Whether an answer to HEAD is that to GET without its content, where a service has a HEAD that its document says nothing of.
 * A length is what the content would be written in at that time, so that is left to the service.
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
  const octets = (head.excess ?? 0) + head.body.length;
  const [said, meant] = [head, get].map(({ headers }) => essenceOf(String(headers['content-type'] ?? '')));
  return [
    ...(octets > 0
      ? [
          {
            kind: 'body' as const,
            message: `an answer to HEAD ends with its head, and this one has ${octets} octets more`,
          },
        ]
      : []),
    ...(said !== undefined && meant !== undefined && said !== meant
      ? [
          {
            kind: 'header' as const,
            at: 'content-type',
            message: `the header content-type: ${said}, and ${meant} for GET`,
          },
        ]
      : []),
  ];
}
