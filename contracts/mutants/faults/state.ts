import type { Operation } from '../../../server/contract/index.js';
import { isObject, type JsonObject, toPointer, valueAt } from '../../../server/documents/index.js';
import { jsonIn } from '../../run/answer.js';
import { type Api, authorized, documentedAnswer, responseOf, successOf } from '../api.js';
import type { Fault, Planting } from '../fault.js';
import { headerOf, type Service, type ServiceAnswer, type ServiceRequest, withHeaders, withJson } from '../service.js';
import { anyReason, isSuccess, planted } from './answers.js';
import { queryOf } from './requests.js';

const stateReasons = ['state', 'value', 'schema', 'status', 'header'];

/** What is forgotten, mixed up or left lying about between one request and the next. */
export const stateFaults: readonly Fault[] = [
  {
    kind: 'duplicate accepted',
    plant: (api) =>
      ofEffect(api, 'create')
        .filter(isOnce)
        .map((operation) =>
          planted(api, operation, 'as if it were new', ['status', 'state'], (answer, request) => {
            const success = successOf(operation);
            return success && tellsOfDuplicate(operation, answer, request) ? documentedAnswer(success) : undefined;
          }),
        ),
  },
  {
    kind: 'duplicate as 500',
    plant: (api) =>
      ofEffect(api, 'create')
        .filter(isOnce)
        .map((operation) =>
          planted(api, operation, 'the database says no', ['status'], (answer, request) =>
            tellsOfDuplicate(operation, answer, request) ? { ...answer, status: 500 } : undefined,
          ),
        ),
  },
  {
    kind: 'GET after DELETE still 200',
    plant: (api) =>
      ofEffect(api, 'delete').map((operation) => ({
        place: `after ${operation.id}`,
        reasons: ['status', 'state'],
        wrap: (service, touch) => {
          const gone = new Map<string, ServiceAnswer>();
          return async (request) => {
            const path = pathOf(request);
            const asked = api.operationOf(request);
            const before = asked === operation ? await readItem(api, service, request) : undefined;
            const answer = await service(request);
            if (before && isSuccess(answer)) gone.set(path, before);
            const kept = gone.get(path);
            if (request.method !== 'GET' || !kept || answer.status !== 404) return answer;
            touch();
            return kept;
          };
        },
      })),
  },
  {
    kind: 'DELETE does nothing',
    plant: (api) =>
      ofEffect(api, 'delete').map((operation) => ({
        place: operation.id,
        reasons: ['status', 'state', 'value'],
        wrap: (service, touch) => async (request) => {
          if (api.operationOf(request) !== operation) return service(request);
          // What it says without doing it is what it says of another item.
          const item = await readItem(api, service, request);
          const success = successOf(operation);
          if (!item || !isSuccess(item) || !success) return service(request);
          touch();
          return documentedAnswer(success);
        },
      })),
  },
  {
    kind: 'DELETE of nothing succeeds',
    plant: (api) => ofEffect(api, 'delete').map((operation) => asIfThere(api, operation, 'whatever the path names')),
  },
  {
    kind: 'unknown item invented',
    plant: (api) =>
      ['read', 'merge', 'replace'].flatMap((effect) =>
        ofEffect(api, effect).map((operation) => asIfThere(api, operation, 'the example')),
      ),
  },
  {
    kind: 'list without the created item',
    plant: (api) =>
      ofEffect(api, 'list').map((operation) =>
        planted(api, operation, 'its newest item is not there', stateReasons, (answer) => {
          const list = listIn(jsonIn(answer));
          return list && list.items.length > 0 ? withJson(answer, list.with(list.items.slice(0, -1))) : undefined;
        }),
      ),
  },
  {
    kind: 'list of old values',
    plant: (api) =>
      ofEffect(api, 'list').map((operation) => ({
        place: `${operation.id}: as it was before a change`,
        reasons: stateReasons,
        wrap: (service, touch) => {
          const changed = new Map<string, JsonObject>();
          return async (request) => {
            const asked = api.operationOf(request);
            const isChange = asked?.resource?.effect === 'merge' || asked?.resource?.effect === 'replace';
            const before = isChange ? await readItem(api, service, request) : undefined;
            const answer = await service(request);
            const item = before && isSuccess(before) ? jsonIn(before) : undefined;
            if (isSuccess(answer) && isObject(item)) changed.set(keyOf(operation, item), item);
            const list = asked === operation && isSuccess(answer) ? listIn(jsonIn(answer)) : undefined;
            if (!list?.items.some((one) => isObject(one) && changed.has(keyOf(operation, one)))) return answer;
            touch();
            return withJson(
              answer,
              list.with(list.items.map((one) => (isObject(one) && changed.get(keyOf(operation, one))) || one)),
            );
          };
        },
      })),
  },
  {
    kind: 'deleted item in the list',
    plant: (api) =>
      ofEffect(api, 'list').map((operation) => ({
        place: operation.id,
        reasons: stateReasons,
        wrap: (service, touch) => {
          const gone: unknown[] = [];
          return async (request) => {
            const asked = api.operationOf(request);
            const before = asked?.resource?.effect === 'delete' ? await readItem(api, service, request) : undefined;
            const answer = await service(request);
            if (before && isSuccess(before) && isSuccess(answer)) gone.push(jsonIn(before));
            const list = asked === operation && isSuccess(answer) ? listIn(jsonIn(answer)) : undefined;
            if (!list || gone.length === 0) return answer;
            touch();
            return withJson(answer, list.with([...list.items, ...gone].slice(-10)));
          };
        },
      })),
  },
  ...[
    { kind: 'filter ignored', pattern: /^(?:kind|state)$/ },
    { kind: 'limit ignored', pattern: /limit|perPage|pageSize/i },
    { kind: 'offset ignored', pattern: /^_?(?:offset|page)$/i },
    { kind: 'sort ignored', pattern: /sort/ },
  ].map(
    ({ kind, pattern }): Fault => ({
      kind,
      plant: (api) =>
        ofEffect(api, 'list').flatMap((operation) =>
          operation.parameters
            .filter(({ in: place, name }) => place === 'query' && pattern.test(name))
            .map((parameter) => ({
              place: `${operation.id}: ${parameter.name}`,
              reasons: stateReasons,
              wrap: (service, touch) => async (request) => {
                const value = queryOf(request.url, parameter.name);
                if (api.operationOf(request) !== operation || value === undefined) return service(request);
                const right = await service(request);
                const [path = '', query = ''] = request.url.split('?');
                const others = query.split('&').filter((pair) => !pair.startsWith(`${parameter.name}=`));
                const without = await service({
                  ...request,
                  url: others.length > 0 ? `${path}?${others.join('&')}` : path,
                });
                if (!isSuccess(right) || right.body.equals(without.body)) return right;
                touch();
                return without;
              },
            })),
        ),
    }),
  ),
  {
    kind: 'page one longer than its limit',
    plant: (api) =>
      ofEffect(api, 'list').flatMap((operation) =>
        operation.parameters
          .filter(({ in: place, name }) => place === 'query' && /limit|perPage|pageSize/i.test(name))
          .map(({ name }) => ({
            place: `${operation.id}: ${name}`,
            reasons: stateReasons,
            wrap: (service, touch) => async (request) => {
              const value = queryOf(request.url, name);
              if (api.operationOf(request) !== operation || !/^\d+$/.test(value ?? '')) return service(request);
              const right = await service(request);
              const more = await service({
                ...request,
                url: request.url.replace(`${name}=${value}`, `${name}=${Number(value) + 1}`),
              });
              if (!isSuccess(right) || !isSuccess(more) || right.body.equals(more.body)) return right;
              touch();
              return more;
            },
          })),
      ),
  },
  {
    kind: 'total is off by one',
    plant: (api) =>
      ofEffect(api, 'list')
        .flatMap((operation) => [
          planted(api, operation, 'of all', stateReasons, (answer) => {
            const body = jsonIn(answer);
            return isSuccess(answer) && isObject(body) && typeof body.total === 'number'
              ? withJson(answer, { ...body, total: body.total + 1 })
              : undefined;
          }),
        ])
        .filter(() =>
          api.places.some(({ keys, operation }) => keys[0] === 'total' && operation.resource?.effect === 'list'),
        ),
  },
  {
    kind: 'PATCH replaces the whole',
    plant: (api) =>
      ofEffect(api, 'merge').map((operation) =>
        overridden(api, operation, 'what was not sent is as in the example', (now, before, sent) => {
          const example = exampleOf(api, operation);
          const names = Object.keys(now).filter(
            (name) => !Object.hasOwn(sent, name) && typeof now[name] === 'string' && !isKey(operation, name),
          );
          const name = names.find((one) => !/kind|At$|email|site|On$/i.test(one));
          if (name === undefined || !isObject(before)) return now;
          const other = example?.[name];
          return { ...now, [name]: other !== undefined && other !== now[name] ? other : 'Reset' };
        }),
      ),
  },
  {
    kind: 'PATCH forgets what was sent',
    plant: (api) =>
      ofEffect(api, 'merge').map((operation) =>
        overridden(api, operation, 'nothing is changed', (now, before, sent) => ({
          ...now,
          ...Object.fromEntries(Object.entries(before).filter(([name]) => Object.hasOwn(sent, name))),
        })),
      ),
  },
  {
    kind: 'PUT ignores a field',
    plant: (api) =>
      ofEffect(api, 'replace').flatMap((operation) =>
        ['first', 'last'].map((which) =>
          overridden(api, operation, `the ${which} that was changed`, (now, before, sent) => {
            const names = Object.keys(sent).filter(
              (name) =>
                Object.hasOwn(before, name) &&
                name !== 'kind' &&
                JSON.stringify(before[name]) !== JSON.stringify(now[name]),
            );
            const name = which === 'first' ? names[0] : names.at(-1);
            return name === undefined ? now : { ...now, [name]: before[name] };
          }),
        ),
      ),
  },
  ...(['merge', 'replace'] as const).map(
    (effect): Fault => ({
      kind: effect === 'merge' ? 'PATCH is answered and not stored' : 'PUT is answered and not stored',
      plant: (api) =>
        ofEffect(api, effect).map((operation) => ({
          place: operation.id,
          reasons: stateReasons,
          wrap: (service, touch) => {
            const kept = new Map<string, ServiceAnswer>();
            return async (request) => {
              const asked = api.operationOf(request);
              const before = asked === operation ? await readItem(api, service, request) : undefined;
              const answer = await service(request);
              if (before && isSuccess(before) && isSuccess(answer) && !kept.has(pathOf(request)))
                kept.set(pathOf(request), before);
              const old = kept.get(pathOf(request));
              if (request.method !== 'GET' || !old || !isSuccess(answer) || old.body.equals(answer.body)) return answer;
              touch();
              return old;
            };
          },
        })),
    }),
  ),
  {
    kind: 'created and not stored',
    plant: (api) =>
      ofEffect(api, 'read').map((operation) => ({
        place: operation.id,
        reasons: ['status', 'state', 'value'],
        wrap: (service, touch) => {
          const made = new Set<string>();
          return async (request) => {
            const answer = await service(request);
            const asked = api.operationOf(request);
            const item = jsonIn(answer);
            if (asked?.resource?.effect === 'create' && isSuccess(answer) && isObject(item))
              made.add(keyOf(asked, item));
            const missing = responseOf(operation, 404);
            if (asked !== operation || !missing || !made.has(pathOf(request).split('/').at(-1) ?? '')) return answer;
            touch();
            return documentedAnswer(missing);
          };
        },
      })),
  },
  {
    kind: 'id changes between create and get',
    plant: (api) =>
      ofEffect(api, 'read').map((operation) =>
        planted(api, operation, 'it is another', stateReasons, (answer) => {
          const item = jsonIn(answer);
          const name = operation.resource?.key[0];
          return isSuccess(answer) && isObject(item) && name !== undefined && item[name] !== undefined
            ? withJson(answer, { ...item, [name]: otherKey(item[name]) })
            : undefined;
        }),
      ),
  },
  {
    kind: 'value lost on the way in',
    plant: (api) =>
      ofEffect(api, 'create').flatMap((operation) => {
        const types = typesSent(operation);
        return [
          altered(api, operation, 'first text cut short', (item, sent) => {
            const name = textsOf(operation, item, sent)[0];
            return name === undefined ? item : { ...item, [name]: cut(String(item[name])) };
          }),
          ...(types.has('number')
            ? [
                altered(api, operation, 'last number rounded', (item, sent) => {
                  const name = Object.keys(sent).findLast(
                    (one) => typeof item[one] === 'number' && Number(item[one]) % 1 !== 0,
                  );
                  return name === undefined ? item : { ...item, [name]: Math.ceil(Number(item[name])) };
                }),
              ]
            : []),
          ...(types.has('array')
            ? [
                altered(api, operation, 'lists in another order', (item) =>
                  Object.fromEntries(
                    Object.entries(item).map(([name, value]) => [
                      name,
                      Array.isArray(value) && value.length > 1 ? [...value].reverse() : value,
                    ]),
                  ),
                ),
              ]
            : []),
        ];
      }),
  },
  {
    kind: 'value lost between create and get',
    plant: (api) =>
      ofEffect(api, 'read').map((operation) =>
        planted(api, operation, 'a text is another', stateReasons, (answer) => {
          const item = jsonIn(answer);
          if (!isSuccess(answer) || !isObject(item)) return undefined;
          const name = textsOf(operation, item, item)[0];
          return name === undefined ? undefined : withJson(answer, { ...item, [name]: cut(String(item[name])) });
        }),
      ),
  },
  {
    kind: 'Location of another item',
    plant: (api) =>
      ofEffect(api, 'create')
        .filter((operation) => successOf(operation)?.headers.some(({ name }) => /^location$/i.test(name)))
        .map((operation) => ({
          place: operation.id,
          reasons: anyReason,
          wrap: (service, touch) => {
            let before: string | undefined;
            return async (request) => {
              const answer = await service(request);
              if (api.operationOf(request) !== operation || !isSuccess(answer)) return answer;
              const location = before;
              before = headerOf(answer, 'location');
              if (location === undefined) return answer;
              touch();
              return withHeaders(answer, { location });
            };
          },
        })),
  },
];

