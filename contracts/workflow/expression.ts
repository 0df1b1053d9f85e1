import { type JsonValue, query } from 'jsonpath-rfc9535';
import { parseCondition } from '../../server/contract/index.js';
import { isObject, type JsonObject, valueAt } from '../../server/documents/index.js';
import { isMet } from '../../server/replies/index.js';

/** What the runtime expressions of a workflow speak of (Arazzo 1.0.1 §4.7). */
export interface WorkflowScope {
  readonly inputs: JsonObject;
  /** The outputs of the steps so far. */
  readonly steps: Readonly<Record<string, JsonObject>>;
  readonly workflows: Readonly<Record<string, { readonly inputs: JsonObject; readonly outputs: JsonObject }>>;
  /** Of the called workflow, for the step that called it. */
  readonly outputs?: JsonObject;
  readonly message?: Message;
}

/** A request and its answer, as values. */
export interface Message {
  readonly url: string;
  readonly method: string;
  readonly request: MessagePart;
  readonly statusCode?: number;
  readonly response?: MessagePart;
}

interface MessagePart {
  readonly path: JsonObject;
  readonly query: JsonObject;
  /** Names in lower case. */
  readonly header: JsonObject;
  readonly body: unknown;
}

/** The value of an expression; `undefined` where it leads nowhere. */
function valueOfExpression(text: string, scope: WorkflowScope): unknown {
  const [path = '', pointer = ''] = text.slice(1).split(/#(.*)/s, 2);
  const [source = '', ...names] = path.split('.');
  const rest = names.join('.');
  const { message } = scope;
  const deep = (value: unknown) => valueAt(value, pointer);
  switch (source) {
    case 'url':
      return message?.url;
    case 'method':
      return message?.method;
    case 'statusCode':
      return message?.statusCode;
    case 'request':
    case 'response': {
      const part = message?.[source];
      if (names[0] === 'body') return part && deep(part.body);
      const values =
        names[0] === 'path' || names[0] === 'query' || names[0] === 'header' ? part?.[names[0]] : undefined;
      const name = names.slice(1).join('.');
      return values && deep(values[names[0] === 'header' ? name.toLowerCase() : name]);
    }
    case 'inputs':
      return deep(within(scope.inputs, rest));
    case 'outputs':
      return deep(within(scope.outputs, rest));
    case 'steps':
      return names[1] === 'outputs' ? deep(within(scope.steps[names[0] ?? ''], names.slice(2).join('.'))) : undefined;
    case 'workflows': {
      const workflow = scope.workflows[names[0] ?? ''];
      const part = names[1] === 'inputs' || names[1] === 'outputs' ? workflow?.[names[1]] : undefined;
      return deep(within(part, names.slice(2).join('.')));
    }
    default:
      return undefined;
  }
}

/** A member by its name, which may have dots; else what its parts lead to. */
function within(value: unknown, name: string): unknown {
  if (name === '') return value;
  if (isObject(value) && Object.hasOwn(value, name)) return value[name];
  return name.split('.').reduce<unknown>((at, key) => (isObject(at) ? at[key] : undefined), value);
}

/** A value with its expressions evaluated: alone they keep their type, in braces they become text. */
export function evaluated(value: unknown, scope: WorkflowScope): unknown {
  if (Array.isArray(value)) return value.map((one) => evaluated(one, scope));
  if (isObject(value))
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, evaluated(member, scope)]));
  if (typeof value !== 'string') return value;
  if (/^\$(?:inputs|steps|workflows|outputs|url|method|statusCode|request|response)\b[^\s{}]*$/.test(value))
    return valueOfExpression(value, scope);
  return value.replace(/\{(\$[^{}]+)\}/g, (_, expression: string) => textOf(valueOfExpression(expression, scope)));
}

const textOf = (value: unknown) =>
  value === undefined || value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value);

/**
 * Whether a criterion holds (Arazzo 1.0.1 §4.6.11).
 *
 * @throws Error where it is of a type that is not known.
 */
export function criterionHolds({ condition, context, type }: JsonObject, scope: WorkflowScope): boolean {
  const kind = isObject(type) ? type.type : (type ?? 'simple');
  if (typeof condition !== 'string') throw new Error('a criterion has no condition');
  if (kind === 'simple')
    return isMet(parseCondition(condition, String), (expression: string) => valueOfExpression(expression, scope));
  const value = typeof context === 'string' ? evaluated(context, scope) : undefined;
  if (kind === 'regex') return value !== undefined && new RegExp(condition, 'u').test(textOf(value));
  if (kind === 'jsonpath') return value !== undefined && selects(value, condition);
  throw new Error(
    `criteria of type ${String(kind)} are not supported, so it is not known; use simple, regex or jsonpath`,
  );
}

/** Many write the condition of a filter without the filter: `$.name == 'x'`. */
function selects(value: unknown, condition: string): boolean {
  const isFilter = /^\s*\$[^?]*(?:==|!=|<=|>=|<|>)/.test(condition);
  if (!isFilter) return query(value as JsonValue, condition).length > 0;
  return isMet(parseCondition(condition, String), (expression: string) => query(value as JsonValue, expression)[0]);
}
