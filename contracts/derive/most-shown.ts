import type { Operation } from '../../server/contract/index.js';
import type { Expectation, ExpectedBody } from '../case.js';

/** How many items a list may show, as its schema says; `undefined` where it says nothing. */
export function mostShown(
  { responses }: Operation,
  { response, mediaType }: Pick<Expectation, 'response' | 'mediaType'>,
  body: ExpectedBody,
): number | undefined {
  if (body.kind !== 'listed') return undefined;
  const content = responses.find(({ status }) => status === response)?.content ?? [];
  const own = content.find((one) => one.mediaType === mediaType) ?? content[0];
  const { maxItems } = own ? body.within.reduce((shape, name) => shape.property(name), own.shape).schema() : {};
  return typeof maxItems === 'number' ? maxItems : undefined;
}
