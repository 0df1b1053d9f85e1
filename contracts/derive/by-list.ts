import { bare, isJson, type Operation, type Shape } from '../../server/contract/index.js';
import { isObject, toPointer, valueAt } from '../../server/documents/index.js';
import { type ListParameter, type ListParameters, listParameters } from '../../server/replies/index.js';
import type { CaseRequest, ContractCase, Expectation, ListPromise, Step, Taken } from '../case.js';
import { type Draft, type DraftContext, draftValid, toRequest } from './draft.js';
import { withAllProperties } from './fullest.js';
import { expectFound, formIn, itemBeside, itemFor, itemOperation, namesOf, toCase, toItem } from './item-steps.js';
import { withValueAt } from './with-value-at.js';

/** What a list is asked for by the parameters that its document has for that: how many, which, in which order. */
export function deriveLists(
  context: DraftContext,
  list: Operation,
  remove: Operation | undefined,
): (ContractCase | undefined)[] {
  const listing = listingOf(context, list);
  if (!listing) return [];
  return [
    limited(listing),
    paged(listing),
    followed(listing),
    ofAnother(listing),
    pastTheEnd(listing),
    counted(listing),
    remove && withoutRemoved(listing, remove),
    ...listing.parameters.filters.slice(0, filtersMax).map((filter) => filtered(listing, filter)),
    sorted(listing),
  ];
}

/** More than these are more of the same. */
const filtersMax = 6;

interface ListingContext {
  readonly context: DraftContext;
  readonly list: Operation;
  readonly item: Operation;
  readonly draft: Draft;
  readonly expect: Expectation;
  readonly within: readonly string[];
  readonly parameters: ListParameters;
  /** The most that the list may be asked for. */
  readonly most?: number;
  /** Parameters that the list needs, and that choose by a property of the items. */
  readonly needed: readonly { readonly name: string; readonly keys: readonly string[] }[];
}

function listingOf(context: DraftContext, list: Operation): ListingContext | undefined {
  const item = itemOperation(context);
  const draft = draftValid({ ...context, operation: list });
  const expect = draft && expectFound(context, list, draft);
  const form = expect && formIn(list, expect, true);
  if (!item || !form) return undefined;
  const parameters = listParameters(context.contract, list, form);
  const { limit } = parameters;
  const most = limit && [1000, 500, 200, 100, 50, 30, 20].find((size) => limit.check(size));
  const roles = new Set(
    [limit, parameters.offset, parameters.page, parameters.sort, parameters.direction].map((one) => one?.keys[0]),
  );
  const needed = list.parameters
    .filter(({ in: place, name, required }) => place === 'query' && required && !roles.has(name))
    .map(({ name }) => ({ name, keys: [name] }));
  return { context, list, item, draft, expect, within: form.within, parameters, needed, ...(most && { most }) };
}

interface Items {
  readonly steps: readonly Step[];
  readonly bodies: readonly unknown[];
  /** Where the key of each is known from. */
  readonly keys: readonly Taken[];
  readonly ask: (query: Asked) => CaseRequest;
}

type Asked = readonly (readonly [ListParameter | undefined, unknown])[];
type Vary = (body: unknown, index: number, isValid: (body: unknown) => boolean) => unknown;

