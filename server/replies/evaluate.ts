import { type JsonValue, query } from 'jsonpath-rfc9535';
import type { Chance, Condition, Criterion, Expression, Template, Violation } from '../contract/index.js';
import { fromPointer, isObject, memberOf } from '../documents/index.js';
import type { DecodedReply, DecodedRequest } from './api-request.js';

/** What runtime expressions speak of. */
export interface Scope {
  readonly request: DecodedRequest;
  readonly resource?: unknown;
  readonly parent?: unknown;
  /** The violation that led to the reply, and all of them. */
  readonly violation?: Violation;
  readonly violations?: readonly Violation[];
  /** The reply: as far as it is known while its body is made, or for what follows it. */
  readonly reply?: DecodedReply;
  readonly chance: Chance;
}

/** A scope with more to speak of. Not spread: V8 takes eight times as long for that. */
export const inScope = (scope: Scope, more: Partial<Scope>): Scope => Object.assign({}, scope, more);

/** The value of an expression; `undefined` where it leads nowhere. */
export function evaluate(expression: Expression, scope: Scope): unknown {
  switch (expression.source) {
    case 'method':
    case 'url':
      return scope.request[expression.source];
    case 'path':
    case 'query':
      return at(own(scope.request[expression.source], expression.name), expression.keys);
    case 'header':
      return at(own(scope.request.header, expression.name.toLowerCase()), expression.keys);
    case 'body':
      return at(scope.request.body, expression.keys);
    case 'resource':
    case 'parent':
      return at(scope[expression.source], expression.keys);
    case 'violations':
      return scope.violations;
    case 'violation':
      return scope.violation && violationPart(scope.violation, expression.name);
    case 'statusCode':
      return scope.reply?.status;
    case 'responseHeader':
      return scope.reply && textOf(own(scope.reply.header, expression.name.toLowerCase()));
    case 'responseBody':
      return at(scope.reply?.body, expression.keys);
    case 'generated':
      return generate(expression.name, scope.chance);
  }
}

const own = (object: Readonly<Record<string, unknown>>, name: string) =>
  Object.hasOwn(object, name) ? object[name] : undefined;

const textOf = (header: unknown) => (Array.isArray(header) ? header.join(', ') : header);

export function at(value: unknown, keys: readonly string[]): unknown {
  let found = value;
  for (const key of keys) found = memberOf(found, key);
  return found;
}

function violationPart(violation: Violation, name: 'location' | 'pointer' | 'field' | 'keyword' | 'message'): string {
  return name === 'field' ? (fromPointer(violation.pointer).at(-1) ?? violation.location) : violation[name];
}

function generate(name: 'uuid' | 'ulid' | 'date-time' | 'token', chance: Chance): string {
  return name === 'date-time' ? new Date(chance.now()).toISOString() : chance[name]();
}

/** The body that a template makes. Members whose expression leads nowhere are left out; the whole is `undefined` where it is one. */
export function fill(template: Template, scope: Scope): unknown {
  switch (template.kind) {
    case 'literal':
      return template.value;
    case 'expression':
      return evaluate(template.expression, scope);
    case 'text':
      return template.parts.map((part) => (typeof part === 'string' ? part : asText(evaluate(part, scope)))).join('');
    case 'list':
      return template.items.map((item) => fill(item, scope)).filter((item) => item !== undefined);
    case 'object':
      return fillObject(template.members, scope);
    case 'each': {
      const members = evaluate(template.over, scope);
      if (!Array.isArray(members)) return undefined;
      const ofViolations = template.over.source === 'violations';
      return members.map((member) =>
        fill(template.item, inScope(scope, ofViolations ? { violation: member } : { resource: member })),
      );
    }
  }
}

function fillObject(members: Extract<Template, { kind: 'object' }>['members'], scope: Scope): unknown {
  const made: Record<string, unknown> = {};
  for (const [name, member] of members) {
    const value = fill(member, scope);
    if (value === undefined) continue;
    // A plain assignment would take it for the prototype.
    if (name === '__proto__')
      Object.defineProperty(made, name, { value, enumerable: true, configurable: true, writable: true });
    else made[name] = value;
  }
  return made;
}

const asText = (value: unknown) =>
  value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value);

/** Whether a criterion speaks of what an expression of this source gives. */
export function mentions(criterion: Criterion, source: Expression['source']): boolean {
  return criterion.type === 'simple' ? speaksOf(criterion.condition, source) : criterion.context.source === source;
}

function speaksOf(condition: Condition, source: Expression['source']): boolean {
  switch (condition.kind) {
    case 'literal':
      return false;
    case 'expression':
      return condition.expression.source === source;
    case 'not':
      return speaksOf(condition.operand, source);
    default:
      return speaksOf(condition.left, source) || speaksOf(condition.right, source);
  }
}

export function holds(criterion: Criterion, scope: Scope): boolean {
  if (criterion.type === 'simple') return isMet(criterion.condition, (expression) => evaluate(expression, scope));
  const context = evaluate(criterion.context, scope);
  if (context === undefined) return false;
  if (criterion.type === 'jsonpath') {
    if (criterion.keys) return at(context, criterion.keys) !== undefined;
    return query(context as JsonValue, criterion.query).length > 0;
  }
  return criterion.pattern.test(asText(context));
}

/** Whether a condition holds, by what its expressions are worth. */
export function isMet<E>(condition: Condition<E>, worthOf: (expression: E) => unknown): boolean {
  return truthy(decide(condition, worthOf));
}

function decide<E>(condition: Condition<E>, worthOf: (expression: E) => unknown): unknown {
  switch (condition.kind) {
    case 'literal':
      return condition.value;
    case 'expression':
      return worthOf(condition.expression);
    case 'not':
      return !truthy(decide(condition.operand, worthOf));
    case 'and':
      return truthy(decide(condition.left, worthOf)) && truthy(decide(condition.right, worthOf));
    case 'or':
      return truthy(decide(condition.left, worthOf)) || truthy(decide(condition.right, worthOf));
    case 'compare':
      return compare(condition.operator, decide(condition.left, worthOf), decide(condition.right, worthOf));
  }
}

const truthy = (value: unknown) => value !== undefined && value !== null && value !== false;

/** Texts are compared without regard to case (Arazzo 1.0.1 §4.6.11.1); values of different types are unequal and unordered. */
function compare(operator: '==' | '!=' | '<' | '<=' | '>' | '>=', left: unknown, right: unknown): boolean {
  const [a, b] = [fold(left), fold(right)];
  if (operator === '==') return a === b;
  if (operator === '!=') return a !== b;
  if (typeof a !== typeof b || (typeof a !== 'number' && typeof a !== 'string')) return false;
  const [x, y] = [a, b as typeof a];
  return operator === '<' ? x < y : operator === '<=' ? x <= y : operator === '>' ? x > y : x >= y;
}

function fold(value: unknown): unknown {
  if (typeof value === 'string') return value.toLowerCase();
  return isObject(value) || Array.isArray(value) ? JSON.stringify(value).toLowerCase() : value;
}
