export type {
  Change,
  Collection,
  Condition,
  Criterion,
  Effect,
  EventName,
  Expression,
  Fire,
  Form,
  KeyGeneration,
  Limit,
  Reference,
  Resource,
  Rule,
  SeedItem,
  Setting,
  Template,
  Unique,
  When,
} from './behaviour/index.js';
export {
  bare,
  itemForm,
  listForm,
  parseCondition,
  parseCriterion,
  pluralOf,
  referencesOf,
  singularOf,
} from './behaviour/index.js';
export { keysOf, type Leaf, readBrackets } from './brackets.js';
export type { Callback } from './callback.js';
export { type CallbackUrl, type MessageExpression, parseCallbackUrl } from './callback-url.js';
export { type Chance, createChance } from './chance.js';
export { type ContractChange, compareContracts } from './changes/index.js';
export { coercePart, coerceParts, coerceText } from './coerce.js';
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
export {
  delimiterOf,
  type Escaping,
  escapeDelimiter,
  type Nesting,
  readDelimited,
  splitAt,
  writeDelimited,
} from './delimited.js';
export { encodeUnreserved } from './encode.js';
export { examineByOperation, examineExamples } from './examine.js';
export { lazy, lazyOf } from './lazy.js';
export type { Link, LinkValue } from './link.js';
export type { Codec, Reading } from './media/index.js';
export {
  type ContentType,
  essenceOf,
  exactness,
  fitness,
  isInRange,
  isJson,
  isRange,
  parseContentType,
} from './media-type.js';
export type { OutgoingRequest } from './outgoing-request.js';
export { type PathCondition, type PathKey, parsePathKey } from './path-key.js';
export { textMatching } from './pattern/index.js';
export { flatten, follow, jsonType, type Located, type Sampler, type Validator } from './schema/index.js';
export { isList, isRecord, type Shape, shapeOf } from './shape.js';
export type { Violation, ViolationLocation } from './violation.js';
export type { Webhook } from './webhook.js';
