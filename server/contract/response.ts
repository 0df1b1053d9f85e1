import {
  type Description,
  type Diagnostic,
  diagnose,
  isObject,
  type JsonObject,
  resolve,
  toPointer,
} from '../documents/index.js';
import { parseTemplate, parseWhen, type Rule, readExtension, type Template } from './behaviour/index.js';
import type { Chance } from './chance.js';
import type { Example, Response, ResponseMediaType } from './contract.js';
import { readExamples } from './example.js';
import { compileHeaders } from './header.js';
import { lazy } from './lazy.js';
import { compileLinks } from './link.js';
import { boundary, modelOf } from './media/index.js';
import { type ContentType, formatContentType, isInRange, isRange, parseContentType } from './media-type.js';
import { documentedProperties, sentPart, type Validators } from './schema/index.js';

export interface ResponseContext {
  readonly description: Description;
  readonly validators: Validators;
  readonly chance: Chance;
  readonly diagnostics: Diagnostic[];
}

/** The responses of an operation, and the rules that lead to them. */
export function compileResponses(
  context: ResponseContext,
  value: unknown,
  pointer: string,
): { responses: Response[]; rules: Rule[] } {
  const rules: Rule[] = [];
  const responses = Object.entries(isObject(value) ? value : {}).flatMap(([status, entry]) => {
    if (status.startsWith('x-')) return [];
    if (!/^(?:[1-5](?:\d\d|[Xx]{2})|default)$/.test(status)) {
      context.diagnostics.push(
        diagnose(
          context.description,
          `${pointer}${toPointer([status])}`,
          'warning',
          'status-invalid',
          `"${status}" is no status code`,
          'write 200, 2XX or default; it is left out',
        ),
      );
      return [];
    }
    const resolved = resolve(context.description, entry, `${pointer}${toPointer([status])}`);
    return isObject(resolved.value)
      ? [compileResponse(context, status.replace(/x/g, 'X'), resolved.value, resolved.pointer, rules)]
      : [];
  });
  return { responses, rules };
}

function compileResponse(
  context: ResponseContext,
  status: string,
  value: JsonObject,
  pointer: string,
  rules: Rule[],
): Response {
  const { description } = context;
  const found: { value: unknown; pointer: string; mediaType?: ResponseMediaType; example?: string }[] = [
    { value, pointer },
  ];
  const content = Object.entries(isObject(value.content) ? value.content : {}).map(([name, entry]) => {
    const resolved = resolve(description, entry, `${pointer}${toPointer(['content', name])}`);
    const object = isObject(resolved.value) ? resolved.value : {};
    const documented = parseContentType(name) ?? { essence: name.toLowerCase(), parameters: {} };
    const mediaType = compileMediaType(context, documented, object, resolved.pointer);
    found.push({ value: object, pointer: resolved.pointer, mediaType });
    for (const [example, at] of Object.entries(isObject(object.examples) ? object.examples : {})) {
      const located = resolve(description, at, `${resolved.pointer}${toPointer(['examples', example])}`);
      found.push({ ...located, mediaType, example });
    }
    return mediaType;
  });
  const response: Response = {
    status,
    description: typeof value.description === 'string' ? value.description : '',
    pointer,
    headers: compileHeaders(context, value.headers, `${pointer}/headers`),
    content,
    links: compileLinks(description, context.diagnostics, value.links, `${pointer}/links`),
  };
  for (const { value: holder, pointer: at, mediaType, example } of found) {
    if (!isObject(holder) || holder['x-standin-when'] === undefined) continue;
    const whens = readExtension(
      description,
      'x-standin-when',
      holder['x-standin-when'],
      `${at}/x-standin-when`,
      context.diagnostics,
      parseWhen,
    );
    for (const when of whens ?? [])
      rules.push({ when, response, ...(mediaType && { mediaType }), ...(example !== undefined && { example }) });
  }
  return response;
}

function compileMediaType(
  context: ResponseContext,
  documented: ContentType,
  value: JsonObject,
  pointer: string,
): ResponseMediaType {
  const { description, validators, chance } = context;
  const own = templateOf(context, value, pointer);
  const exampleNames = Object.keys(isObject(value.examples) ? value.examples : {});
  const templates = new Map(
    Object.entries(isObject(value.examples) ? value.examples : {}).flatMap(([name, entry]) => {
      const at = resolve(description, entry, `${pointer}${toPointer(['examples', name])}`);
      const template = isObject(at.value) ? templateOf(context, at.value, at.pointer) : undefined;
      return template ? [[name, template] as const] : [];
    }),
  );
  const written = (contentType: ContentType): ResponseMediaType => {
    const model = modelOf({ description, validators, direction: 'response' }, contentType, value, pointer);
    return {
      mediaType: documented.essence,
      contentType: formatContentType(model.contentType, boundary),
      codec: model.codec,
      pointer,
      validator: model.validator,
      sample: model.sample,
      shape: model.shape,
      exampleNames,
      examples: lazy(() =>
        readExamples(
          { description, model, validators, direction: 'response', chance: chance.derive(pointer) },
          value,
          pointer,
        ).map((example): Example => {
          const template = example.name === undefined ? own : (templates.get(example.name) ?? own);
          return template ? { ...example, template } : example;
        }),
      ),
      sentPart: sentPart(description, 'response', model.located),
      properties: lazy(() => documentedProperties(description, model.located)),
      ...(own && { template: own }),
    };
  };
  const mediaType = written(documented);
  return isRange(documented.essence) ? { ...mediaType, as: typesOfRange(documented, mediaType, written) } : mediaType;
}

/** Clients may ask for any type of a range: as many as anyone asks for are kept. */
const typesMax = 32;

function typesOfRange(
  range: ContentType,
  usual: ResponseMediaType,
  written: (contentType: ContentType) => ResponseMediaType,
): (essence: string) => ResponseMediaType | undefined {
  const known = new Map<string, ResponseMediaType>();
  return (essence) => {
    if (!isInRange(essence, range.essence) || isRange(essence)) return undefined;
    if (essence === usual.contentType) return usual;
    const kept = known.get(essence);
    if (kept) return kept;
    const made = written({ essence, parameters: range.parameters });
    if (known.size < typesMax) known.set(essence, made);
    return made;
  };
}

function templateOf(
  { description, diagnostics }: ResponseContext,
  value: JsonObject,
  pointer: string,
): Template | undefined {
  if (!('x-standin-value' in value)) return undefined;
  return readExtension(
    description,
    'x-standin-value',
    value['x-standin-value'],
    `${pointer}/x-standin-value`,
    diagnostics,
    parseTemplate,
  );
}
