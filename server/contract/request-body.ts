import { type Description, isObject, resolve, toPointer } from '../documents/index.js';
import type { Chance } from './chance.js';
import type { RequestBody, RequestMediaType } from './contract.js';
import { readExamples } from './example.js';
import { lazy } from './lazy.js';
import { essenceOf } from './media-type.js';
import { createSampler, documentedProperties, type Validators } from './schema/index.js';

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
      const schemaPointer = `${at.pointer}/schema`;
      const mediaType = essenceOf(name) ?? name.toLowerCase();
      const validator = validators.of(object.schema, schemaPointer, 'request');
      const sample = createSampler(
        description,
        { schema: object.schema, pointer: schemaPointer },
        'request',
        validators,
      );
      return {
        mediaType,
        pointer: at.pointer,
        validator,
        sample,
        properties: lazy(() => documentedProperties(description, { schema: object.schema, pointer: schemaPointer })),
        schema: object.schema,
        schemaPointer,
        examples: lazy(() =>
          readExamples(
            {
              description,
              mediaType,
              validator,
              validators,
              sample,
              direction: 'request',
              chance: chance.derive(at.pointer),
            },
            object,
            at.pointer,
          ),
        ),
      };
    }),
  };
}
