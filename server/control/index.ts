export { type ControlOptions, controlPath, createControl } from './control.js';