const pathOf = ({ url }: ServiceRequest) => url.split('?')[0] ?? '';

function ofEffect({ operations }: Api, effect: string): Operation[] {
  return operations.filter(({ resource, method }) => resource?.effect === effect && method !== 'HEAD');
}

/** The item that the path of a request names, as it is now. */
async function readItem(api: Api, service: Service, request: ServiceRequest): Promise<ServiceAnswer | undefined> {
  const read = { method: 'GET', url: pathOf(request) };
  if (!api.operationOf(read)) return undefined;
  const headers = { accept: 'application/json' };
  return service(authorized({ ...read, headers, body: Buffer.alloc(0) }, api.operationOf(read) as Operation));
}

const keyOf = ({ resource }: Operation, item: JsonObject) => String(valueAt(item, toPointer(resource?.key ?? [])));

const isKey = ({ resource }: Operation, name: string) => resource?.key[0] === name;

function otherKey(key: unknown): unknown {
  if (typeof key === 'number') return key + 1;
  const text = String(key);
  const last = text.at(-1) ?? '';
  return `${text.slice(0, -1)}${last === '1' ? '2' : '1'}`;
}

function listIn(body: unknown): { items: unknown[]; with: (items: unknown[]) => unknown } | undefined {
  if (Array.isArray(body)) return { items: body, with: (items) => items };
  if (!isObject(body)) return undefined;
  const found = Object.entries(body).find(([, value]) => Array.isArray(value));
  return found && { items: found[1] as unknown[], with: (items) => ({ ...body, [found[0]]: items }) };
}

