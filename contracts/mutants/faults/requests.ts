import { isDeepStrictEqual } from 'node:util';
import type { Operation, Parameter } from '../../../server/contract/index.js';
import { flatten } from '../../../server/contract/index.js';
import { isObject, valueAt } from '../../../server/documents/index.js';
import { jsonIn } from '../../run/answer.js';
import { type Api, authorized, documentedAnswer, hasCredential, responseOf, successOf } from '../api.js';
import { type Fault, type Planting, spread } from '../fault.js';
import type { ServiceAnswer, ServiceRequest } from '../service.js';
import { isSuccess, planted } from './answers.js';

/** Who may do what, unchecked. */
export const credentialFaults: readonly Fault[] = [
  {
    kind: 'anonymous accepted',
    plant: (api) =>
      secured(api).map((operation) =>
        letIn(api, operation, 'anybody', 401, (request) => !hasCredential(request, operation)),
      ),
  },
  {
    kind: 'garbage token accepted',
    plant: (api) =>
      secured(api).flatMap((operation) => [
        letIn(api, operation, 'any credential', 401, (request) => hasCredential(request, operation)),
      ]),
  },
  {
    kind: 'garbage accepted of one scheme only',
    plant: (api) =>
      api.operations
        .filter(({ security }) => security.length > 1)
        .map((operation) => {
          const other = operation.security.at(-1)?.schemes ?? [];
          const alone = { ...operation, security: [{ schemes: other }] } as unknown as Operation;
          return letIn(api, operation, `any ${other.map(({ name }) => name).join(' and ')}`, 401, (request) =>
            hasCredential(request, alone),
          );
        }),
  },
  {
    kind: 'one of two needed credentials unchecked',
    plant: (api) =>
      api.operations
        .filter(({ security }) => security.some(({ schemes }) => schemes.length > 1))
        .flatMap((operation) => [
          letIn(
            api,
            operation,
            'a key alone will do',
            401,
            ({ headers }) => headers['x-api-key'] !== undefined && headers.authorization === undefined,
          ),
          letIn(
            api,
            operation,
            'a password alone will do',
            401,
            ({ headers }) => headers['x-api-key'] === undefined && headers.authorization !== undefined,
          ),
        ]),
  },
  {
    kind: 'scope unchecked',
    plant: (api) => secured(api).map((operation) => letIn(api, operation, 'anybody known', 403, () => true)),
  },
  {
    kind: 'documented alternative refused',
    plant: (api) =>
      api.operations
        .filter(({ security }) => security.length > 1)
        .map((operation) => {
          const other = operation.security.at(-1)?.schemes ?? [];
          const alone = { ...operation, security: [{ schemes: other }] } as unknown as Operation;
          return planted(
            api,
            operation,
            `no ${other.map(({ name }) => name).join(' and ')}`,
            ['status'],
            (answer, request) => {
              const refusal = responseOf(operation, 401);
              return isSuccess(answer) && refusal && hasCredential(request, alone)
                ? documentedAnswer(refusal)
                : undefined;
            },
          );
        }),
  },
];

