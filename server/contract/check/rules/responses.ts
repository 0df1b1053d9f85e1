import { isObject, toPointer } from '../../../documents/index.js';
import type { CheckRule } from '../rule.js';

export const responses: readonly CheckRule[] = [
  {
    id: 'responses-missing',
    severity: 'error',
    finds: 'An operation without a response: `responses` is absent (OpenAPI 3.0), or has no status in it.',
    advice: 'document at least the response to a success',
    *examine({ parts, is30 }) {
      for (const { value, pointer } of parts.of('Operation')) {
        const { responses: given } = value;
        const isEmpty = isObject(given) && Object.keys(given).every((name) => name.startsWith('x-'));
        if ((given === undefined && is30) || isEmpty)
          yield {
            pointer: given === undefined ? pointer : `${pointer}/responses`,
            message: 'this operation documents no response',
          };
      }
    },
  },
  {
    id: 'status-invalid',
    severity: 'error',
    finds: 'A key of `responses` that is no status code, range of them, or `default`.',
    advice: 'write 200, 2XX or default',
    *examine({ parts }) {
      for (const { value, pointer } of parts.of('Responses'))
        for (const status of Object.keys(value))
          if (!status.startsWith('x-') && !/^(?:[1-5](?:\d\d|XX)|default)$/.test(status))
            yield { pointer: `${pointer}${toPointer([status])}`, message: `"${status}" is no status code` };
    },
  },
  {
    id: 'response-body-unsendable',
    severity: 'warning',
    finds: 'A response with content whose status has none: 1XX, 204, 205, 304 (RFC 9110 §15).',
    advice: 'remove the content, or answer with 200',
    *examine(document) {
      for (const { value, pointer } of document.parts.of('Responses'))
        for (const [status, entry] of Object.entries(value)) {
          if (!/^(?:1\d\d|204|205|304)$/.test(status)) continue;
          const at = `${pointer}${toPointer([status])}`;
          const { content } = document.follow(entry, at)?.value ?? {};
          const hasBody =
            isObject(content) &&
            Object.values(content).some((mediaType) => isObject(mediaType) && Object.keys(mediaType).length > 0);
          if (hasBody) yield { pointer: at, message: `a response with the status ${status} has no body` };
        }
    },
  },
  {
    id: 'header-ignored',
    severity: 'warning',
    finds:
      'A response header named `Content-Type`, or a header parameter named `Accept`, `Content-Type` or `Authorization`: OpenAPI describes them elsewhere and ignores them here.',
    advice: 'describe it by `content` or `security`, and remove it here',
    *examine({ parts }) {
      for (const { value, pointer } of parts.of('Response'))
        for (const name of Object.keys(isObject(value.headers) ? value.headers : {}))
          if (name.toLowerCase() === 'content-type')
            yield {
              pointer: `${pointer}${toPointer(['headers', name])}`,
              message: `a response header "${name}" is ignored`,
            };
      for (const { value, pointer } of parts.of('Parameter'))
        if (value.in === 'header' && /^(?:accept|content-type|authorization)$/i.test(String(value.name)))
          yield { pointer, message: `a header parameter "${value.name}" is ignored` };
    },
  },
];
