import type { Operation, RequestMediaType } from '../../server/contract/index.js';
import { expressible } from './expressible.js';

interface Shown {
  readonly mediaType: RequestMediaType;
  readonly body: unknown;
}

/** The documented request of a name: an answer of that name is the answer to it. */
export function requestShown({ requestBody }: Operation, name: string | undefined): Shown | undefined {
  if (name === undefined) return undefined;
  for (const mediaType of requestBody?.content ?? []) {
    const example = mediaType.examples().find((one) => one.origin === 'documented' && one.name === name);
    if (example) return { mediaType, body: expressible(mediaType, example.value) };
  }
  return undefined;
}

/** Whether the documented answer to the request of a name is a refusal, and no success is called so. */
export function isRefusalShown({ responses }: Operation, name: string): boolean {
  const named = responses.filter(({ content }) =>
    content.some((mediaType) => mediaType.examples().some((one) => one.name === name)),
  );
  return named.length > 0 && named.every(({ status }) => !/^[23]/.test(status));
}