/** What should be refused and is not, and the other way round. */
export const requestFaults: readonly Fault[] = [
  {
    kind: 'invalid body accepted',
    plant: (api) => [
      ...spread(bodied(api)).map((operation) => lenient(api, operation, 'whatever it is', () => true)),
      ...keywordsOf(api).map(({ operation, keyword }) =>
        lenient(api, operation, `against its ${keyword}`, (request) =>
          keywordsIn(operation, request).every((one) => one === keyword),
        ),
      ),
    ],
  },
  {
    kind: 'only the first item checked',
    plant: (api) =>
      listed(api).map(({ operation, name }) =>
        lenient(api, operation, `the first of ${name}`, (request) => {
          const body = jsonIn(request);
          const items = isObject(body) ? body[name] : undefined;
          const [content] = operation.requestBody?.content ?? [];
          return (
            Array.isArray(items) &&
            items.length > 1 &&
            content?.validator.check({ ...(body as object), [name]: items.slice(0, 1) }) === true &&
            keywordsIn(operation, request).every((keyword) => !/Items$/.test(keyword))
          );
        }),
      ),
  },
  {
    kind: 'enum in another case accepted',
    plant: (api) =>
      coerced(
        api,
        ({ enum: values }) => Array.isArray(values),
        (value, schema) =>
          Array.isArray(schema.enum) && typeof value === 'string'
            ? schema.enum.find((one) => String(one).toLowerCase() === value.toLowerCase())
            : undefined,
      ),
  },
  {
    kind: 'boolean as text accepted',
    plant: (api) =>
      coerced(
        api,
        ({ type }) => [type].flat().includes('boolean'),
        (value) => (typeof value === 'string' ? value === 'true' : undefined),
      ),
  },
  {
    kind: 'malformed JSON accepted',
    plant: (api) =>
      spread(bodied(api)).map((operation) =>
        lenient(
          api,
          operation,
          'no JSON at all',
          (request) => jsonIn(request) === undefined && request.body.length > 0,
        ),
      ),
  },
  {
    kind: 'missing body accepted',
    plant: (api) =>
      spread(bodied(api)).map((operation) =>
        lenient(api, operation, 'nothing', (request) => request.body.length === 0),
      ),
  },
  {
    kind: 'missing query accepted',
    plant: (api) =>
      queried(api, ({ required }) => required).map(({ operation, parameter }) =>
        lenient(api, operation, `without ${parameter.name}`, ({ url }) => queryOf(url, parameter.name) === undefined),
      ),
  },
  {
    kind: 'invalid query accepted',
    plant: (api) =>
      queried(api, ({ validator }) => !validator.check('~'.repeat(400))).map(({ operation, parameter }) =>
        lenient(api, operation, `any ${parameter.name}`, ({ url }) => queryOf(url, parameter.name) !== undefined),
      ),
  },
  {
    kind: 'query over its maximum accepted',
    plant: (api) =>
      queried(api, (parameter) => typeof schemaOf(api, parameter).maximum === 'number').map(
        ({ operation, parameter }) =>
          lenient(
            api,
            operation,
            `any size of ${parameter.name}`,
            ({ url }) => Number(queryOf(url, parameter.name)) > Number(schemaOf(api, parameter).maximum),
          ),
      ),
  },
  {
    kind: 'invalid path parameter as 500',
    plant: (api) =>
      spread(
        api.operations.filter(
          ({ parameters, responses }) =>
            parameters.some(({ in: place }) => place === 'path') && responses.some(({ status }) => status === '400'),
        ),
      ).map((operation) =>
        planted(api, operation, '500', ['status'], (answer) =>
          answer.status === 400 ? { ...answer, status: 500 } : undefined,
        ),
      ),
  },
  {
    kind: 'unsupported media type accepted',
    plant: (api) =>
      spread(api.operations.filter((operation) => responseOf(operation, 415))).map((operation) =>
        planted(api, operation, 'any', ['status'], (answer, request, _, service) =>
          answer.status === 415
            ? service({
                ...request,
                headers: { ...request.headers, 'content-type': operation.requestBody?.content[0]?.mediaType },
              })
            : undefined,
        ),
      ),
  },
  {
    kind: 'Accept ignored',
    plant: (api) => [
      ...api.operations
        .filter((operation) => (successOf(operation)?.content.length ?? 0) > 1)
        .map((operation) =>
          planted(
            api,
            operation,
            'always the first media type',
            ['media-type', 'status'],
            (answer, request, _, service) => {
              const [first] = successOf(operation)?.content ?? [];
              const other = answer.headers['content-type'] !== first?.contentType;
              return isSuccess(answer) && other
                ? service({ ...request, headers: { ...request.headers, accept: first?.mediaType } })
                : undefined;
            },
          ),
        ),
      ...api.operations
        .filter((operation) => responseOf(operation, 406))
        .map((operation) =>
          planted(api, operation, 'whatever is accepted', ['status', 'media-type'], (answer, request, _, service) =>
            answer.status === 406 ? service({ ...request, headers: { ...request.headers, accept: '*/*' } }) : undefined,
          ),
        ),
    ],
  },
  {
    kind: '405 without Allow',
    plant: () => [
      ofMethods('anywhere', ['header', 'protocol'], (answer) => {
        const { allow: _, ...headers } = answer.headers;
        return answer.status === 405 ? { ...answer, headers } : undefined;
      }),
    ],
  },
  {
    kind: 'Allow without a documented method',
    plant: () => [
      ofMethods('anywhere', ['header', 'protocol'], (answer) =>
        answer.status === 405 ? { ...answer, headers: { ...answer.headers, allow: 'TRACE' } } : undefined,
      ),
    ],
  },
  {
    kind: 'OPTIONS as 500',
    plant: (api) => [
      ofMethods('anywhere', ['status', 'protocol'], (answer, { method }) =>
        method === 'OPTIONS' && api.operations.length > 0 ? { ...answer, status: 500 } : undefined,
      ),
    ],
  },
  {
    kind: 'undocumented method accepted',
    plant: (api) => [
      ofMethods('each as GET', ['status', 'protocol'], ({ status }) =>
        status === 405
          ? { status: 200, headers: { 'content-type': 'application/json' }, body: Buffer.from('{}') }
          : undefined,
      ),
      ofMethods('as 500', ['status', 'protocol'], (answer) =>
        answer.status === 405 && api.operations.length > 0 ? { ...answer, status: 500 } : undefined,
      ),
    ],
  },
  {
    kind: 'documented example rejected',
    plant: (api) => {
      const all = api.operations.flatMap((operation) =>
        (operation.requestBody?.content[0]?.examples() ?? []).map(({ name, value, origin }) => ({
          operation,
          name,
          value,
          origin,
        })),
      );
      return spread(all.filter(({ origin }) => origin !== 'generated')).map(({ operation, name, value }) =>
        refuse(api, operation, `the example ${name ?? 'of the document'}`, (body) => isLike(operation, body, value)),
      );
    },
  },
  {
    kind: 'boundary rejected',
    plant: (api) => [
      ...boundaries(api, 'maxLength', (value, bound) => String(value).length === bound),
      ...boundaries(api, 'minLength', (value, bound) => String(value).length === bound),
      ...boundaries(api, 'maximum', (value, bound) => value === bound),
      ...boundaries(api, 'minimum', (value, bound) => value === bound),
      ...boundaries(api, 'maxItems', (value, bound) => Array.isArray(value) && value.length === bound),
    ],
  },
  {
    kind: 'enum value rejected',
    plant: (api) => [
      ...boundaries(api, 'enum', (value, values) => value === (values as unknown[]).at(-1)),
      ...queried(api, (parameter) => Array.isArray(schemaOf(api, parameter).enum)).map(({ operation, parameter }) => {
        const last = String((schemaOf(api, parameter).enum as unknown[]).at(-1));
        return refuseRequest(
          api,
          operation,
          `${parameter.name}=${last}`,
          ({ url }) => queryOf(url, parameter.name) === last,
        );
      }),
    ],
  },
  {
    kind: 'null rejected where nullable',
    plant: (api) =>
      memberOperations(api, ({ type, nullable }) => [type].flat().includes('null') || nullable === true).map(
        ({ operation, name }) =>
          refuse(api, operation, `${name}: null`, (body) => isObject(body) && body[name] === null),
      ),
  },
  {
    kind: 'optional property needed',
    plant: (api) =>
      spread(
        bodied(api).flatMap((operation) =>
          optionals(api, operation).map((name) => ({
            operation,
            name,
          })),
        ),
      ).map(({ operation, name }) =>
        refuse(api, operation, `without ${name}`, (body) => isObject(body) && !Object.hasOwn(body, name), 500),
      ),
  },
  {
    kind: 'optional property not understood',
    plant: (api) =>
      spread(bodied(api).flatMap((operation) => optionals(api, operation).map((name) => ({ operation, name })))).map(
        ({ operation, name }) =>
          refuse(api, operation, `with ${name}`, (body) => isObject(body) && Object.hasOwn(body, name), 500),
      ),
  },
  {
    kind: 'branch of oneOf rejected',
    plant: (api) =>
      api.operations
        .filter(({ id }) => id === 'createShape')
        .flatMap((operation) =>
          ['rectangle', 'polygon'].map((kind) =>
            refuse(api, operation, `a ${kind}`, (body) => isObject(body) && body.kind === kind),
          ),
        ),
  },
  {
    kind: 'optional query not understood',
    plant: (api) =>
      queried(api, ({ required }) => !required).map(({ operation, parameter }) =>
        planted(api, operation, `500 with ${parameter.name}`, ['status'], (answer, { url }) =>
          isSuccess(answer) && queryOf(url, parameter.name) !== undefined ? { ...answer, status: 500 } : undefined,
        ),
      ),
  },
];

