import type { Operation } from '../../../server/contract/index.js';
import { isObject } from '../../../server/documents/index.js';
import { jsonIn } from '../../run/answer.js';
import { type Api, documentedAnswer, responseOf, successOf } from '../api.js';
import { type BodyPlace, changeAt, nameOf } from '../body-place.js';
import { type AnswerChange, type Fault, onAnswer, type Planting, spread } from '../fault.js';
import { headerOf, type ServiceAnswer, withBody, withHeaders, withJson } from '../service.js';

/** What is wrong with the status of an answer. */
export const statusFaults: readonly Fault[] = [
  { kind: '200 for 201', plant: (api) => status(api, 201, 200) },
  { kind: '201 for 200', plant: (api) => status(api, 200, 201, ({ method }) => method !== 'HEAD') },
  { kind: '200 for 204', plant: (api) => status(api, 204, 200) },
  { kind: '202 for 201', plant: (api) => status(api, 201, 202) },
  {
    kind: 'undocumented 418',
    plant: (api) =>
      spread(api.operations).map((operation) =>
        planted(api, operation, '418 for a success', ['status'], (answer) =>
          isSuccess(answer) ? { ...answer, status: 418 } : undefined,
        ),
      ),
  },
  {
    kind: '404 as empty 200',
    plant: (api) => statusWhere(api, 404, (answer) => ({ ...empty(answer), status: 200 })),
  },
  { kind: '404 as 400', plant: (api) => status(api, 404, 400) },
  { kind: '404 as 500', plant: (api) => status(api, 404, 500) },
  { kind: '400 as 500', plant: (api) => [...status(api, 400, 500), ...status(api, 422, 500)] },
  { kind: '422 as 400', plant: (api) => status(api, 422, 400) },
  { kind: '409 as 400', plant: (api) => status(api, 409, 400) },
  { kind: '409 as 500', plant: (api) => status(api, 409, 500) },
  { kind: '401 as 400', plant: (api) => status(api, 401, 400) },
  { kind: '403 as 404', plant: (api) => status(api, 403, 404) },
  {
    kind: '401 and 403 swapped',
    plant: (api) =>
      spread(api.operations.filter((operation) => responseOf(operation, 401) && responseOf(operation, 403))).map(
        (operation) =>
          planted(api, operation, '401 and 403', ['status'], (answer) => {
            const other = answer.status === 401 ? 403 : answer.status === 403 ? 401 : undefined;
            return other && bySomeBook(operation, answer, other);
          }),
      ),
  },
  {
    kind: 'redirected to where it is',
    plant: (api) =>
      spread(api.operations.filter(({ method }) => method === 'GET')).map((operation) =>
        planted(api, operation, '302 for a success', ['status'], (answer, { url }) =>
          isSuccess(answer) ? { ...empty(answer), status: 302, headers: { location: `${url}#` } } : undefined,
        ),
      ),
  },
  {
    kind: '500 now and then',
    plant: (api) =>
      spread(api.operations.filter(({ resource }) => resource)).map((operation) => ({
        place: `${operation.id}: each second success`,
        reasons: ['status'],
        wrap: (service, touch) => {
          let count = 0;
          const change: AnswerChange = (answer) =>
            isSuccess(answer) && ++count % 2 === 0 ? { ...html(answer), status: 500 } : undefined;
          return onAnswer(api, operation, change)(service, touch);
        },
      })),
  },
];

