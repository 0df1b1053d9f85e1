import { isJson } from '../../server/contract/index.js';
import { isObject } from '../../server/documents/index.js';
import type { Draft } from './draft.js';

/** The body of a draft as it arrives: a form has no way to say an empty list or object, nor null. */
export function sentBody({ body, mediaType }: Pick<Draft, 'body' | 'mediaType'>): unknown {
  return !mediaType || isJson(mediaType.mediaType) ? body : said(body);
}

function said(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = value.map(said).filter((item) => item !== undefined);
    return items.length === 0 ? undefined : items;
  }
  if (!isObject(value)) return value === null ? undefined : value;
  const members = Object.entries(value)
    .map(([name, member]) => [name, said(member)] as const)
    .filter(([, member]) => member !== undefined);
  return members.length === 0 ? undefined : Object.fromEntries(members);
}