export function queryOf(url: string, name: string): string | undefined {
  return new URL(url, 'http://service.test').searchParams.get(name) ?? undefined;
}

function secured({ operations }: Api): Operation[] {
  const all = operations.filter((operation) => operation.security.length > 0 && responseOf(operation, 401));
  return spread(all, ({ security }) => security.some(({ schemes }) => schemes.length > 1));
}

function letIn(
  api: Api,
  operation: Operation,
  how: string,
  code: number,
  isMeant: (request: ServiceRequest) => boolean,
): Planting {
  return planted(api, operation, how, ['status'], (answer, request, _, service) =>
    answer.status === code && isMeant(request) ? service(authorized(request, operation)) : undefined,
  );
}

/** Changes answers whatever is asked: most are to methods that no operation has. */
function ofMethods(
  place: string,
  reasons: readonly string[],
  change: (answer: ServiceAnswer, request: ServiceRequest) => ServiceAnswer | undefined,
): Planting {
  return {
    place,
    reasons,
    wrap: (service, touch) => async (request) => {
      const answer = await service(request);
      const changed = change(answer, request);
      if (!changed) return answer;
      touch();
      return changed;
    },
  };
}

const bodied = ({ operations }: Api) => operations.filter(({ requestBody }) => requestBody !== undefined);

