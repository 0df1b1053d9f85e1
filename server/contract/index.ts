export type {
  Condition,
  Criterion,
  EventName,
  Expression,
  KeyGeneration,
  Limit,
  Resource,
  Rule,
  SeedItem,
  Template,
  Unique,
  When,
} from './behaviour/index.js';
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
export { examineExamples } from './examine.js';
export { toBytes } from './example.js';
export { lazy } from './lazy.js';
export type { Link, LinkValue } from './link.js';
export { essenceOf, exactness, isInRange, isJson } from './media-type.js';
export { flatten, follow, jsonType, type Located, type Sampler, type Validator } from './schema/index.js';
export type { Violation, ViolationLocation } from './violation.js';
