import { bare, type Shape } from '../contract/index.js';
import { isObject } from '../documents/index.js';
import type { Told } from './list-body.js';
import { countOf } from './list-counts.js';
import type { Relation } from './list-neighbours.js';

/** Deeper than this nothing speaks of the list as a whole. */
const depthMax = 3;
/** What speaks of the list is in there, even where the example has none of it. */
const containers =
  /^(?:meta|metadata|page|paging|pageinfo|pagination|paginator|links|cursors?|responsemetadata|listmeta)$/;
const linkContainers = /^_?links$/;

/** What is around a list, with the counts, cursors and links that go with it, by their usual names. */
export function surrounded(
  value: unknown,
  shape: Shape,
  told: Told,
  within: readonly string[],
  container = '',
  depth = 0,
): unknown {
  if (!isObject(value) || depth > depthMax) return value;
  const documented = shape.properties();
  const required = shape.schema().required;
  const isRequired = (name: string) => Array.isArray(required) && required.includes(name);
  const siblings = [...new Set([...Object.keys(value), ...documented.keys()])].map(bare);
  const made: Record<string, unknown> = {};
  for (const name of new Set([...Object.keys(value), ...documented.keys()])) {
    const has = Object.hasOwn(value, name);
    const member = has ? value[name] : undefined;
    const property = documented.get(name);
    const isWay = depth < within.length && name === within[depth];
    if (isWay && depth === within.length - 1) {
      if (has) made[name] = member;
      continue;
    }
    const said = isWay ? undefined : saidOf(name, member, property, told, siblings, container);
    if (said) {
      const given = said.value ?? absent(property, member, isRequired(name));
      if (given !== undefined) made[name] = given;
    } else if (isObject(member) || (property && containers.test(bare(name)))) {
      const inner = property
        ? surrounded(member ?? {}, property, told, isWay ? within : [], bare(name), depth + 1)
        : member;
      if (has || (isObject(inner) && Object.keys(inner).length > 0)) made[name] = inner;
    } else if (has) made[name] = member;
  }
  return made;
}

/** The value that a member has for this list: `undefined` in it where there is none; absent where the member says something else. */
function saidOf(
  name: string,
  member: unknown,
  property: Shape | undefined,
  told: Told,
  siblings: readonly string[],
  container: string,
): { readonly value: unknown } | undefined {
  const types = typesOf(member, property);
  const count = countOf(bare(name), siblings, told);
  if (count !== undefined && !types.includes('object')) return inType(count, types);
  const link = linkOf(name, container);
  if (!link) return undefined;
  const { neighbours } = told;
  if (types.includes('boolean'))
    return link.relation === 'next' ? { value: neighbours.path('next') !== undefined } : undefined;
  const isUrl = link.kind === 'url' || looksLikeUrl(member, property);
  if (types.includes('object')) {
    if (!property?.properties().has('href') && !(isObject(member) && 'href' in member)) return undefined;
    const href = urlOf(told, link.relation, isObject(member) ? member.href : undefined);
    return { value: href && { ...(isObject(member) ? member : {}), href } };
  }
  if (isUrl) return { value: urlOf(told, link.relation, member) };
  if (link.kind === 'any' && (link.relation === 'first' || link.relation === 'last')) return undefined;
  const token = neighbours.token(link.relation);
  if (token === undefined)
    return link.kind === 'any' && types.includes('string') && neighbours.path(link.relation) !== undefined
      ? undefined
      : { value: undefined };
  // A page that has a number is named by a URL where a text is due.
  if (link.kind === 'any' && typeof token === 'number' && !types.includes('integer') && !types.includes('number'))
    return { value: urlOf(told, link.relation, member) };
  return inType(token, types) ?? { value: String(token) };
}

function inType(value: number | string | boolean, types: readonly string[]): { readonly value: unknown } | undefined {
  const type = typeof value;
  if (types.length === 0 || types.includes(type) || (type === 'number' && types.includes('integer'))) return { value };
  return type !== 'boolean' && types.includes('string') ? { value: String(value) } : undefined;
}

function typesOf(member: unknown, property: Shape | undefined): readonly string[] {
  const types = property?.types() ?? [];
  if (types.length > 0) return types;
  return member === undefined || member === null ? [] : [isObject(member) ? 'object' : typeof member];
}

function absent(property: Shape | undefined, member: unknown, isRequired: boolean): unknown {
  if (property?.types().includes('null') || property?.schema().nullable === true) return null;
  if (!isRequired) return member === null ? null : undefined;
  if (typesOf(member, property).includes('string')) return '';
  if (!isObject(member)) return member;
  const { href: _, ...rest } = member;
  return rest;
}

const linkName =
  /^(?:odata)?(self|first|prev|previous|next|last)(?:page)?(url|uri|link|href|token|cursor|marker|offset|id|key)?$/;
const cursorName =
  /^(?:continue|continuationtoken|endcursor|aftercursor|cursor|after|marker|bookmark|lastkey|lastevaluatedkey)$/;

function linkOf(name: string, container: string): { relation: Relation; kind: 'url' | 'token' | 'any' } | undefined {
  const word = bare(name.replace(/[@.$]/g, ''));
  const [, named, suffix] = linkName.exec(word) ?? [];
  if (named !== undefined) {
    const relation = (named === 'previous' ? 'prev' : named) as Relation;
    if (linkContainers.test(container) || (suffix !== undefined && /^(?:url|uri|link|href)$/.test(suffix)))
      return { relation, kind: 'url' };
    if (relation === 'self') return undefined;
    return { relation, kind: suffix === undefined ? 'any' : 'token' };
  }
  if (word === 'before' || word === 'startcursor' || word === 'beforecursor')
    return { relation: 'prev', kind: 'token' };
  return cursorName.test(word) ? { relation: 'next', kind: 'token' } : undefined;
}

const urlText = /^(?:https?:\/)?\//;

function looksLikeUrl(member: unknown, property: Shape | undefined): boolean {
  const { format, example } = property?.schema() ?? {};
  if (typeof format === 'string' && /^ur[il]/.test(format)) return true;
  return [member, example].some((text) => typeof text === 'string' && urlText.test(text));
}

/** With the host where the example has one. */
function urlOf({ neighbours }: Told, relation: Relation, example: unknown): string | undefined {
  return typeof example === 'string' && /^\/(?!\/)/.test(example)
    ? neighbours.path(relation)
    : neighbours.url(relation);
}