/** What is wrong with the content as such. */
export const contentFaults: readonly Fault[] = [
  {
    kind: '204 with body',
    plant: (api) =>
      statusWhere(
        api,
        204,
        (answer) => ({
          ...answer,
          wire: rawAnswer('204 No Content', answer, Buffer.from('{"ok":true}')),
        }),
        ['body', 'schema', 'media-type', 'header', 'status'],
      ),
  },
  {
    kind: 'HEAD with body',
    plant: (api) =>
      spread(api.operations.filter(({ method }) => method === 'HEAD')).map((operation) =>
        planted(
          api,
          operation,
          'with the body of GET',
          ['body', 'schema', 'media-type', 'header', 'status', 'protocol'],
          async (answer, request, _, service) => {
            if (!isSuccess(answer)) return undefined;
            const { body } = await service({ ...request, method: 'GET' });
            return { ...answer, wire: rawAnswer('200 OK', answer, body) };
          },
        ),
      ),
  },
  leak(
    'stack trace',
    "TypeError: Cannot read properties of undefined (reading 'id')\n    at createUser (/srv/app/dist/users/create.js:41:27)\n    at process.processTicksAndRejections (node:internal/process/task_queues:95:5)",
  ),
  leak('inside told in an error', "ENOENT: no such file or directory, open '/srv/app/data/7.json'"),
  {
    kind: 'HTML error',
    plant: (api) =>
      errorsOf(api).flatMap(({ operation, code }) => [
        planted(api, operation, `for ${code}`, ['media-type', 'schema'], (answer) =>
          answer.status === code ? html(answer) : undefined,
        ),
        planted(api, operation, `for ${code}, said to be JSON`, ['schema', 'media-type'], (answer) =>
          answer.status === code
            ? withHeaders(html(answer), { 'content-type': headerOf(answer, 'content-type') })
            : undefined,
        ),
      ]),
  },
  {
    kind: 'error of another media type',
    plant: (api) =>
      errorsOf(api).map(({ operation, code }) =>
        planted(api, operation, `for ${code}`, ['media-type'], (answer) =>
          answer.status === code ? withHeaders(answer, { 'content-type': 'text/plain; charset=utf-8' }) : undefined,
        ),
      ),
  },
  {
    kind: 'error without a body',
    plant: (api) =>
      errorsOf(api).map(({ operation, code }) =>
        planted(api, operation, `for ${code}`, ['media-type', 'schema', 'body'], (answer) =>
          answer.status === code ? empty(answer) : undefined,
        ),
      ),
  },
  {
    kind: 'wrong content type',
    plant: (api) => [
      ...successes(api, 'text/plain', ['media-type'], (answer) =>
        withHeaders(answer, { 'content-type': 'text/plain; charset=utf-8' }),
      ),
      ...successes(api, 'application/octet-stream', ['media-type'], (answer) =>
        withHeaders(answer, { 'content-type': 'application/octet-stream' }),
      ).slice(-1),
    ],
  },
  {
    kind: 'no content type',
    plant: (api) =>
      successes(api, 'none', ['media-type'], (answer) => withHeaders(answer, { 'content-type': undefined })),
  },
  {
    kind: 'malformed JSON',
    plant: (api) => [
      ...successes(api, 'a comma before its end', ['schema'], (answer) =>
        withBody(answer, answer.body.toString('utf8').replace(/([}\]])$/, ',$1')),
      ),
      ...successes(api, 'single quotes', ['schema'], (answer) =>
        withBody(answer, answer.body.toString('utf8').replaceAll('"', "'")),
      ).slice(-1),
    ],
  },
  {
    kind: 'two documents in one body',
    plant: (api) =>
      successes(api, 'twice', ['schema'], (answer) => withBody(answer, Buffer.concat([answer.body, answer.body]))),
  },
  {
    kind: 'empty body',
    plant: (api) => successes(api, 'nothing', ['schema', 'media-type', 'body'], (answer) => withBody(answer, '')),
  },
  {
    kind: 'byte order mark',
    plant: (api) => successes(api, 'before the JSON', anyReason, (answer) => withBody(answer, `\uFEFF${answer.body}`)),
  },
  {
    kind: 'Latin-1 for UTF-8',
    plant: (api) => {
      const texts = api.places.filter(isAnyText);
      return [texts.find(({ required }) => required) ?? texts[0]]
        .filter((one) => one !== undefined)
        .map((place) =>
          planted(api, place.operation, `é in ${nameOf(place)}`, anyReason, (answer) => {
            const made = isSuccess(answer) ? changeAt(jsonIn(answer), place, () => '\u00e9t\u00e9') : undefined;
            return made && withBody(answer, Buffer.from(JSON.stringify(made.body), 'latin1'));
          }),
        );
    },
  },
  {
    kind: 'truncated body',
    plant: (api) =>
      successes(api, 'its second half is lost', anyReason, (answer) => ({
        ...answer,
        wire: rawAnswer(`${answer.status} OK`, answer, answer.body).subarray(0, -Math.ceil(answer.body.length / 2)),
      })),
  },
  {
    kind: 'content-length too short',
    plant: (api) =>
      successes(api, 'by one', anyReason, (answer) => ({
        ...answer,
        wire: rawAnswer(`${answer.status} OK`, answer, answer.body.subarray(0, -1)),
      })),
  },
  {
    kind: 'connection cut',
    plant: (api) =>
      spread(api.operations).map((operation) =>
        planted(api, operation, 'before the answer', anyReason, (answer) => {
          if (!isSuccess(answer)) return undefined;
          return { ...answer, wire: Buffer.from('HTTP/1.1 ') };
        }),
      ),
  },
];

