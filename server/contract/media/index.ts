export type { Codec } from './codec.js';
export { type Model, type ModelContext, modelOf } from './model.js';
export { boundary } from './multipart.js';
export { createReadOnlyFilter } from './read-only.js';
export type { Reading } from './reading.js';