/** Items beside each other, and the list that has them all. */
function itemsOf(
  { context, list, item, draft, parameters, needed }: ListingContext,
  count: number,
  vary: Vary = (body) => body,
): Items | undefined {
  const prepared = itemFor(context, item);
  const own = list.path.replace(/\/$/, '').split('/').length;
  if (!prepared) return undefined;
  const before = prepared.steps.slice(0, -1);
  const shared = needed.map(({ name }) => ({ name, member: memberOf(prepared.created?.body, name) }));
  if (shared.some(({ member }) => member === undefined)) return undefined;
  const steps: Step[] = [...before];
  const bodies: unknown[] = [];
  const keys: Taken[] = [];
  for (let index = 0; index < count; index++) {
    const made = itemBeside(context, prepared, steps.length, (one) => {
      const isValid = (body: unknown) => one.mediaType?.validator.check(body) ?? true;
      const alike = shared.reduce<unknown>((body, { member = '' }) => {
        const value = valueAt(prepared.created?.body, toPointer([member]));
        const tried = withValueAt(body, [member], value);
        return isValid(tried) ? tried : body;
      }, one.body);
      const full =
        one.mediaType && isJson(one.mediaType.mediaType)
          ? withAllProperties(one.mediaType, alike, context.chance)
          : alike;
      const varied = vary(isValid(full) ? full : alike, index, isValid);
      return isValid(varied) ? varied : alike;
    });
    const key = made?.taken.find(({ segment }) => segment === own);
    if (!made || !key) return undefined;
    steps.push(made.step);
    bodies.push(made.draft.body);
    keys.push(key);
  }
  const outer = namesOf(prepared.operation).map((name) => prepared.draft.path[name]);
  const path = { ...draft.path, ...Object.fromEntries(namesOf(list).map((name, index) => [name, outer[index]])) };
  const taken = prepared.taken.filter(({ segment }) => segment < own);
  const query = shared.reduce<unknown>(
    (asked, { name, member = '' }) => withValueAt(asked, [name], valueAt(bodies[0], toPointer([member]))),
    without(draft.query, [parameters.limit, parameters.offset, parameters.page]),
  );
  return {
    steps,
    bodies,
    keys,
    ask: (more) => {
      const asked = more.reduce<unknown>(
        (made, [parameter, value]) =>
          parameter && value !== undefined ? withValueAt(made, parameter.keys, value) : made,
        query,
      );
      const request = toRequest(
        { ...context, operation: list },
        { ...draft, path, query: isObject(asked) ? asked : {} },
      );
      return { ...request, ...(taken.length > 0 && { taken }) };
    },
  };
}

function without(query: Draft['query'], parameters: readonly (ListParameter | undefined)[]): unknown {
  return parameters.reduce<unknown>((made, one) => (one ? withValueAt(made, one.keys, undefined) : made), query);
}

function memberOf(body: unknown, name: string): string | undefined {
  return isObject(body) ? Object.keys(body).find((one) => bare(one) === bare(name)) : undefined;
}

function promised(
  { context, list, expect, within }: ListingContext,
  title: string,
  steps: readonly Step[],
  promise: ListPromise,
): ContractCase {
  const key = list.resource?.key ?? [];
  return toCase(context, list, title, steps, { ...expect, body: { kind: 'listing', within, key, promise } });
}

function limited(listing: ListingContext): ContractCase | undefined {
  const { limit } = listing.parameters;
  const most = [2, 3, 5].find((size) => limit?.check(size));
  const items = limit && most ? itemsOf(listing, most + 1) : undefined;
  if (!items || !limit || !most) return undefined;
  const steps = [...items.steps, { request: items.ask([[limit, most]]) }];
  return promised(listing, `no more than ${limit.text} asks for`, steps, { kind: 'limit', most });
}

function paged(listing: ListingContext): ContractCase | undefined {
  const { limit, offset, page, firstPage } = listing.parameters;
  const by = offset ?? page;
  if (!limit?.check(1) || !by) return undefined;
  const items = itemsOf(listing, 3);
  if (!items) return undefined;
  const start = by === offset ? 0 : firstPage;
  const { most } = listing;
  const whole = { request: items.ask([[limit, most]]) };
  const first = {
    request: items.ask([
      [limit, 1],
      [by, by.check(start) ? start : undefined],
    ]),
  };
  const second = {
    request: items.ask([
      [limit, 1],
      [by, start + 1],
    ]),
  };
  const at = items.steps.length;
  return promised(listing, `another page by ${by.text}`, [...items.steps, whole, first, second, first, whole], {
    kind: 'pages',
    whole: [at, at + 4],
    first: [at + 1, at + 3],
    second: at + 2,
    ...(most && { most }),
  });
}

/** Page after page, as each tells where the next one is. */
function followed(listing: ListingContext): ContractCase | undefined {
  const { parameters, most, list, expect, within } = listing;
  const { limit, after } = parameters;
  const blank = 'standin-blank-0-';
  const shape = formIn(list, expect, true)?.mediaType.shape;
  const token = shape && tokenIn(shape, within.slice(0, -1));
  if (!limit?.check(1) || !after?.check(blank) || !token) return undefined;
  const items = itemsOf(listing, 3);
  if (!items) return undefined;
  const whole = { request: items.ask([[limit, most]]) };
  const first = { request: items.ask([[limit, 1]]) };
  const value = { source: 'response', part: 'body', keys: token } as const;
  const next: Step = {
    request: items.ask([
      [limit, 1],
      [after, blank],
    ]),
    blanks: [{ text: blank, value }],
    isNeeded: true,
  };
  const at = items.steps.length;
  return promised(listing, `page after page by ${after.text}`, [...items.steps, whole, first, next, next, whole], {
    kind: 'tokens',
    whole: [at, at + 4],
    pages: [at + 1, at + 2, at + 3],
    token,
  });
}

