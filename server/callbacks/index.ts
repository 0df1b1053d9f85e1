export { type CallbackOptions, type Callbacks, createCallbacks } from './callbacks.js';
export type { Delivery } from './deliver.js';
