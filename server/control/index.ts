export { isLoopbackHost } from './authorize.js';
export { type Control, type ControlOptions, controlPath, createControl, isControl } from './control.js';
export { createRecorder, type Recorder } from './journal/recorder.js';
