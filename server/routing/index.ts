export { type Candidate, createRouter, type Route, type Router } from './router.js';