/** Takes what it should refuse, and answers as if it were good. */
function lenient(api: Api, operation: Operation, how: string, isMeant: (request: ServiceRequest) => boolean): Planting {
  return planted(api, operation, how, ['status'], (answer, request) => {
    const success = successOf(operation);
    return success && (answer.status === 400 || answer.status === 422) && isMeant(request)
      ? documentedAnswer(success)
      : undefined;
  });
}

function refuseRequest(
  api: Api,
  operation: Operation,
  how: string,
  isMeant: (request: ServiceRequest) => boolean,
  code?: number,
): Planting {
  const refusal = responseOf(operation, 422) ?? responseOf(operation, 400);
  return planted(api, operation, how, ['status'], (answer, request): ServiceAnswer | undefined => {
    if (!isSuccess(answer) || !isMeant(request)) return undefined;
    return refusal && code === undefined ? documentedAnswer(refusal) : { ...answer, status: code ?? 500 };
  });
}

const refuse = (api: Api, operation: Operation, how: string, isMeant: (body: unknown) => boolean, code?: number) =>
  refuseRequest(api, operation, how, (request) => isMeant(jsonIn(request)), code);

/** Equal, but for the values that each item has to have for itself. */
function isLike({ resource }: Operation, body: unknown, example: unknown): boolean {
  if (!isObject(body) || !isObject(example)) return isDeepStrictEqual(body, example);
  const own = new Set([...(resource?.unique.map(({ keys }) => keys[0]) ?? []), resource?.key[0]]);
  const names = new Set([...Object.keys(body), ...Object.keys(example)]);
  return [...names].every((name) => own.has(name) || isDeepStrictEqual(body[name], example[name]));
}

function keywordsIn({ requestBody }: Operation, request: ServiceRequest): string[] {
  const body = jsonIn(request);
  const [content] = requestBody?.content ?? [];
  if (body === undefined || !content) return [];
  return content.validator.violations(body, 'body').map(({ keyword }) => keyword);
}

/** For each keyword the last operation that has it: one that is not checked. */
function keywordsOf(api: Api): { operation: Operation; keyword: string }[] {
  const found = bodied(api).flatMap(
    (operation) =>
      JSON.stringify(membersOf(api, operation))
        .match(/"(?:maxLength|minLength|enum|format|maximum|pattern|maxItems|uniqueItems|minimum)":/g)
        ?.map((text) => ({ operation, keyword: text.slice(1, -2) })) ?? [],
  );
  const last = new Map(found.map((one) => [one.keyword, one]));
  const required = bodied(api).findLast((operation) => operation.method !== 'PATCH');
  return [
    ...last.values(),
    ...(required
      ? [
          { operation: required, keyword: 'required' },
          { operation: required, keyword: 'type' },
        ]
      : []),
  ];
}