const tokenNames = /^(?:next(?:page)?(?:cursor|token|marker)|(?:end|after)?cursor|continuation(?:token)?)$/;
const containers = /^(?:meta|metadata|page|paging|pageinfo|pagination|cursors?)$/;

/** Where a page tells the token of the next: beside the list, or in what is said of the page. */
function tokenIn(shape: Shape, within: readonly string[]): readonly string[] | undefined {
  const of = (at: Shape) => [...at.properties().keys()].find((name) => tokenNames.test(bare(name)));
  const beside = within.reduce((at, name) => at.property(name), shape);
  for (const [holder, keys] of [[beside, within] as const, [shape, []] as const]) {
    const own = of(holder);
    if (own !== undefined) return [...keys, own];
    for (const [name, member] of holder.properties()) {
      const inner = containers.test(bare(name)) ? of(member) : undefined;
      if (inner !== undefined) return [...keys, name, inner];
    }
  }
  return undefined;
}

/** What is in the list below one item is not in that below another. */
function ofAnother(listing: ListingContext): ContractCase | undefined {
  const { context, item, parameters, most } = listing;
  const items = itemsOf(listing, 1);
  const again = items && itemFor(context, item);
  const [key] = items?.keys ?? [];
  const request = items?.ask([[parameters.limit, most]]);
  if (!items || !again || !key || !request?.taken?.length) return undefined;
  const count = items.steps.length;
  const move = <T extends { readonly step: number }>(one: T): T => ({ ...one, step: one.step + count });
  const beside = again.steps.slice(0, -1).map((step): Step => {
    const { taken = [] } = step.request;
    return { ...step, request: { ...step.request, taken: taken.map(move) } };
  });
  const taken = again.taken.filter(({ segment }) => segment < key.segment).map(move);
  const steps = [...items.steps, ...beside, { request: { ...request, taken } }];
  return promised(listing, 'what is below another is not in the list', steps, { kind: 'without', item: key });
}

/** Nothing is there, and that is said by a list with nothing in it; or it is refused to go so far. */
function pastTheEnd(listing: ListingContext): ContractCase | undefined {
  const { context, list, expect, parameters } = listing;
  const by = parameters.offset ?? parameters.page;
  const far = [100_000, 10_000, 1000, 100].find((count) => by?.check(count));
  const items = by && far ? itemsOf(listing, 1) : undefined;
  if (!items || !by) return undefined;
  const refusals = [400, 404, 416, 422].filter((status) => list.responses.some((one) => one.status === String(status)));
  const request = items.ask([
    [parameters.limit, listing.most],
    [by, far],
  ]);
  return toCase(context, list, `past the end by ${by.text}`, [...items.steps, { request }], {
    ...expect,
    otherwise: refusals,
  });
}

function counted(listing: ListingContext): ContractCase | undefined {
  const { most, needed, parameters } = listing;
  const items = itemsOf(listing, 2, (body, index, isValid) => (index === 0 ? body : emptied(body, isValid)));
  if (!items) return undefined;
  const steps = [...items.steps, { request: items.ask([[parameters.limit, most]]) }];
  return promised(listing, 'full items and empty ones, as many as it says', steps, {
    kind: 'total',
    ...(needed.length > 0 && { isFiltered: true as const }),
    ...(most && { most }),
  });
}

/** With nothing in each list that may have nothing in it. */
function emptied(body: unknown, isValid: (body: unknown) => boolean): unknown {
  if (!isObject(body)) return body;
  const lists = Object.keys(body).filter((name) => Array.isArray(body[name]));
  return lists.reduce<unknown>((made, name) => {
    const less = withValueAt(made, [name], []);
    return isValid(less) ? less : made;
  }, body);
}

function withoutRemoved(listing: ListingContext, remove: Operation): ContractCase | undefined {
  const { context, parameters, most } = listing;
  const items = itemsOf(listing, 1);
  const prepared = items && itemFor(context, remove);
  const removing = prepared && toItem(context, remove, prepared);
  const [item] = items?.keys ?? [];
  if (!items || !removing || !item) return undefined;
  // The item is that of the list, not the one that was prepared with the request.
  const taken = prepared.taken.map((one) => (one.segment === item.segment ? item : one));
  const request = { ...removing.request, taken };
  const steps = [...items.steps, { request }, { request: items.ask([[parameters.limit, most]]) }];
  return promised(listing, 'what was deleted is not in the list', steps, { kind: 'without', item });
}

