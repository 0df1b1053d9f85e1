import { type Description, isObject, resolve, toPointer } from '../documents/index.js';
import type { Chance } from './chance.js';
import type { RequestBody, RequestMediaType } from './contract.js';
import { readExamples } from './example.js';
import { lazy } from './lazy.js';
import { boundary, type Codec, createReadOnlyFilter, type Model, modelOf } from './media/index.js';
import { type ContentType, formatContentType, isInRange, isRange, parseContentType } from './media-type.js';
import { documentedProperties, type Validators } from './schema/index.js';

export function compileRequestBody(
  description: Description,
  validators: Validators,
  chance: Chance,
  value: unknown,
  pointer: string,
): RequestBody | undefined {
  const resolved = resolve(description, value, pointer);
  if (!isObject(resolved.value)) return undefined;
  const content = isObject(resolved.value.content) ? resolved.value.content : {};
  return {
    required: resolved.value.required === true,
    pointer: resolved.pointer,
    content: Object.entries(content).map(([name, mediaTypeObject]): RequestMediaType => {
      const at = resolve(description, mediaTypeObject, `${resolved.pointer}${toPointer(['content', name])}`);
      const object = isObject(at.value) ? at.value : {};
      // A reference that leads nowhere is to be found now, not when the examples are first asked for.
      for (const [example, entry] of Object.entries(isObject(object.examples) ? object.examples : {}))
        resolve(description, entry, `${at.pointer}${toPointer(['examples', example])}`);
      const documented = parseContentType(name) ?? { essence: name.toLowerCase(), parameters: {} };
      const modelAs = (contentType: ContentType) =>
        modelOf({ description, validators, direction: 'request' }, contentType, object, at.pointer);
      const model = modelAs(documented);
      const { validator, sample, located } = model;
      return {
        mediaType: documented.essence,
        documented,
        contentType: formatContentType(model.contentType, boundary),
        codecFor: codecsOf(documented, model, modelAs),
        withoutReadOnly: createReadOnlyFilter(description, located),
        pointer: at.pointer,
        validator,
        sample,
        properties: lazy(() => documentedProperties(description, located)),
        shape: model.shape,
        schema: located.schema,
        schemaPointer: located.pointer,
        examples: lazy(() =>
          readExamples(
            { description, model, validators, direction: 'request', chance: chance.derive(at.pointer) },
            object,
            at.pointer,
          ),
        ),
      };
    }),
  };
}

/** A client may send any type of a range: as many as anyone sends are kept. */
const codecsMax = 32;

/** The codec of a type that is sent: that of the documented one, or, of a range, one for each of its types. */
function codecsOf(
  documented: ContentType,
  model: Model,
  modelAs: (contentType: ContentType) => Model,
): (essence: string) => Codec {
  if (!isRange(documented.essence)) return () => model.codec;
  const known = new Map<string, Codec>([[model.contentType.essence, model.codec]]);
  return (essence) => {
    const kept = known.get(essence);
    if (kept) return kept;
    if (!isInRange(essence, documented.essence)) return model.codec;
    const { codec } = modelAs({ essence, parameters: {} });
    if (known.size < codecsMax) known.set(essence, codec);
    return codec;
  };
}