/** The members of a request body, of all its branches. */
function membersOf(api: Api, { requestBody }: Operation): Record<string, Record<string, unknown>> {
  const { description } = api.contract;
  const [content] = requestBody?.content ?? [];
  if (!content) return {};
  const schema = flatten(description, { schema: content.schema, pointer: content.schemaPointer });
  const branches = Array.isArray(schema.oneOf) ? schema.oneOf : [];
  const all = [
    schema,
    ...branches.map((branch, index) =>
      flatten(description, { schema: branch, pointer: `${content.schemaPointer}/oneOf/${index}` }),
    ),
  ];
  return Object.fromEntries(
    all.flatMap(({ properties }) =>
      Object.entries(isObject(properties) ? properties : {}).map(([name, member]) => [
        name,
        flatten(description, { schema: member, pointer: '' }),
      ]),
    ),
  );
}

function optionals(api: Api, operation: Operation): string[] {
  const { description } = api.contract;
  const [content] = operation.requestBody?.content ?? [];
  if (!content) return [];
  const schema = flatten(description, { schema: content.schema, pointer: content.schemaPointer });
  const [branch] = Array.isArray(schema.oneOf) ? schema.oneOf : [];
  const { required } = branch ? flatten(description, { schema: branch, pointer: '' }) : schema;
  const needed = new Set(Array.isArray(required) ? required : []);
  return Object.entries(membersOf(api, operation))
    .filter(
      ([name, member]) =>
        !needed.has(name) &&
        member.readOnly !== true &&
        !('const' in member) &&
        !/^(?:width|height|points|radius)$/.test(name),
    )
    .map(([name]) => name);
}

function memberOperations(api: Api, isMeant: (member: Record<string, unknown>) => boolean) {
  return spread(
    bodied(api).flatMap((operation) =>
      Object.entries(membersOf(api, operation))
        .filter(([, member]) => isMeant(member) && member.readOnly !== true)
        .map(([name, member]) => ({ operation, name, member })),
    ),
  );
}

/** Lists in a body whose items have something that can be wrong with them. */
function listed(api: Api) {
  const { description } = api.contract;
  const isTelling = ({ items }: Record<string, unknown>) =>
    items !== undefined && Object.keys(flatten(description, { schema: items, pointer: '' })).length > 0;
  return memberOperations(api, isTelling).filter(({ operation, name }) => {
    const shown = operation.requestBody?.content[0]?.examples()[0]?.value;
    return isObject(shown) && Array.isArray(shown[name]);
  });
}

/** A value that is made a valid one first, of properties that have such. */
function coerced(
  api: Api,
  isMeant: (schema: Record<string, unknown>) => boolean,
  made: (value: unknown, schema: Record<string, unknown>) => unknown,
): Planting[] {
  return memberOperations(api, isMeant).map(({ operation, name, member }) =>
    lenient(api, operation, name, (request) => {
      const body = jsonIn(request);
      const value = isObject(body) ? made(body[name], member) : undefined;
      const [content] = operation.requestBody?.content ?? [];
      return value !== undefined && content?.validator.check({ ...(body as object), [name]: value }) === true;
    }),
  );
}

/** A value on the very edge of what its schema takes, refused. */
function boundaries(api: Api, keyword: string, isOn: (value: unknown, bound: unknown) => boolean): Planting[] {
  return memberOperations(api, (member) => keyword in member).map(({ operation, name, member }) =>
    refuse(
      api,
      operation,
      `${name} at its ${keyword}`,
      (body) => isObject(body) && Object.hasOwn(body, name) && isOn(body[name], member[keyword]),
    ),
  );
}

function queried(api: Api, isMeant: (parameter: Parameter) => boolean) {
  return spread(
    api.operations.flatMap((operation) =>
      operation.parameters
        .filter((parameter) => parameter.in === 'query' && isMeant(parameter))
        .map((parameter) => ({ operation, parameter })),
    ),
  );
}

function schemaOf({ contract: { description } }: Api, { pointer }: Parameter): Record<string, unknown> {
  const at = `${pointer}/schema`;
  return flatten(description, { schema: valueAt(description.root, at), pointer: at });
}
