import { bare } from '../contract/index.js';
import { isObject } from '../documents/index.js';
import type { DecodedRequest } from './api-request.js';
import { at } from './evaluate.js';
import type { FilterParameter, ListParameter, ListParameters, Operator } from './list-parameters.js';

/** What part of a list is asked for. */
export interface ListQuery {
  readonly filters: readonly Filter[];
  readonly sort: readonly SortKey[];
  /** Whether the order in which items came is turned round. */
  readonly isReversed: boolean;
  /** Index of the first item; of a cursor it is the store that knows. */
  readonly offset?: number;
  /** Of the most items; absent: all. */
  readonly limit?: number;
  /** As it was asked for. */
  readonly page?: number;
  /** The key, or the index, of the item before the first, and of the one after the last. */
  readonly after?: string;
  readonly before?: string;
}

export interface Filter {
  readonly property: readonly string[];
  readonly operator: Operator;
  readonly value: unknown;
}

export interface SortKey {
  readonly property: readonly string[];
  readonly isDescending: boolean;
}

/** The values of the documented query parameters, by what they do. */
export function readListQuery(parameters: ListParameters, { query }: DecodedRequest): ListQuery {
  const given = (parameter: ListParameter | undefined) =>
    parameter && (at(query, parameter.keys) ?? parameter.schema.default);
  const numberOf = (parameter: ListParameter | undefined) => {
    const value = given(parameter);
    return isCount(value) ? Number(value) : undefined;
  };
  const textOf = (parameter: ListParameter | undefined) => {
    const value = parameter && at(query, parameter.keys);
    return value === undefined || value === null || value === '' ? undefined : String(value);
  };
  const limit = numberOf(parameters.limit);
  const page = numberOf(parameters.page);
  const direction = given(parameters.direction);
  const isDescending = /^desc/i.test(String(direction));
  const sort = given(parameters.sort);
  const keys = sort === undefined ? [] : Array.isArray(sort) ? sort : String(sort).split(',');
  const sorted = keys.flatMap((text) => sortKey(String(text), parameters.properties, isDescending));
  const [after, before] = [textOf(parameters.after), textOf(parameters.before)];
  const offset = numberOf(parameters.offset) ?? offsetOfPage(page, parameters.firstPage, limit);
  return {
    filters: parameters.filters.flatMap((parameter) => filtersOf(parameter, at(query, parameter.keys))),
    sort: sorted,
    isReversed: sorted.length === 0 && isDescending && at(query, parameters.direction?.keys ?? ['']) !== undefined,
    ...(limit !== undefined && { limit }),
    ...(page !== undefined && { page }),
    ...(after !== undefined ? { after } : before !== undefined ? { before } : { offset: offset ?? 0 }),
  };
}

/** Where nobody says how long a page is, all is on the first. */
function offsetOfPage(page: number | undefined, first: number, limit: number | undefined): number | undefined {
  if (page === undefined || page <= first) return undefined;
  return limit === undefined ? Number.MAX_SAFE_INTEGER : (page - first) * limit;
}

const isCount = (value: unknown) =>
  (typeof value === 'number' || typeof value === 'string') && /^\d{1,15}$/.test(String(value));

/** A value that no item can have (`all`) is none to filter by. */
function filtersOf({ property, values, operator }: FilterParameter, value: unknown): Filter[] {
  if (value === undefined || value === '') return [];
  if (isObject(value))
    return Object.entries(value).flatMap(([name, bound]) =>
      /^(?:eq|ne|gte?|lte?)$/.test(name) ? [{ property, operator: name as Operator, value: bound }] : [],
    );
  if (!values || operator !== 'eq') return [{ property, operator, value }];
  const wanted = alternatives(value, (one) => values.has(one)).filter((one) => values.has(String(one)));
  return wanted.length === 0 ? [] : [{ property, operator, value: wanted }];
}

/** `open,closed` are two, unless that is a value itself. */
function alternatives(value: unknown, isKnown: (text: string) => boolean): readonly unknown[] {
  const all = Array.isArray(value) ? value : [value];
  return all.flatMap((one) => (typeof one === 'string' && !isKnown(one) ? one.split(',') : [one]));
}

/** `name`, `-name`, `+name`, `name:desc`, `name desc`, `name_desc`, `created` of `createdAt`. */
function sortKey(text: string, known: ListParameters['properties'], isDescending: boolean): SortKey[] {
  const [, sign = '', word = '', direction = ''] =
    /^\s*([-+]?)([^\s:+-][^\s:]*)[\s:]*(asc|desc)?\w*$/i.exec(text) ?? [];
  const named = (name: string) => {
    const short = bare(name.replace(/[[\].]/g, ''));
    return known.get(short) ?? known.get(`${short}at`) ?? known.get(`${short}on`) ?? known.get(`${short}date`);
  };
  const [, stem = '', suffix = ''] = /^(.+?)[._-]?(asc|desc)(?:ending)?$/i.exec(word) ?? [];
  const whole = named(word);
  const property = whole ?? named(stem);
  if (!property) return [];
  const said = direction || (whole ? '' : suffix);
  return [
    { property, isDescending: sign === '-' || /^desc/i.test(said) || (said === '' && sign === '' && isDescending) },
  ];
}
