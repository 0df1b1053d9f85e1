import { setTimeout as sleep } from 'node:timers/promises';
import { isObject } from '../../server/documents/index.js';
import { jsonIn } from '../run/answer.js';
import { type Api, documentedAnswer, responseOf } from './api.js';
import { bodyPlaces, changeAt } from './body-place.js';
import { onAnswer, type Planting } from './fault.js';
import { isSuccess } from './faults/answers.js';
import { headerOf, type ServiceAnswer, withBody, withHeaders, withJson } from './service.js';

/** A way to be different that no contract forbids. A finding against it is a false alarm. */
interface LegalVariant {
  readonly kind: string;
  readonly wrap: (api: Api) => Planting['wrap'];
}

const each =
  (change: (answer: ServiceAnswer) => ServiceAnswer | undefined) =>
  (api: Api): Planting['wrap'] =>
    onAnswer(api, undefined, change);

const ofJson = (change: (value: unknown, answer: ServiceAnswer) => ServiceAnswer | undefined) =>
  each((answer) => {
    const value = answer.body.length === 0 ? undefined : jsonIn(answer);
    return value === undefined ? undefined : change(value, answer);
  });

export const legalVariants: readonly LegalVariant[] = [
  {
    kind: 'charset parameter',
    wrap: each((answer) => {
      const type = headerOf(answer, 'content-type');
      return type === undefined ? undefined : withHeaders(answer, { 'content-type': `${type}; charset=utf-8` });
    }),
  },
  {
    kind: 'media type in capitals',
    wrap: each((answer) => {
      const type = headerOf(answer, 'content-type');
      return type === undefined ? undefined : withHeaders(answer, { 'content-type': type.replace('json', 'JSON') });
    }),
  },
  {
    kind: 'extra headers',
    wrap: each((answer) =>
      withHeaders(answer, {
        'X-Powered-By': 'Service/1',
        'Set-Cookie': ['a=1; Path=/', 'b=2; Path=/'],
        'Cache-Control': 'no-store',
        Server: 'service',
      }),
    ),
  },
  {
    kind: 'reordered keys',
    wrap: ofJson((value, answer) => withJson(answer, reordered(value))),
  },
  {
    kind: 'extra properties in open schemas',
    wrap: (api) => {
      const places = bodyPlaces(api.contract);
      const open = places.filter(
        ({ schema, guards }) =>
          guards.length === 0 &&
          schema.type === 'object' &&
          schema.additionalProperties === undefined &&
          schema.unevaluatedProperties === undefined &&
          schema.oneOf === undefined,
      );
      return onAnswer(api, undefined, (answer, _, operation) => {
        const meant = open.filter(
          (place) => place.operation === operation && place.response.status === String(answer.status),
        );
        let body = jsonIn(answer);
        const before = JSON.stringify(body);
        for (const place of meant)
          body =
            changeAt(body, place, (value) => (isObject(value) ? { ...value, _links: { self: '/' }, extra: 1 } : value))
              ?.body ?? body;
        return JSON.stringify(body) === before ? undefined : withJson(answer, body);
      });
    },
  },
  {
    kind: 'a documented 429, then success',
    wrap: (api) => (service, touch) => {
      let count = 0;
      return async (request) => {
        const operation = api.operationOf(request);
        const limited = operation && responseOf(operation, 429);
        if (!limited || ++count % 5 !== 0) return service(request);
        touch();
        return withHeaders(documentedAnswer(limited), { 'retry-after': '0' });
      };
    },
  },
  {
    kind: 'header names in another case',
    wrap: each((answer) => ({
      ...answer,
      headers: Object.fromEntries(
        Object.entries(answer.headers).map(([name, value], index) => [
          index % 2 === 0 ? name.toUpperCase() : name.replace(/\b[a-z]/g, (letter) => letter.toUpperCase()),
          value,
        ]),
      ),
    })),
  },
  {
    kind: 'white space in JSON',
    wrap: ofJson((value, answer) => withBody(answer, `\n ${JSON.stringify(value, undefined, '\t')}\r\n`)),
  },
  {
    kind: 'escapes in JSON',
    wrap: ofJson((value, answer) =>
      withBody(
        answer,
        JSON.stringify(value).replace(
          /[a-z](?=")/g,
          (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
        ),
      ),
    ),
  },
  {
    kind: 'integers with a fraction of zero',
    wrap: ofJson((value, answer) =>
      withBody(answer, JSON.stringify(value).replace(/(?<=[[:,])(\d+)(?=[,}\]])/g, '$1.0')),
    ),
  },
  {
    kind: 'other ids',
    wrap: () => (service, touch) => async (request) => {
      // Counted from elsewhere: clients know nothing of how a service numbers its items.
      const shift = 4000;
      const inside = (text: string) =>
        text.replace(/("userId":)(\d+)/g, (_, name: string, id: string) => `${name}${Number(id) + shift}`);
      const url = request.url.replace(/^(\/users\/)(\d+)/, (_, path: string, id: string) => {
        const known = Number(id) - shift;
        return `${path}${known > 0 || Number(id) === 0 ? known : Number(id) < 1 ? id : 999_999_999}`;
      });
      const answer = await service({ ...request, url });
      const body = inside(answer.body.toString('utf8'));
      if (body === answer.body.toString('utf8')) return answer;
      touch();
      return withBody(answer, body);
    },
  },
  {
    kind: 'other texts in errors',
    wrap: ofJson((value, answer) =>
      isSuccess(answer) || !isObject(value)
        ? undefined
        : withJson(answer, {
            ...value,
            ...('message' in value && { message: 'Das war wohl nichts: ü, 世界' }),
            ...('title' in value && { title: 'Das war wohl nichts: ü, 世界' }),
          }),
    ),
  },
  {
    kind: 'slow',
    wrap: (api) =>
      onAnswer(api, undefined, async (answer) => {
        await sleep(2);
        return { ...answer };
      }),
  },
  {
    kind: 'connection closed after each answer',
    wrap: each((answer) => withHeaders(answer, { connection: 'close' })),
  },
  {
    kind: 'in chunks, without a length',
    wrap: each((answer) =>
      answer.body.length === 0 ? undefined : withHeaders(answer, { 'transfer-encoding': 'chunked' }),
    ),
  },
  {
    kind: 'refusals before credentials are looked at',
    wrap: (api) =>
      onAnswer(api, undefined, (answer, request, operation) => {
        const refusal = responseOf(operation, 401);
        // Which of two things that are wrong is told first, nobody promises: here it is always the credentials.
        return answer.status === 400 &&
          refusal &&
          request.headers.authorization === undefined &&
          operation.security.every(({ schemes }) => schemes.every(({ type }) => type !== 'apiKey'))
          ? documentedAnswer(refusal)
          : undefined;
      }),
  },
];

function reordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reordered);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, member]) => [name, reordered(member)]),
  );
}
