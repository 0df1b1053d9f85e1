import type { Description, JsonObject } from '../../documents/index.js';
import { createChance } from '../chance.js';
import { compileHeaders } from '../header.js';
import { lazy } from '../lazy.js';
import { type ContentType, isRange } from '../media-type.js';
import {
  anything,
  createSampler,
  type Direction,
  type Located,
  type Sampler,
  type Validator,
  type Validators,
} from '../schema/index.js';
import { allowsText, isList, type Shape, shapeOf } from '../shape.js';
import { isBinary } from './binary.js';
import { type Codec, type CodecContext, concreteType, createCodec } from './codec.js';
import { familyOf } from './family.js';

export interface ModelContext {
  readonly description: Description;
  readonly validators: Validators;
  readonly direction: Direction;
}

/** A Media Type Object as values: how they are read and written, checked and made. */
export interface Model {
  /** What content is written as; of a range, one of its types. */
  readonly contentType: ContentType;
  readonly codec: Codec;
  readonly validator: Validator;
  readonly sample: Sampler;
  /** The schema of a value, or, of content that is a list of items, of each item. */
  readonly located: Located;
  /** How it is put together. */
  readonly shape: Shape;
  /** What a value of that schema is a body as. */
  readonly whole: (value: unknown) => unknown;
}

/** @param documented the key in `content` */
export function modelOf(
  { description, validators, direction }: ModelContext,
  documented: ContentType,
  mediaTypeObject: JsonObject,
  pointer: string,
): Model {
  const { schema, itemSchema } = mediaTypeObject;
  const whole: Located = { schema, pointer: `${pointer}/schema` };
  const item: Located = { schema: itemSchema, pointer: `${pointer}/itemSchema` };
  const located = itemSchema === undefined ? whole : item;
  const shape = shapeOf(description, located);
  const contentType = isRange(documented.essence)
    ? concreteType(documented, schema !== undefined && isBinary(shape))
    : documented;
  const headersOf: CodecContext['headersOf'] = (headers, at) =>
    compileHeaders({ description, validators, chance: createChance(at), diagnostics: [] }, headers, at);
  const codec = createCodec({ description, contentType, shape, mediaTypeObject, pointer, direction, headersOf });
  const family = familyOf(contentType.essence);
  const isSequence = family === 'json-lines' || family === 'json-sequence' || family === 'event-stream';
  const ofWhole = validators.of(schema, whole.pointer, direction);
  const sample = createSampler(description, located, direction, validators);
  const model = { contentType, codec, located, shape, whole: (value: unknown) => value };
  if (codec.isOpaque) return { ...model, validator: anything, sample: specimenOr(codec, sample) };
  if (itemSchema !== undefined) {
    const ofItem = eachOf(validators.of(itemSchema, item.pointer, direction));
    return {
      ...model,
      validator: both(ofItem, ofWhole),
      sample: (kind, chance) => [sample(kind, chance)],
      whole: (value) => [value],
    };
  }
  // Before OpenAPI 3.2, a schema could but speak of one item, unless it speaks of a list.
  if (isSequence && schema !== undefined) {
    const isOfItem = lazy(() => !isList(shape));
    const ofItem = eachOf(ofWhole);
    return {
      ...model,
      validator: {
        check: (value) => (isOfItem() ? ofItem : ofWhole).check(value),
        violations: (value, location) => (isOfItem() ? ofItem : ofWhole).violations(value, location),
      },
      sample: (kind, chance) => (isOfItem() ? [sample(kind, chance)] : sample(kind, chance)),
      whole: (value) => (isOfItem() ? [value] : value),
    };
  }
  return { ...model, validator: ofWhole, sample: specimenOr(codec, sample, () => allowsText(shape)) };
}

function specimenOr({ specimen }: Codec, sample: Sampler, isFit = () => true): Sampler {
  if (!specimen) return sample;
  return (kind, chance) => (isFit() ? specimen() : undefined) ?? sample(kind, chance);
}

const both = (left: Validator, right: Validator): Validator => ({
  check: (value) => left.check(value) && right.check(value),
  violations: (value, location) => [...left.violations(value, location), ...right.violations(value, location)],
});

/** Of a list, each item; what is no list is its one item. */
function eachOf(validator: Validator): Validator {
  return {
    check: (value) => (Array.isArray(value) ? value : [value]).every((item) => validator.check(item)),
    violations: (value, location) =>
      (Array.isArray(value) ? value : [value]).flatMap((item, index) =>
        validator
          .violations(item, location)
          .map((violation) => ({ ...violation, pointer: `/${index}${violation.pointer}` })),
      ),
  };
}
