import type { CaseRequest } from '../case.js';
import type { Answer } from './answer.js';
import type { Exchange } from './fill-blanks.js';

/**
 * The request with the tag that it is to have: of the answer to a given step; or, in place of `*`, the last that was told of the same
 * item (RFC 9110 §8.8.3), for not every service takes whatever is there.
 */
export function withTag(
  request: CaseRequest,
  answers: readonly Answer[],
  exchanges: readonly Exchange[],
): CaseRequest | { readonly missing: string } {
  const { tag, headers, path, taken = [] } = request;
  if (tag) {
    const own = tagOf(answers[tag.step]);
    return own === undefined ? { missing: 'ETag' } : { ...request, headers: { ...headers, [tag.header]: own } };
  }
  const name = Object.keys(headers).find((one) => one.toLowerCase() === 'if-match');
  if (name === undefined || headers[name] !== '*') return request;
  const [item] = path.split('?');
  const told = exchanges
    .filter(({ request: before }) => before.path.split('?')[0] === item)
    .map(({ answer }) => answer);
  const maker = taken.find(({ segment }) => segment === (item ?? '').split('/').length - 1);
  const known = [maker && answers[maker.step], ...told].map(tagOf).findLast((one) => one !== undefined);
  return known === undefined ? request : { ...request, headers: { ...headers, [name]: known } };
}

function tagOf(answer: Answer | undefined): string | undefined {
  const tag = answer && answer.status < 400 ? answer.headers.etag : undefined;
  return typeof tag === 'string' ? tag : tag?.[0];
}
