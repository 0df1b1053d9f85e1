import {
  bare,
  type Contract,
  type Form,
  flatten,
  type Operation,
  type Parameter,
  type Shape,
} from '../contract/index.js';
import { isObject, valueAt } from '../documents/index.js';

/** A query parameter, or a member of one (`page[size]`). */
export interface ListParameter {
  /** As it stands in a query. */
  readonly text: string;
  /** Where its value is among the decoded ones. */
  readonly keys: readonly string[];
  readonly schema: Readonly<Record<string, unknown>>;
  readonly check: (value: unknown) => boolean;
}

export interface FilterParameter extends ListParameter {
  /** The property of an item, and the values that its schema lists. */
  readonly property: readonly string[];
  readonly values?: ReadonlySet<string>;
  readonly operator: Operator;
}

export type Operator = 'eq' | 'ne' | 'gt' | 'gte' | 'lt' | 'lte';

/** What the documented query parameters of a list do, by their names. */
export interface ListParameters {
  readonly limit?: ListParameter;
  readonly offset?: ListParameter;
  readonly page?: ListParameter;
  /** The number of the first page. */
  readonly firstPage: number;
  readonly after?: ListParameter;
  readonly before?: ListParameter;
  readonly sort?: ListParameter;
  readonly direction?: ListParameter;
  readonly filters: readonly FilterParameter[];
  /** Properties of an item by their bare names: `address.city` is `addresscity`, too. */
  readonly properties: ReadonlyMap<string, readonly string[]>;
}

type Role = 'limit' | 'offset' | 'page' | 'after' | 'before' | 'sort' | 'direction';

const words = (text: string) => text.split(' ');
/** Names that mean nothing else. */
const roles: readonly (readonly [Role, readonly string[]])[] = [
  [
    'limit',
    words('limit pagesize perpage pagelimit maxresults maxitems maxpagesize itemsperpage resultsperpage pagelength'),
  ],
  ['offset', words('offset skip startindex startat pageoffset')],
  ['page', words('page pagenumber pageno pagenum pageindex currentpage')],
  [
    'after',
    words(
      'cursor startingafter pagetoken nextpagetoken nexttoken nextcursor continuationtoken continue pagecursor startcursor aftercursor pageafter afterid lastkey exclusivestartkey bookmark pagingtoken nextmarker',
    ),
  ],
  ['before', words('endingbefore prevcursor previouscursor beforecursor beforeid pagebefore')],
  ['sort', words('sort sortby orderby ordering sortfield sortkey')],
  ['direction', words('sortorder sortdirection direction orderdirection sortdir dir')],
];
/** Names that may as well be those of properties. */
const others: readonly (readonly [Role, readonly string[]])[] = [
  ['limit', words('size max count take first top rows')],
  ['offset', words('start from')],
  ['after', words('after marker token')],
  ['before', words('before')],
  ['sort', words('order')],
];
/** Of members of `page` or `pagination`. */
const inPage: readonly (readonly [Role, readonly string[]])[] = [
  ['page', words('number page index')],
  ['limit', words('size limit count perpage')],
  ['offset', words('offset start')],
  ['after', words('after cursor token next')],
  ['before', words('before')],
];

const kept = new WeakMap<Operation, ListParameters>();

/** Found out once for an operation. */
export function listParameters(contract: Contract, operation: Operation, form: Form): ListParameters {
  const known = kept.get(operation);
  if (known) return known;
  const made = findRoles(contract, operation, form);
  kept.set(operation, made);
  return made;
}

function findRoles(contract: Contract, operation: Operation, { mediaType, within }: Form): ListParameters {
  const list = within.reduce((shape, name) => shape.properties().get(name) ?? shape, mediaType.shape);
  const items = list.items();
  const properties = propertiesOf(items);
  const found: Partial<Record<Role, ListParameter>> = {};
  const filters: FilterParameter[] = [];
  const candidates = operation.parameters
    .filter(({ in: place }) => place === 'query')
    .flatMap((parameter) => parts(contract, parameter));
  const assigned = new Set<ListParameter>();
  const assign = (role: Role, parameter: ListParameter) => {
    if (found[role] || assigned.has(parameter)) return;
    found[role] = parameter;
    assigned.add(parameter);
  };
  const tryAll = (table: typeof roles, isWanted: (parameter: ListParameter, word: string) => boolean) => {
    for (const parameter of candidates) {
      const [container, member] = wordsOf(parameter.text);
      const isInPage = member !== undefined && /^_?(?:page|pagination|paging)$/i.test(container);
      const word = bare(member ?? container).replace(/^\$/, '');
      if ((member !== undefined) !== (table === inPage) || (member !== undefined && !isInPage)) continue;
      const [role] = table.find(([, names]) => names.includes(word)) ?? [];
      if (role && fitsRole(role, parameter) && isWanted(parameter, word))
        assign(role === 'sort' && saysDirection(parameter) ? 'direction' : role, parameter);
    }
  };
  tryAll(inPage, () => true);
  tryAll(roles, () => true);
  tryAll(others, (_, word) => !properties.has(word));
  for (const parameter of candidates) {
    const filter = assigned.has(parameter) ? undefined : filterOf(parameter, properties, items);
    if (filter) filters.push(filter);
  }
  const { page } = found;
  const isFromZero = page?.schema.default === 0 || page?.schema.minimum === 0;
  return {
    ...found,
    firstPage: isFromZero ? 0 : 1,
    filters,
    properties,
  };
}

