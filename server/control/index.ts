export { isLoopbackHost } from './authorize.js';
export { type Control, type ControlOptions, controlPath, createControl, isControl } from './control.js';
export { type Outline, outlineOf } from './journal/entry.js';
export { createRecorder, type Recorder, type RecorderOptions } from './journal/recorder.js';
export { type Counted, createMetrics, type Metrics } from './metrics/metrics.js';
export { createTraces, type Traces, tracesWanted } from './traces/traces.js';
