import { isDeepStrictEqual } from 'node:util';
import { isJson, itemForm, type Operation, type ResponseMediaType, singularOf } from '../../server/contract/index.js';
import { isObject } from '../../server/documents/index.js';
import type { Expectation, Unset } from '../case.js';
import { freshen } from './freshen.js';
import { prepare } from './preparation.js';
import type { Drafts, Provocation } from './provoked.js';
import { expectSuccess } from './success.js';

/** How a service may refuse to be told what is its own to say. */
const refusals = [400, 403, 409, 422];

/**
 * What only the server may say, said by the client: it is ignored, or refused (JSON Schema 2020-12 Validation §9.4). Told by the
 * answer, where that shows the same property.
 */
export function provokeByReadOnly(drafts: Drafts): Provocation[] {
  const { context } = drafts;
  const { operation } = context;
  const { mediaType, body } = drafts.valid();
  if (!mediaType || !isJson(mediaType.mediaType) || !isObject(body) || operation.resource?.change) return [];
  return [...mediaType.shape.properties()].flatMap(([name, shape]): Provocation[] => {
    if (shape.schema().readOnly !== true) return [];
    const draft = drafts.valid();
    const { draft: prepared, steps, taken, hasItem } = prepare(context, draft);
    const expect = expectSuccess(context, prepared, 'created', hasItem);
    const value = expect && madeUp(drafts, expect, name);
    if (!expect || !value) return [];
    const { body: _, ...answered } = expect;
    const otherwise = refusals.filter((status) => operation.responses.some((one) => one.status === String(status)));
    const sent = { ...(prepared.body as object), [name]: value.value };
    const request = { ...drafts.request({ ...prepared, body: sent }), ...(taken.length > 0 && { taken }) };
    return [
      {
        kind: 'negative',
        title: `with /${name}, which is readOnly`,
        steps: [...steps, { request }],
        expect: { ...answered, unset: value, otherwise: [...(answered.otherwise ?? []), ...otherwise] },
        breach: { location: 'body', pointer: `/${name}`, keyword: 'readOnly' },
      },
    ];
  });
}

/** A value that no server would make up by itself, and where the answer would show it; `undefined` where there is none. */
function madeUp({ context }: Drafts, expect: Expectation, name: string): Unset | undefined {
  const { operation, contract, chance } = context;
  const mediaType = answerOf(operation, expect);
  const within = mediaType && withinOf(operation, mediaType);
  if (!mediaType || !within) return undefined;
  const holder = within.reduce((shape, one) => shape.property(one), mediaType.shape);
  const shown = holder.properties().get(name);
  if (!shown) return undefined;
  const located = { schema: shown.schema(), pointer: shown.pointer };
  const documented = contract.samplerOf(located, 'response')('documented', chance);
  if (typeof documented !== 'string' && typeof documented !== 'number') return undefined;
  const validator = contract.validatorOf(located, 'response');
  const value = freshen(documented, (one) => validator.check(one), chance);
  if (isDeepStrictEqual(value, documented) || !validator.check(value)) return undefined;
  return { within, name, value };
}

function answerOf({ responses }: Operation, { response, mediaType }: Expectation): ResponseMediaType | undefined {
  const content = responses.find(({ status }) => status === response)?.content ?? [];
  const own = content.find((one) => one.mediaType === mediaType) ?? content[0];
  return own && isJson(own.mediaType) ? own : undefined;
}

function withinOf({ resource, path }: Operation, mediaType: ResponseMediaType): readonly string[] | undefined {
  if (!resource) return [];
  return itemForm(mediaType, resource.key, singularOf(path.replace(/\/\{[^}]*\}$/, '')))?.within;
}