function exampleOf(api: Api, operation: Operation): JsonObject | undefined {
  const create = ofEffect(api, 'create').find(({ resource }) => resource?.name === operation.resource?.name);
  const value = create?.requestBody?.content[0]?.examples().at(-1)?.value;
  return isObject(value) ? value : undefined;
}

/** Texts that were sent, which any other text could stand for. */
function textsOf({ resource }: Operation, item: JsonObject, sent: JsonObject): string[] {
  const own = new Set([...(resource?.unique.map(({ keys }) => keys[0]) ?? []), resource?.key[0]]);
  return Object.keys(item).filter(
    (name) =>
      Object.hasOwn(sent, name) &&
      /^(?:firstName|lastName|title|note|name)$/.test(name) &&
      !own.has(name) &&
      typeof item[name] === 'string' &&
      String(item[name]).length > 1,
  );
}

/** Whether there is something that no two items share. */
function isOnce(operation: Operation): boolean {
  return (operation.resource?.unique.length ?? 0) > 0 || responseOf(operation, 409) !== undefined;
}

/** Of some, 400 says so as well: there is nothing wrong with the request by itself. */
function tellsOfDuplicate({ requestBody }: Operation, { status }: ServiceAnswer, request: ServiceRequest): boolean {
  const [content] = requestBody?.content ?? [];
  return status === 409 || (status === 400 && content?.validator.check(jsonIn(request)) === true);
}

