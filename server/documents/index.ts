export { type Description, diagnose, locate, pointerOf, type Resolved, resolve } from './description.js';
export { type Diagnostic, formatDiagnostic, type Severity } from './diagnostic.js';
export { DocumentError } from './document-error.js';
export { describeValue, isObject, type JsonObject } from './json.js';
export { type LoadOptions, loadDescriptions } from './load.js';
export { formatPlace, type Place } from './place.js';
export { fromPointer, memberOf, toPointer, valueAt } from './pointer.js';
export { type FetchOptions, fetchTexts } from './prefetch.js';
export { isSwagger } from './swagger/index.js';
