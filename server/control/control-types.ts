import { generateTypes } from '../contract/types/index.js';
import { controlContract } from './contract.js';

/** What the control API answers, for clients of it: the schemas of its document as TypeScript. */
export function controlTypes(): string {
  const text = generateTypes(controlContract());
  // Before them is what concerns handlers.
  const schemas = text.slice(text.indexOf('\n', text.indexOf('export type Handlers')) + 1);
  return `/** What the control API answers: generated from server/control/openapi.yaml by \`npm run build\`. Do not edit. */\n${schemas}`;
}