/** JSON types of the members in the examples of a request. */
function typesSent({ requestBody }: Operation): Set<string> {
  const examples = requestBody?.content[0]?.examples() ?? [];
  return new Set(
    examples.flatMap(({ value }) =>
      isObject(value) ? Object.values(value).map((one) => (Array.isArray(one) ? 'array' : typeof one)) : [],
    ),
  );
}

/** What is not there is answered for like what is. */
function asIfThere(api: Api, operation: Operation, how: string): Planting {
  return planted(api, operation, how, ['status', 'state'], (answer) => {
    const success = successOf(operation);
    return answer.status === 404 && success ? documentedAnswer(success) : undefined;
  });
}

const cut = (text: string) => text.slice(0, Math.max(1, Math.floor(text.length / 2)));

function altered(
  api: Api,
  operation: Operation,
  how: string,
  change: (item: JsonObject, sent: JsonObject) => JsonObject,
): Planting {
  return planted(api, operation, how, stateReasons, (answer, request) => {
    const item = jsonIn(answer);
    const sent = jsonIn(request);
    if (!isSuccess(answer) || !isObject(item) || !isObject(sent)) return undefined;
    const changed = change(item, sent);
    return JSON.stringify(changed) === JSON.stringify(item) ? undefined : withJson(answer, changed);
  });
}

