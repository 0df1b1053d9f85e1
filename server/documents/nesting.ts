import { createRequire } from 'node:module';

/** Documents nested deeper than this are no API's: whatever goes down into them would run out of stack. */
export const nestingMax = 500;

const require = createRequire(import.meta.url);

/** Whether a value is nested deeper than is read. */
export function isTooDeep(value: unknown): boolean {
  return isNested(value) && isDeeper(value, nestingMax);
}

const isNested = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** Goes through every value of a document at each start: without `some`, and calls for what is not nested, in a third of the time. */
function isDeeper(value: object, left: number): boolean {
  if (left === 0) return true;
  if (Array.isArray(value)) {
    for (const item of value) if (isNested(item) && isDeeper(item, left - 1)) return true;
    return false;
  }
  for (const name in value) {
    const member = (value as Record<string, unknown>)[name];
    if (isNested(member) && isDeeper(member, left - 1)) return true;
  }
  return false;
}

/** Where a text becomes nested too deeply, as an offset; `undefined` where it does not. Neither way goes down itself. */
export function tooDeepAt(text: string, format: 'json' | 'yaml'): number | undefined {
  return format === 'json' ? tooDeepInJson(text) : tooDeepInYaml(text);
}

function tooDeepInJson(text: string): number | undefined {
  const { createScanner } = require('jsonc-parser') as typeof import('jsonc-parser');
  const scanner = createScanner(text, true);
  let depth = 0;
  for (let offset = 0; offset < text.length; ) {
    scanner.scan();
    offset = scanner.getTokenOffset();
    const token = text[offset];
    if (scanner.getTokenLength() === 1 && (token === '{' || token === '[')) {
      depth++;
      if (depth > nestingMax) return offset;
    } else if (scanner.getTokenLength() === 1 && (token === '}' || token === ']')) depth--;
    offset += Math.max(scanner.getTokenLength(), 1);
  }
  return undefined;
}

/** A token of YAML's concrete syntax: of a document `value`, of a collection `items`. */
interface Token {
  readonly offset?: number;
  readonly value?: unknown;
  readonly key?: unknown;
  readonly items?: readonly Token[];
}

function tooDeepInYaml(text: string): number | undefined {
  const { Parser } = require('yaml') as typeof import('yaml');
  const pending = [...new Parser().parse(text)].map((token) => ({ token: token as Token, depth: 0 }));
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { token, depth } = next;
    const isCollection = token.items !== undefined;
    if (isCollection && depth >= nestingMax) return token.offset ?? 0;
    const inside = isCollection ? depth + 1 : depth;
    for (const child of [...(token.items ?? []), token.key, token.value])
      if (typeof child === 'object' && child !== null) pending.push({ token: child as Token, depth: inside });
  }
  return undefined;
}
