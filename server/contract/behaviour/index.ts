export type { Change, Setting } from './change.js';
export type { Collection, Form, Timestamp } from './collection.js';
export { type Condition, parseCondition } from './condition.js';
export { type Criterion, parseCriterion } from './criterion.js';
export { type EventName, events } from './event.js';
export type { Expression } from './expression.js';
export { reportUnknownExtensions } from './extension-names.js';
export { readExtension } from './extensions.js';
export { type Fire, type FireCondition, parseFires } from './fire.js';
export { createInference } from './infer.js';
export { bare, itemForm, listForm } from './item-form.js';
export { type Limit, parseLimit } from './limit.js';
export { pathParameters, pluralOf, singularOf } from './path-pair.js';
export { type Reference, referencesOf } from './references.js';
export {
  type Effect,
  effects,
  type KeyGeneration,
  type Parent,
  parseResource,
  type Resource,
  type SeedItem,
  type Unique,
} from './resource.js';
export { bySpecificity, parseWhen, type Rule, type When } from './rule.js';
export { parseTemplate, type Template } from './template.js';
