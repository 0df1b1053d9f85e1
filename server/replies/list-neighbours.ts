import { type ApiRequest, headerOf } from './api-request.js';
import { at } from './evaluate.js';
import type { ListParameter, ListParameters } from './list-parameters.js';
import type { ListQuery } from './list-query.js';
import type { Selection } from './select-items.js';

export type Relation = 'self' | 'first' | 'prev' | 'next' | 'last';

/** How to ask for a page: the parameters to set, as text; those that are absent are to be taken out. */
type Step = Readonly<Record<string, string | undefined>>;

/** The pages around a page: what to ask for, and where. */
export interface Neighbours {
  /** What names the next or previous page; `undefined` where there is none. */
  readonly token: (relation: Relation) => string | number | undefined;
  /** The path and query of a page; `undefined` where there is none. */
  readonly path: (relation: Relation) => string | undefined;
  /** The same, with what is before the path. */
  readonly url: (relation: Relation) => string | undefined;
}

export function neighboursOf(
  request: ApiRequest,
  parameters: ListParameters,
  query: ListQuery,
  selection: Selection,
  key: readonly string[],
): Neighbours {
  const steps = stepsOf(parameters, query, selection, key);
  const path = (relation: Relation) => {
    const step = steps[relation];
    return step && withQuery(request.url, step.set);
  };
  return {
    token: (relation) => steps[relation]?.token,
    path,
    url: (relation) => {
      const found = path(relation);
      const host = headerOf(request, 'host');
      return found === undefined ? undefined : `${host === undefined ? '' : `http://${host}`}${found}`;
    },
  };
}

type Steps = Partial<Record<Relation, { readonly set: Step; readonly token?: string | number }>>;

function stepsOf(parameters: ListParameters, query: ListQuery, selection: Selection, key: readonly string[]): Steps {
  const { page, offset, after, before, firstPage } = parameters;
  const { total, offset: start, items, first, last } = selection;
  const size = query.limit ?? total;
  const self = { set: {} };
  const isLast = start + items.length >= total;
  if (page && query.after === undefined && query.before === undefined) {
    const lastPage = firstPage + Math.max(0, Math.ceil(total / Math.max(size, 1)) - 1);
    const now = query.page ?? firstPage;
    const to = (number: number) => ({ set: { [page.text]: String(number) }, token: number });
    return {
      self,
      first: to(firstPage),
      last: to(lastPage),
      ...(!isLast && { next: to(now + 1) }),
      ...(now > firstPage && { prev: to(Math.min(now - 1, lastPage)) }),
    };
  }
  if (offset && query.after === undefined && query.before === undefined) {
    const to = (index: number) => ({ set: { [offset.text]: String(index) }, token: index });
    return {
      self,
      first: to(0),
      last: to(total === 0 || size === 0 ? 0 : Math.floor((total - 1) / size) * size),
      ...(!isLast && { next: to(start + items.length) }),
      ...(start > 0 && { prev: to(Math.max(0, start - size)) }),
    };
  }
  if (!after && !before) return { self };
  const cursor = (parameter: ListParameter, other: ListParameter | undefined, item: unknown, index: number) => {
    const named = at(item, key);
    const token = [String(named), named, String(index), index].find((value) => parameter.check(value));
    if (typeof token !== 'string' && typeof token !== 'number') return undefined;
    return { set: { [parameter.text]: String(token), ...(other && { [other.text]: undefined }) }, token };
  };
  const next = last === undefined || !after ? undefined : cursor(after, before, last, start + items.length);
  const prev = first === undefined || !before ? undefined : cursor(before, after, first, start);
  const none = Object.fromEntries([after, before].flatMap((one) => (one ? [[one.text, undefined]] : [])));
  return { self, first: { set: none }, ...(next && { next }), ...(prev && { prev }) };
}

/** A URL with parameters of its query set anew; the others stay as they are. */
function withQuery(url: string, set: Step): string {
  const [path = '', query = ''] = url.split('?', 2);
  const pairs = query.split('&').filter((pair) => pair !== '' && !(decode(pair.split('=', 1)[0] ?? '') in set));
  const added = Object.entries(set).flatMap(([name, value]) =>
    value === undefined
      ? []
      : [`${encodeURIComponent(name).replace(/%5B/g, '[').replace(/%5D/g, ']')}=${encodeURIComponent(value)}`],
  );
  const all = [...pairs, ...added].join('&');
  return all === '' ? path : `${path}?${all}`;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}
