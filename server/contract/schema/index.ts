export { closedApart, closedApartAdvice, closedApartMessage } from './closed-apart.js';
export type { Direction } from './dialect.js';
export { documentedProperties, flatten, follow, jsonType, type Located, typesOf } from './flatten.js';
export { jsonTypes, keywordForms } from './keyword-forms.js';
export { createSampler, type Sampler } from './sample.js';
export { sentPart } from './sample-unsent.js';
export { anything, createValidators, type Validator, type Validators, violationsMax } from './validator.js';