/** What is wrong with headers. */
export const headerFaults: readonly Fault[] = [
  {
    kind: 'required header missing',
    plant: (api) => headersOf(api, (name) => (answer) => withHeaders(answer, { [name]: undefined })),
  },
  {
    kind: 'header of the wrong type',
    plant: (api) =>
      headersOf(
        api,
        (name) => (answer) => withHeaders(answer, { [name]: 'not §such§ a thing' }),
        (header) => !header.validator.check('not §such§ a thing'),
      ),
  },
  {
    kind: 'header empty',
    plant: (api) =>
      headersOf(
        api,
        (name) => (answer) => withHeaders(answer, { [name]: '' }),
        (header) => !header.validator.check(header.read('')),
      ),
  },
  {
    kind: 'Location pointing nowhere',
    plant: (api) =>
      api.operations
        .filter((operation) => successOf(operation)?.headers.some(({ name }) => /^location$/i.test(name)))
        .map((operation) =>
          planted(api, operation, 'to something else', anyReason, (answer, { url }) => {
            const location = headerOf(answer, 'location');
            return isSuccess(answer) && location !== undefined
              ? withHeaders(answer, { location: `${url.split('?')[0]}/there/is/nothing` })
              : undefined;
          }),
        ),
  },
];

/** Any finding will do: the fault is against HTTP or against sense, and each suite has its own word for it. */
export const anyReason = [
  'status',
  'media-type',
  'header',
  'schema',
  'value',
  'problem',
  'body',
  'leak',
  'protocol',
  'state',
  'drift',
] as const;

export const isSuccess = ({ status: code }: ServiceAnswer) => code >= 200 && code < 300;

const html = (answer: ServiceAnswer) =>
  withHeaders(
    withBody(answer, '<!DOCTYPE html>\n<html><head><title>Error</title></head><body><pre>Not good</pre></body></html>'),
    { 'content-type': 'text/html; charset=utf-8' },
  );

const empty = (answer: ServiceAnswer) => withHeaders(withBody(answer, ''), { 'content-type': undefined });

/** Octets as they are, whatever Node thinks of them. */
function rawAnswer(statusLine: string, answer: ServiceAnswer, body: Buffer): Buffer {
  const headers = Object.entries({ 'content-type': 'application/json', ...answer.headers }).filter(
    ([name]) => !/^(?:content-length|connection)$/i.test(name),
  );
  const length = answer.body.length > 0 ? Math.min(body.length, answer.body.length) : body.length;
  const head = [
    `HTTP/1.1 ${statusLine}`,
    ...headers.flatMap(([name, value]) => [value].flat().map((one) => `${name}: ${one}`)),
    `content-length: ${length}`,
    'connection: close',
  ].join('\r\n');
  return Buffer.concat([Buffer.from(`${head}\r\n\r\n`, 'latin1'), body]);
}

/** As another status: by the book, where that is documented. */
function bySomeBook(operation: Operation, answer: ServiceAnswer, code: number): ServiceAnswer {
  const response = responseOf(operation, code);
  return response ? documentedAnswer(response) : { ...answer, status: code };
}

