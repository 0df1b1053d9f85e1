import { expect, test } from '@jest/globals';
import { createApiClient, jsonOf } from '../testing/client.js';
import { compileDocument } from '../testing/compile-document.js';
import type { Reply } from './reply.js';

const json = (schema: unknown, more: object = {}) => ({
  description: '',
  content: { 'application/json': { schema } },
  ...more,
});
const pet = {
  type: 'object',
  required: ['id', 'name'],
  properties: {
    id: { type: 'integer', readOnly: true },
    name: { type: 'string' },
    status: { enum: ['new', 'sold', 'gone'] },
    tags: { type: 'array', items: { type: 'string' } },
    price: { type: 'number' },
    home: { type: 'object', properties: { city: { type: 'string' } } },
    createdAt: { type: 'string', format: 'date-time', readOnly: true },
  },
};
const pets = [
  { name: 'Ada', status: 'new', tags: ['a', 'b'], price: 3, home: { city: 'Rome' } },
  { name: 'Bob', status: 'sold', tags: ['b'], price: 1, home: { city: 'Bern' } },
  { name: 'Cid', status: 'gone', price: 2 },
  { name: 'Dot', status: 'sold', tags: [], price: 2, home: { city: 'Rome' } },
  { name: 'Eve', status: 'new', price: 5 },
];

type Parameter = string | Readonly<Record<string, unknown>>;

/** Pets named `Ada` to `Eve`, and a list of them with these parameters in an envelope with these properties around `data`. */
async function listOf(parameters: readonly Parameter[], around?: object, headers: object = {}) {
  const schema = { type: 'array', items: pet };
  const list = around ? { type: 'object', properties: { data: schema, ...around } } : schema;
  const contract = compileDocument({
    paths: {
      '/pets': {
        get: {
          parameters: parameters.map((one) =>
            typeof one === 'string'
              ? { name: one, in: 'query', schema: { type: ['integer', 'string'] } }
              : { in: 'query', schema: { type: 'string' }, ...one },
          ),
          responses: { 200: json(list, { headers }) },
        },
        post: { requestBody: json(pet), responses: { 201: json(pet) } },
      },
      '/pets/{id}': {
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
        get: { responses: { 200: json(pet) } },
        delete: { responses: { 204: { description: '' } } },
      },
    },
  });
  const ask = createApiClient(contract);
  for (const one of pets) await ask('POST', '/pets', one);
  return ask;
}

const itemsOf = (reply: Reply) => {
  const body = jsonOf(reply) as { data: { name: string }[] } | { name: string }[];
  return (Array.isArray(body) ? body : body.data).map(({ name }) => name[0]).join('');
};

test.each([
  [['_page', '_perPage'], '_page=2&_perPage=2', 'CD'],
  [['page', 'per_page'], 'page=3&per_page=2', 'E'],
  [['page', 'pageSize'], 'page=4&pageSize=2', ''],
  [['_page', '_limit'], '_page=1&_limit=3', 'ABC'],
  [['page[number]', 'page[size]'], 'page[number]=2&page[size]=2', 'CD'],
  [['page[offset]', 'page[limit]'], 'page[offset]=1&page[limit]=2', 'BC'],
  [['offset', 'limit'], 'offset=3', 'DE'],
  [['skip', 'take'], 'skip=1&take=1', 'B'],
  [['starting_after', 'limit'], 'starting_after=2&limit=2', 'CD'],
  [['ending_before', 'limit'], 'ending_before=4&limit=2', 'BC'],
  [['cursor', 'limit'], 'cursor=4&limit=2', 'E'],
  [['after', 'first'], 'after=1&first=1', 'B'],
  [['pageToken', 'maxResults'], 'pageToken=3&maxResults=1', 'D'],
  [['page'], 'page=2', ''],
  [[{ name: 'limit', schema: { type: 'integer', default: 2 } }], '', 'AB'],
  [[{ name: 'page', schema: { type: 'integer', minimum: 0 } }, 'size'], 'page=1&size=2', 'CD'],
])('with %j, `%s` is the page %s', async (parameters, query, names) => {
  const ask = await listOf(parameters);
  expect(itemsOf(await ask('GET', `/pets?${query}`))).toBe(names);
});

test('a parameter `page` that is an object has its members in brackets', async () => {
  const members = { number: { type: 'integer' }, size: { type: 'integer' } };
  const ask = await listOf([{ name: 'page', style: 'deepObject', schema: { type: 'object', properties: members } }]);
  expect(itemsOf(await ask('GET', '/pets?page[number]=2&page[size]=2'))).toBe('CD');
});

test.each([
  [['sort'], 'sort=-name', 'EDCBA'],
  [['sort'], 'sort=price,-name', 'BDCAE'],
  [['_sort'], '_sort=name:desc', 'EDCBA'],
  [['_sort', { name: '_order', schema: { enum: ['asc', 'desc'] } }], '_sort=name&_order=desc', 'EDCBA'],
  [['sort_by', { name: 'order', schema: { enum: ['asc', 'desc'] } }], 'sort_by=price&order=desc', 'EACDB'],
  [['orderBy'], 'orderBy=name desc', 'EDCBA'],
  [['orderBy'], 'orderBy=price_asc', 'BCDAE'],
  [['order'], 'order=-price', 'EACDB'],
  [[{ name: 'order', schema: { enum: ['asc', 'desc'] } }], 'order=desc', 'EDCBA'],
  [['sort'], 'sort=home.city', 'BADCE'],
  [[{ name: 'sort', schema: { enum: ['created', 'updated'] } }], 'sort=created', 'ABCDE'],
])('with %j, `%s` is the order %s', async (parameters, query, names) => {
  const ask = await listOf(parameters);
  expect(itemsOf(await ask('GET', `/pets?${query}`))).toBe(names);
});

