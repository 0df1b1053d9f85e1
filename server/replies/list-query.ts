import { bare, type Operation } from '../contract/index.js';
import type { DecodedRequest } from './api-request.js';

/** What part of a list is asked for. */
export interface ListQuery {
  readonly filters: readonly { readonly name: string; readonly value: unknown }[];
  readonly sort: readonly { readonly name: string; readonly isDescending: boolean }[];
  /** Index of the first item. */
  readonly offset: number;
  /** Of the most items; absent: all. */
  readonly limit?: number;
  /** As it was asked for. */
  readonly page?: number;
}

const limits = new Set(
  'limit pagesize perpage size pagelimit maxresults max count take first top itemsperpage'.split(' '),
);
const offsets = new Set('offset skip start startindex'.split(' '));
const pages = new Set('page pagenumber pageno pageindex currentpage'.split(' '));
const sorts = new Set('sort sortby orderby order ordering'.split(' '));
const directions = new Set('sortorder sortdirection direction order orderdirection sortdir dir'.split(' '));

/** By the names of the documented query parameters: parts of a list by names that are usual, filters by those of properties. */
export function readListQuery(
  { parameters }: Operation,
  { query }: DecodedRequest,
  properties: ReadonlySet<string> | undefined,
): ListQuery {
  const filters: { name: string; value: unknown }[] = [];
  let limit: number | undefined;
  let offset: number | undefined;
  let page: number | undefined;
  let sort: string[] = [];
  let isDescending = false;
  const known = new Map([...(properties ?? [])].map((name) => [bare(name), name]));
  for (const { name, in: place } of parameters) {
    const value = query[name];
    if (place !== 'query' || value === undefined) continue;
    const word = bare(name)
      .replace(/^\$/, '')
      .replace(/^(?:page|pagination)\[(\w+)\]$/, '$1');
    const property = known.get(bare(name));
    const number = isCount(value) ? Number(value) : undefined;
    if (limits.has(word) && number !== undefined) limit = number;
    else if (offsets.has(word) && number !== undefined) offset = number;
    else if (pages.has(word) && number !== undefined) page = number;
    else if (directions.has(word) && /^(?:asc|desc)/i.test(String(value))) isDescending = /^desc/i.test(String(value));
    else if (sorts.has(word)) sort = (Array.isArray(value) ? value : String(value).split(',')).map(String);
    else if (property !== undefined) filters.push({ name: property, value });
  }
  const start = offset ?? (page === undefined || limit === undefined ? 0 : Math.max(0, page - 1) * limit);
  return {
    filters,
    sort: sort.flatMap((text) => sortKey(text, known, isDescending)),
    offset: start,
    ...(limit !== undefined && { limit }),
    ...(page !== undefined && { page }),
  };
}

const isCount = (value: unknown) =>
  (typeof value === 'number' || typeof value === 'string') && /^\d+$/.test(String(value));

/** `name`, `-name`, `+name`, `name:desc`, `name desc`. */
function sortKey(text: string, known: ReadonlyMap<string, string>, isDescending: boolean) {
  const [, sign = '', word = '', direction = ''] =
    /^\s*([-+]?)([^\s:+-][^\s:]*)[\s:.]*(asc|desc)?\w*$/i.exec(text) ?? [];
  const name = known.get(bare(word));
  const descends = sign === '-' || /^desc/i.test(direction) || (direction === '' && sign === '' && isDescending);
  return name === undefined ? [] : [{ name, isDescending: descends }];
}
