import { type Contract, lazyOf, type Operation, parsePathKey, type Violation } from '../../server/contract/index.js';
import { type ApiRequest, decodeParameters, readBody } from '../../server/replies/index.js';
import type { CaseRequest } from '../case.js';

/**
 * What is wrong with a request, once it has gone over the wire and is read by its documentation; `undefined` where it can't be
 * told, or leads to another operation.
 */
export function violationsOnceSent(
  { operations }: Contract,
  operation: Operation,
  request: CaseRequest,
): readonly Violation[] | undefined {
  const [path = '', query = ''] = request.path.split(/\?(.*)/s, 2);
  const pathParameters = matchTemplate(operation, path);
  if (!pathParameters || isOutranked(operations, operation, path)) return undefined;
  if (!Object.entries(request.headers).every(([name, value]) => canBeSent(name, value))) return undefined;
  const sent: ApiRequest = {
    method: request.method,
    url: request.path,
    pathParameters,
    query,
    headers: Object.fromEntries(
      Object.entries(request.headers).flatMap(([name, value]) => (value === '' ? [] : [[name, value.trim()]])),
    ),
    body: { kind: 'bytes', bytes: Buffer.from(request.body ?? '') },
  };
  // Parts take their time to be read; what was drafted of them is valid.
  if (/^multipart\//i.test(request.headers['content-type'] ?? '')) return decodeParameters(operation, sent).violations;
  const reading = readBody(operation.requestBody, sent);
  if (reading instanceof Promise || !('kind' in reading) || reading.kind !== 'read') return undefined;
  return [...decodeParameters(operation, sent).violations, ...reading.violations];
}

/** RFC 9110 §5.5. What is at its ends does not arrive. */
const canBeSent = (name: string, value: string) =>
  name !== '' && /^[\t\x20-\x7e]*$/.test(value) && value === value.trim();

/** Whether a path fits another template too. */
export function leadsElsewhere(
  operations: readonly Operation[],
  siblings: readonly Operation[],
  path: string,
): boolean {
  return alike(operations, path).some((other) => !siblings.some((own) => isSamePath(own, other)));
}

/** Whether there is a template that fits a path better than that of its operation: what is concrete outranks what is not. */
function isOutranked(operations: readonly Operation[], operation: Operation, path: string): boolean {
  const own = ranksOf(operation.path);
  return alike(operations, path).some((other) => !isSamePath(operation, other) && ranksOf(other.path) < own);
}

const ranksOf = (path: string) =>
  parsePathKey(path)
    .template.split('/')
    .map((segment) => (segment.includes('{') ? (/^\{[^}]*\}$/.test(segment) ? '2' : '1') : '0'))
    .join('');

/** The operations whose template a path fits. */
function alike(operations: readonly Operation[], path: string): Operation[] {
  const candidates = byLength(operations).get(path.split('/').length) ?? [];
  return candidates.filter((other) => matchTemplate(other, path) !== undefined);
}

const byLength = lazyOf((operations: readonly Operation[]) => {
  const groups = new Map<number, Operation[]>();
  for (const operation of operations) {
    const { length } = parsePathKey(operation.path).template.split('/');
    groups.set(length, [...(groups.get(length) ?? []), operation]);
  }
  return groups;
});

/** Whether two templates are the same but for the names in them. */
export function isSamePath(one: Pick<Operation, 'path'>, other: Pick<Operation, 'path'>): boolean {
  return one.path === other.path || patternOf(one.path).pattern.source === patternOf(other.path).pattern.source;
}

/** The texts of the path parameters, percent-encoded. */
function matchTemplate({ path: template }: Operation, path: string): Record<string, string> | undefined {
  const { pattern, names } = patternOf(template);
  const found = pattern.exec(path);
  if (!found) return undefined;
  return Object.fromEntries(names.map((name, index) => [name, found[index + 1] as string]));
}

const patterns = new Map<string, { readonly pattern: RegExp; readonly names: readonly string[] }>();

function patternOf(key: string) {
  const kept = patterns.get(key);
  if (kept) return kept;
  const { template } = parsePathKey(key);
  const names: string[] = [];
  const parts = template.split(/\{([^}]+)\}/).map((part, index) => {
    if (index % 2 === 0) return part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    names.push(part);
    return '([^/]+)';
  });
  const made = { pattern: new RegExp(`^${parts.join('')}$`), names };
  patterns.set(key, made);
  return made;
}
