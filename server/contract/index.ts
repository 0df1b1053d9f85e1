export type {
  Collection,
  Condition,
  Criterion,
  Effect,
  EventName,
  Expression,
  Form,
  KeyGeneration,
  Limit,
  Resource,
  Rule,
  SeedItem,
  Template,
  Unique,
  When,
} from './behaviour/index.js';
export { bare, itemForm, listForm, parseCriterion, pluralOf, singularOf } from './behaviour/index.js';
export type { Callback } from './callback.js';
export { type CallbackUrl, type MessageExpression, parseCallbackUrl } from './callback-url.js';
export { type Chance, createChance } from './chance.js';
export { compile, compileAll } from './compile.js';
export type {
  Contract,
  Example,
  ExampleState,
  Operation,
  Parameter,
  RequestBody,
  RequestMediaType,
  Response,
  ResponseHeader,
  ResponseMediaType,
  SecurityRequirement,
  SecurityScheme,
  Server,
} from './contract.js';
export { examineByOperation, examineExamples } from './examine.js';
export { lazy, lazyOf } from './lazy.js';
export type { Link, LinkValue } from './link.js';
export { type Codec, coerceText, type Reading, type Shape } from './media/index.js';
export { type ContentType, essenceOf, exactness, fitness, isInRange, isJson, parseContentType } from './media-type.js';
export { type PathCondition, type PathKey, parsePathKey } from './path-key.js';
export { flatten, follow, jsonType, type Located, type Sampler, type Validator } from './schema/index.js';
export { anyShape, shapeOf, type ValueShape } from './value-shape.js';
export type { Violation, ViolationLocation } from './violation.js';