/** `page[size]` is of `page`: one parameter of that name, or a member of the object that `page` is. */
function parts({ description }: Contract, parameter: Parameter): ListParameter[] {
  const { name, validator } = parameter;
  const at = `${parameter.pointer}/schema`;
  const schema = flatten(description, { schema: valueAt(description.root, at), pointer: at });
  const members = isObject(schema.properties) ? schema.properties : {};
  const whole = { text: name, keys: [name], schema, check: (value: unknown) => validator.check(value) };
  return parameter.shape().types().includes('object')
    ? [
        whole,
        ...Object.entries(members).map(([member, raw]) => ({
          text: `${name}[${member}]`,
          keys: [name, member],
          schema: flatten(description, { schema: raw, pointer: '' }),
          check: (value: unknown) => validator.check({ [member]: value }),
        })),
      ]
    : [whole];
}

function wordsOf(text: string): [string, string | undefined] {
  const [, container = text, member] = /^([^[\].]+)(?:\[([^\]]+)\]|\.(\w+))$/.exec(text) ?? [];
  return [container, member];
}

/** Dates that are called `after` or `before` are no cursors. */
function fitsRole(role: Role, { schema }: ListParameter): boolean {
  if (role === 'after' || role === 'before')
    return !/^date/.test(String(schema.format)) && schema.type !== 'boolean' && schema.type !== 'object';
  if (role === 'sort' || role === 'direction') return schema.type !== 'boolean';
  return (
    schema.type !== 'object' &&
    schema.type !== 'array' &&
    schema.type !== 'boolean' &&
    !('enum' in schema && isTexts(schema.enum))
  );
}

const isTexts = (values: unknown) => Array.isArray(values) && values.some((value) => !/^\d+$/.test(String(value)));

function saysDirection({ text, schema }: ListParameter): boolean {
  const { enum: values } = schema;
  if (Array.isArray(values)) return values.length > 0 && values.every((value) => /^(?:asc|desc)/i.test(String(value)));
  return bare(text) === 'order' && /^(?:asc|desc)/i.test(String(schema.default ?? schema.example));
}

const operators = new Set(['eq', 'ne', 'gt', 'gte', 'lt', 'lte']);

/** `name`, `filter[name]`, `address.city`, `price[gte]`, `price_gte`. */
function filterOf(
  parameter: ListParameter,
  properties: ListParameters['properties'],
  items: Shape,
): FilterParameter | undefined {
  const plain = parameter.text.replace(/\[\]$/, '').replace(/^_?filters?[[._]([^\]]+)\]?(.*)$/i, '$1$2');
  const [, stem = plain, operator = 'eq'] = /^(.+?)(?:\[|__?|\.)(eq|ne|gt|gte|lt|lte)\]?$/i.exec(plain) ?? [];
  const [property, known] =
    [plain, stem].flatMap((text) => {
      const found = properties.get(bare(text.replace(/[[\].]/g, '')));
      return found ? [[found, text] as const] : [];
    })[0] ?? [];
  if (!property) return undefined;
  const { enum: values } = property.reduce<Shape>((at, name) => at.properties().get(name) ?? at, items).schema();
  const isOperator = known !== plain && operators.has(operator.toLowerCase());
  return {
    ...parameter,
    property,
    ...(Array.isArray(values) && { values: new Set(values.map(String)) }),
    operator: isOperator ? (operator.toLowerCase() as Operator) : 'eq',
  };
}

/** Deeper than this, nobody filters. */
const depthMax = 2;

function propertiesOf(shape: Shape, before: readonly string[] = []): Map<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  const inner: Map<string, readonly string[]>[] = [];
  for (const [name, property] of shape.properties()) {
    const keys = [...before, name];
    found.set(bare(keys.join('')), keys);
    if (keys.length < depthMax && property.types().includes('object')) inner.push(propertiesOf(property, keys));
  }
  for (const more of inner) for (const [name, keys] of more) if (!found.has(name)) found.set(name, keys);
  return found;
}