/** What an operation makes of an item is other than it should be, in its answer and from then on. */
function overridden(
  api: Api,
  operation: Operation,
  how: string,
  change: (now: JsonObject, before: JsonObject, sent: JsonObject) => JsonObject,
): Planting {
  return {
    place: `${operation.id}: ${how}`,
    reasons: stateReasons,
    wrap: (service, touch) => {
      const overrides = new Map<string, JsonObject>();
      return async (request) => {
        const path = pathOf(request);
        const asked = api.operationOf(request);
        const before = asked === operation ? await readItem(api, service, request) : undefined;
        const answer = await service(request);
        const now = jsonIn(answer);
        if (!isSuccess(answer) || !isObject(now)) return answer;
        const was = before && isSuccess(before) ? jsonIn(before) : undefined;
        const sent = jsonIn(request);
        if (isObject(was) && isObject(sent)) {
          const wrong = change(now, was, sent);
          const names = Object.keys(wrong).filter((name) => JSON.stringify(wrong[name]) !== JSON.stringify(now[name]));
          if (names.length > 0) overrides.set(path, Object.fromEntries(names.map((name) => [name, wrong[name]])));
        } else if (request.method !== 'GET' || asked?.resource?.effect !== 'read') return answer;
        const override = overrides.get(path);
        if (!override) return answer;
        touch();
        return withJson(answer, { ...now, ...override });
      };
    },
  };
}
