export { type Candidate, createRouter, type Route, type Router } from './router.js';
export { decode } from './segment.js';