/** Only what has the value: there is an item that has it, and there are others. */
function filtered(listing: ListingContext, filter: ListParameters['filters'][number]): ContractCase | undefined {
  const [name] = filter.property;
  if (name === undefined || filter.property.length > 1 || filter.operator !== 'eq') return undefined;
  const { needed, most, parameters } = listing;
  const isNeeded = needed.some((one) => one.name === filter.keys[0]);
  const free = isNeeded ? { ...listing, needed: needed.filter((one) => one.name !== filter.keys[0]) } : listing;
  let wanted: unknown;
  const items = itemsOf(free, 3, (body, index, isValid) => {
    const own = isObject(body) ? body[name] : undefined;
    if (index === 0) wanted = own;
    if (index === 0 || own !== wanted) return body;
    const others = filter.values
      ? [...filter.values]
      : typeof own === 'boolean'
        ? [!own]
        : typeof own === 'number'
          ? [own + 1]
          : [];
    const other = others.find((value) => value !== wanted && isValid(withValueAt(body, [name], value)));
    return other === undefined ? body : withValueAt(body, [name], other);
  });
  const value = items && valueAt(items.bodies[0], toPointer([name]));
  const isChosen = filter.values?.has(String(value)) || typeof value === 'boolean' || typeof value === 'number';
  if (!items || !['string', 'boolean', 'number'].includes(typeof value) || !filter.check(value)) return undefined;
  const request = items.ask([
    [parameters.limit, most],
    [filter, value],
  ]);
  return promised(listing, `filtered by ${filter.text}`, [...items.steps, { request }], {
    kind: 'filter',
    property: [name],
    value,
    item: items.keys[0] as Taken,
    ...(!isChosen && { isText: true as const }),
    ...(most && { most }),
  });
}

/** Sorted one way, and the other where the document knows how to ask for that. */
function sorted(listing: ListingContext): ContractCase | undefined {
  const { sort, direction, properties, limit } = listing.parameters;
  // Where any text will do, nobody knows what is meant by one.
  if (!sort || sort.check('standin-no-such-property')) return undefined;
  const names = [...properties.values()].flatMap(([name, ...rest]) =>
    name !== undefined && rest.length === 0 ? [name] : [],
  );
  const ways = (one: string) => ({
    name: one,
    up: [one, `+${one}`, `${one}:asc`, `${one}_asc`, `${one} asc`, `${one}.asc`].find((text) => sort.check(text)),
    down: [`-${one}`, `${one}:desc`, `${one}_desc`, `${one} desc`, `${one}.desc`].find((text) => sort.check(text)),
  });
  const sample = itemsOf(listing, 1)?.bodies[0];
  const isSortable = (one: string) => isObject(sample) && /^(?:string|number)$/.test(typeof sample[one]);
  const known = names.map(ways).filter(({ up }) => up !== undefined);
  const chosen = known.find(({ name }) => isSortable(name));
  if (!chosen) return undefined;
  const { name, up, down } = chosen;
  const tails = ['m', 'z', 'a'];
  const items = itemsOf(listing, 3, (body, index, isValid) => {
    const own = isObject(body) ? body[name] : undefined;
    const tail = tails[index] ?? '';
    const others =
      typeof own === 'string'
        ? [`${tail}${own}`, `${tail.toUpperCase()}${own.slice(1)}`]
        : typeof own === 'number'
          ? [own + (index === 2 ? -1 : index + 1)]
          : [];
    return others.map((value) => withValueAt(body, [name], value)).find(isValid) ?? body;
  });
  if (!items) return undefined;
  const other = ['desc', 'DESC', 'descending'].find((text) => direction?.check(text));
  const downward: Asked | undefined =
    down !== undefined
      ? [[sort, down]]
      : other !== undefined
        ? [
            [direction, other],
            [sort, up],
          ]
        : undefined;
  const way = ['asc', 'ASC', 'ascending'].find((text) => direction?.check(text));
  const upward = items.ask([
    [limit, listing.most],
    [sort, up],
    [direction, way],
  ]);
  const hasBoth = downward !== undefined;
  const at = items.steps.length;
  const steps = [
    ...items.steps,
    ...(downward ? [{ request: items.ask([[limit, listing.most], ...downward]) }] : []),
    { request: upward },
  ];
  return promised(listing, `sorted by ${sort.text}=${up}`, steps, {
    kind: 'order',
    property: [name],
    ...(hasBoth && { against: at }),
  });
}
