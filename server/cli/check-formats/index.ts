import type { CheckFormat } from './checked-file.js';
import { github } from './github.js';
import { json } from './json.js';
import { pretty } from './pretty.js';
import { sarif } from './sarif.js';

export type { CheckedFile } from './checked-file.js';
export { collectionsOf, type KnownCollection, stateTable } from './state.js';

export const checkFormats = { pretty, json, github, sarif } satisfies Record<string, CheckFormat>;