const list = { type: 'array', items: { type: 'string' } };
test.each([
  [['name'], 'name=Bob', 'B'],
  [['filter[name]'], 'filter[name]=Bob', 'B'],
  [[{ name: 'status', schema: list }], 'status=new&status=gone', 'ACE'],
  [[{ name: 'status', explode: false, schema: list }], 'status=new,gone', 'ACE'],
  [['status'], 'status=new,gone', 'ACE'],
  [[{ name: 'status', schema: { enum: ['new', 'all'] } }], 'status=all', 'ABCDE'],
  [['tags'], 'tags=b', 'AB'],
  [['home.city'], 'home.city=Rome', 'AD'],
  [['home[city]'], 'home[city]=Rome', 'AD'],
  [['home_city'], 'home_city=Bern', 'B'],
  [['price'], 'price=2', 'CD'],
  [['price[gte]'], 'price[gte]=2', 'ACDE'],
  [['price_lt'], 'price_lt=2', 'B'],
  [['unknown'], 'unknown=1', 'ABCDE'],
])('with %j, `%s` leaves %s', async (parameters, query, names) => {
  const ask = await listOf(parameters);
  expect(itemsOf(await ask('GET', `/pets?${query}`))).toBe(names);
});

const text = { type: ['string', 'null'] };
test.each([
  [['cursor', 'limit'], { next_cursor: text, has_more: { type: 'boolean' } }, 'cursor'],
  [['pageToken', 'pageSize'], { nextPageToken: text }, 'pageToken'],
  [['starting_after', 'limit'], { meta: { type: 'object', properties: { next: text } } }, 'starting_after'],
])('with %j and %j, the whole list is read from cursor to cursor', async (parameters, around, name) => {
  const ask = await listOf(parameters, around);
  let read = '';
  let cursor: unknown = '';
  for (let pages = 0; cursor !== undefined && pages < 9; pages++) {
    const reply = await ask('GET', `/pets?${parameters[1]}=2${cursor === '' ? '' : `&${name}=${cursor}`}`);
    read += itemsOf(reply);
    const { data: _, ...rest } = jsonOf(reply) as { data: unknown; meta?: { next?: unknown } };
    const found = Object.values(rest.meta ?? rest).find((value) => typeof value === 'string');
    cursor = found;
  }
  expect(read).toBe('ABCDE');
});

test('counts are of the list, and links lead to the pages around', async () => {
  const uri = { type: 'string', format: 'uri' };
  const ask = await listOf(['page', 'per_page'], {
    total: { type: 'integer' },
    total_pages: { type: 'integer' },
    next: { type: ['string', 'null'], format: 'uri' },
    previous: { type: ['string', 'null'], format: 'uri' },
    links: { type: 'object', properties: { next: uri, first: uri, last: uri } },
  });
  expect(jsonOf(await ask('GET', '/pets?page=2&per_page=2'))).toMatchObject({
    total: 5,
    total_pages: 3,
    next: 'http://api.test/pets?per_page=2&page=3',
    previous: 'http://api.test/pets?per_page=2&page=1',
    links: { last: 'http://api.test/pets?per_page=2&page=3' },
  });
  const last = jsonOf(await ask('GET', '/pets?page=3&per_page=2')) as { next: unknown; links: object };
  expect(last.next).toBeNull();
  expect(last.links).not.toHaveProperty('next');
});

test('`Link` and `X-Total-Count` are sent where they are documented', async () => {
  const header = (type: string) => ({ schema: { type } });
  const ask = await listOf(['offset', 'limit'], undefined, {
    Link: header('string'),
    'X-Total-Count': header('integer'),
  });
  const { headers } = await ask('GET', '/pets?limit=2&offset=2');
  expect(headers['x-total-count']).toBe('5');
  expect(headers.link).toBe(
    [
      '<http://api.test/pets?limit=2&offset=0>; rel="first"',
      '<http://api.test/pets?limit=2&offset=0>; rel="prev"',
      '<http://api.test/pets?limit=2&offset=4>; rel="next"',
      '<http://api.test/pets?limit=2&offset=4>; rel="last"',
    ].join(', '),
  );
  expect((await ask('GET', '/pets')).headers).not.toHaveProperty('link');
});

test('reading from a cursor whose item was deleted goes on', async () => {
  const ask = await listOf(['cursor', 'limit'], { next_cursor: text });
  const first = jsonOf(await ask('GET', '/pets?limit=2')) as { data: { id: number }[]; next_cursor: string };
  for (const { id } of first.data) await ask('DELETE', `/pets/${id}`);
  expect(itemsOf(await ask('GET', `/pets?limit=2&cursor=${first.next_cursor}`))).toMatch(/^C|^E/);
});