export function planted(
  api: Api,
  operation: Operation,
  how: string,
  reasons: readonly string[],
  change: AnswerChange,
): Planting {
  return { place: `${operation.id}: ${how}`, reasons, wrap: onAnswer(api, operation, change) };
}

function statusWhere(
  api: Api,
  code: number,
  change: AnswerChange,
  reasons: readonly string[] = ['status'],
  isMeant: (operation: Operation) => boolean = () => true,
): Planting[] {
  const found = api.operations.filter((operation) => responseOf(operation, code) && isMeant(operation));
  return spread(found).map((operation) =>
    planted(api, operation, `instead of ${code}`, reasons, (answer, ...rest) =>
      answer.status === code ? change(answer, ...rest) : undefined,
    ),
  );
}

const status = (api: Api, from: number, to: number, isMeant?: (operation: Operation) => boolean) =>
  statusWhere(api, from, (answer, _, operation) => bySomeBook(operation, answer, to), ['status'], isMeant);

/** Errors that can be provoked: the first of the first operation, the last of the last, and one of each status. */
function errorsOf({ operations }: Api): { operation: Operation; code: number }[] {
  const all = operations
    .filter(({ method }) => method !== 'HEAD')
    .flatMap((operation) =>
      operation.responses.flatMap(({ status: text, content }) =>
        /^4\d\d$/.test(text) && text !== '429' && content.length > 0 ? [{ operation, code: Number(text) }] : [],
      ),
    );
  return [
    ...new Set([
      ...all.slice(0, 1),
      ...[400, 404, 409, 422, 401].flatMap((code) => all.filter((one) => one.code === code).slice(-1)),
    ]),
  ].slice(0, 4);
}

/** In the text of an error, what nobody outside should read. */
function leak(kind: string, text: string): Fault {
  return {
    kind,
    plant: (api) =>
      errorsOf(api).map(({ operation, code }) =>
        planted(api, operation, `in the text of ${code}`, anyReason, (answer) => {
          const body = jsonIn(answer);
          const name = ['message', 'detail', 'title'].find((one) => isObject(body) && one in body);
          return answer.status === code && name && isObject(body)
            ? withJson(answer, { ...body, [name]: text })
            : undefined;
        }),
      ),
  };
}

/** Of the first operation with a JSON body, and of the last. */
function successes(
  api: Api,
  how: string,
  reasons: readonly string[],
  change: (answer: ServiceAnswer) => ServiceAnswer,
): Planting[] {
  const found = api.operations.filter(
    (operation) => operation.method !== 'HEAD' && (successOf(operation)?.content.length ?? 0) > 0,
  );
  return spread(found).map((operation) =>
    planted(api, operation, how, reasons, (answer) => {
      if (!isSuccess(answer) || answer.body.length === 0) return undefined;
      const changed = change(answer);
      return changed.wire || !changed.body.equals(answer.body) || changed.headers !== answer.headers
        ? changed
        : undefined;
    }),
  );
}

/** A text that may have any letters in it. */
const isAnyText = ({ schema }: BodyPlace) =>
  schema.type === 'string' && !['format', 'pattern', 'enum', 'const', 'writeOnly'].some((keyword) => keyword in schema);

type Header = NonNullable<ReturnType<typeof successOf>>['headers'][number];

function headersOf(
  api: Api,
  change: (name: string) => (answer: ServiceAnswer) => ServiceAnswer,
  isMeant: (header: Header) => boolean = () => true,
): Planting[] {
  const all = api.operations.flatMap((operation) =>
    operation.responses.flatMap((response) =>
      response.headers
        .filter((header) => header.required && isMeant(header) && !/^(?:429|5..)$/.test(response.status))
        .map(({ name }) => ({ operation, response, name })),
    ),
  );
  return spread(all, ({ response }) => response.status.startsWith('4')).map(({ operation, response, name }) =>
    planted(api, operation, `${name} of ${response.status}`, ['header'], (answer) =>
      String(answer.status) === response.status ? change(name)(answer) : undefined,
    ),
  );
}
