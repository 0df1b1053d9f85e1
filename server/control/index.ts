export { type ControlOptions, controlPath, createControl, isControl } from './control.js';
