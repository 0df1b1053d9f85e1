import type { Link, MessageExpression, Operation, Parameter } from '../../server/contract/index.js';
import { DocumentError, isObject, resolve, toPointer, valueAt } from '../../server/documents/index.js';
import { successResponse } from '../../server/replies/index.js';
import type { Blank, ContractCase } from '../case.js';
import { type Draft, type DraftContext, draftValid, placeOf, toRequest } from './draft.js';
import { caseId } from './id.js';
import { expectSuccess } from './success.js';

/** A case for each link of the success: it is followed with the values that the request and the answer have. */
export function deriveLinked(context: DraftContext, draft: Draft): ContractCase[] {
  return (successResponse(context.operation)?.response.links ?? []).flatMap((link) => {
    const made = follow(context, draft, link);
    return made ? [made] : [];
  });
}

function follow(context: DraftContext, draft: Draft, link: Link): ContractCase | undefined {
  const { contract, operation } = context;
  const target = targetOf(context, link);
  const about = (of: Operation) => {
    const title = `by the link ${link.name} of ${operation.id}`;
    return {
      id: caseId(contract, of, 'state', title),
      kind: 'state',
      api: contract.name,
      operation: of.id,
      title,
    } as const;
  };
  const blocked = (of: Operation, why: string): ContractCase => ({
    ...about(of),
    steps: [],
    expect: { status: 200, headers: [] },
    blocked: why,
  });
  if (typeof target === 'string') return blocked(operation, target);
  if (link.server !== undefined) return blocked(target, `the link leads to a server of its own, ${link.server}`);
  const next: DraftContext = { ...context, operation: target };
  const valid = draftValid(next);
  const success = valid && expectSuccess(next, valid, 'created');
  if (!valid || !success) return undefined;
  try {
    const { made, blanks } = fillIn(draft, valid, target, link, operation);
    // What is found there is not what the document has for an example.
    const { body: _, unsatisfied: __, echo: ___, ...expect } = success;
    const steps = [{ request: toRequest(context, draft) }, { request: toRequest(next, made), blanks }];
    return { ...about(target), steps, expect };
  } catch (error) {
    if (error instanceof NotThere) return blocked(target, error.message);
    throw error;
  }
}

/** The operation that a link leads to; why there is none that can be asked. */
function targetOf(
  { contract: { operations, description } }: DraftContext,
  { operationId, operationRef, pointer }: Link,
): Operation | string {
  if (operationId !== undefined)
    return operations.find(({ id }) => id === operationId) ?? `no operation has the operationId "${operationId}"`;
  if (operationRef === undefined) return 'the link names no operation';
  try {
    const found = resolve(description, { $ref: operationRef }, pointer);
    return operations.find((one) => one.pointer === found.pointer) ?? `"${operationRef}" is no operation of this API`;
  } catch (error) {
    if (error instanceof DocumentError)
      return `"${operationRef}" leads ${operationRef.startsWith('#') ? 'nowhere' : 'to another document'}`;
    throw error;
  }
}

/** A value of the request that it does not have, or a parameter that the operation does not. */
class NotThere extends Error {}

/** The valid request of the linked operation, with the values of the link in their places. */
function fillIn(
  asked: Draft,
  valid: Draft,
  target: Operation,
  { parameters, requestBody }: Link,
  operation: Operation,
): { made: Draft; blanks: Blank[] } {
  const blanks: Blank[] = [];
  const part = (expression: MessageExpression): unknown => {
    const known = valueInRequest(expression, asked, operation);
    if (known !== undefined) return known.value;
    const text = `standin-blank-${blanks.length}-`;
    blanks.push({ text, value: expression });
    return text;
  };
  const linkedValue = (value: Link['parameters'][string]): unknown => {
    if ('value' in value) return value.value;
    const parts = value.text.map((one) => (typeof one === 'string' ? one : part(one)));
    return parts.length === 1 ? parts[0] : parts.map(String).join('');
  };
  let made = valid;
  for (const [key, value] of Object.entries(parameters)) {
    const parameter = parameterOf(target, key);
    if (!parameter) throw new NotThere(`${target.id} has no parameter "${key}"`);
    const place = placeOf(parameter);
    made = { ...made, [place]: { ...made[place], [parameter.name]: linkedValue(value) } };
  }
  return { made: requestBody === undefined ? made : { ...made, body: linkedValue(requestBody) }, blanks };
}

/** `id`, or with its place `path.id` (OpenAPI 3.1.1 §4.8.20). */
function parameterOf({ parameters }: Operation, key: string): Parameter | undefined {
  return (
    parameters.find(({ in: place, name }) => `${place}.${name}` === key) ?? parameters.find(({ name }) => name === key)
  );
}

/** What a request says of itself; `undefined` for what only the answer has. */
function valueInRequest(
  expression: MessageExpression,
  { body, ...places }: Draft,
  { id, method, parameters }: Operation,
): { readonly value: unknown } | undefined {
  if (expression.source === 'method') return { value: method };
  // An answer has neither a path nor a query: those of its request are meant.
  const isOfRequest =
    'part' in expression && (expression.source === 'request' || /^(?:path|query)$/.test(expression.part));
  if (!isOfRequest) return undefined;
  const value =
    expression.part === 'body'
      ? valueAt(body, toPointer(expression.keys))
      : valueIn(places[expression.part], expression.name, expression.part === 'header');
  if (value !== undefined) return { value };
  const what =
    expression.part === 'body' ? `body#${toPointer(expression.keys)}` : `${expression.part}.${expression.name}`;
  const isDocumented = parameters.some(({ name }) => 'name' in expression && name === expression.name);
  throw new NotThere(`a valid request for ${id} has no ${what}${isDocumented ? ', which is optional' : ''}`);
}

function valueIn(values: Readonly<Record<string, unknown>>, name: string, isHeader: boolean): unknown {
  if (!isObject(values)) return undefined;
  const key = Object.keys(values).find((one) => one === name || (isHeader && one.toLowerCase() === name.toLowerCase()));
  return key === undefined ? undefined : values[key];
}
