import { setTimeout as sleep } from 'node:timers/promises';
import { type Contract, createChance, essenceOf, isJson, type Operation } from '../../server/contract/index.js';
import { isObject, type JsonObject } from '../../server/documents/index.js';
import { findResponse } from '../../server/replies/index.js';
import type { CaseRequest } from '../case.js';
import { type Draft, type DraftContext, draftValid, toRequest } from '../derive/draft.js';
import { withValueAt } from '../derive/with-value-at.js';
import type { Answer } from '../run/answer.js';
import type { Exchange } from '../run/fill-blanks.js';
import { type Finding, judge } from '../run/judge.js';
import type { Arazzo, Workflow, WorkflowStep } from './arazzo.js';
import { criterionHolds, evaluated, type Message, type WorkflowScope } from './expression.js';
import { operationOf } from './operation-of.js';
import { nameIn, workflowOf } from './workflow-of.js';

interface WorkflowRun {
  readonly arazzo: Arazzo;
  readonly contracts: readonly Contract[];
  readonly credential?: DraftContext['credential'];
  readonly seed?: string;
  /** Values of inputs, by their names. */
  readonly inputs?: JsonObject;
  readonly ask: (contract: Contract, request: CaseRequest) => Promise<Exchange>;
}

/** What came of a workflow: findings, or why it can't be run. */
type WorkflowOutcome =
  | { readonly findings: readonly Finding[]; readonly outputs: JsonObject }
  | { readonly why: string };

/** More steps than this are a circle of `goto`s. */
const stepsMax = 200;
const depthMax = 10;

/** Runs a workflow step by step (Arazzo 1.0.1 §4.6.4). Every answer is judged by its contract, whatever the criteria say. */
export async function runWorkflow(
  run: WorkflowRun,
  workflow: Workflow,
  given: JsonObject = {},
  depth = 0,
): Promise<WorkflowOutcome> {
  const inputs = inputsOf(workflow, { ...run.inputs, ...given });
  if ('missing' in inputs) return { why: `the input ${inputs.missing} of ${workflow.workflowId} has no value` };
  if (depth > depthMax) return { why: 'the workflows call each other in a circle' };
  const state: State = { scope: { inputs: inputs.values, steps: {}, workflows: {} }, findings: [], retries: new Map() };
  for (const name of workflow.dependsOn) {
    const needed = workflowOf(run.arazzo, name);
    if (typeof needed === 'string') return { why: `it depends on ${name}: ${needed}` };
    const came = await runWorkflow({ ...run, arazzo: needed.arazzo }, needed.workflow, {}, depth + 1);
    if ('why' in came) return came;
    if (came.findings.length > 0) return { findings: came.findings, outputs: {} };
    state.scope = withWorkflow(state.scope, nameIn(name), came.outputs);
  }
  let at = 0;
  for (let count = 0; at < workflow.steps.length; count++) {
    if (count > stepsMax)
      return { findings: [...state.findings, finding('', `it does not end in ${stepsMax} steps`)], outputs: {} };
    const step = workflow.steps[at] as WorkflowStep;
    const next = await runStep(run, workflow, step, state, depth);
    if (typeof next === 'object') return next;
    if (next === 'end') break;
    at = next === 'next' ? at + 1 : workflow.steps.findIndex(({ stepId }) => `step ${stepId}` === next);
    if (at < 0)
      return { findings: [finding(step.stepId, `it goes to a step that is not there: ${next}`)], outputs: {} };
  }
  return { findings: state.findings, outputs: evaluated(workflow.outputs, state.scope) as JsonObject };
}

interface State {
  scope: WorkflowScope;
  readonly findings: Finding[];
  readonly retries: Map<string, number>;
}

const finding = (stepId: string, message: string): Finding => ({
  kind: 'workflow',
  ...(stepId && { at: stepId }),
  message: stepId ? `step ${stepId}: ${message}` : message,
});

/** `next`, `end`, or `step ID`. */
type Next = string;

async function runStep(
  run: WorkflowRun,
  workflow: Workflow,
  step: WorkflowStep,
  state: State,
  depth: number,
): Promise<Next | WorkflowOutcome> {
  const came =
    step.workflowId === undefined
      ? await callOperation(run, workflow, step, state)
      : await callWorkflow(run, step, state, depth);
  if ('why' in came) return came;
  const { scope, findings } = came;
  let unmet: string | undefined;
  let action: JsonObject | undefined;
  try {
    unmet = step.successCriteria
      .map((one) => (criterionHolds(one, scope) ? undefined : String(one.condition)))
      .find((one) => one !== undefined);
    const status = scope.message?.statusCode;
    if (step.successCriteria.length === 0 && status !== undefined && status >= 400) unmet = '$statusCode < 400';
    action = actionOf(workflow, step, scope, unmet === undefined);
  } catch (error) {
    return { why: `step ${step.stepId}: ${(error as Error).message}` };
  }
  const outputs = evaluated(step.outputs, scope) as JsonObject;
  state.scope = { ...state.scope, steps: { ...state.scope.steps, [step.stepId]: outputs }, workflows: scope.workflows };
  if (unmet !== undefined && action?.type === 'retry') {
    const tried = state.retries.get(step.stepId) ?? 0;
    if (tried < Number(action.retryLimit ?? 1)) {
      state.retries.set(step.stepId, tried + 1);
      await sleep(Math.min(60, Number(action.retryAfter ?? 0)) * 1000);
      return `step ${step.stepId}`;
    }
  }
  state.findings.push(...findings);
  if (action?.type === 'goto' && typeof action.stepId === 'string') return `step ${action.stepId}`;
  if (action?.type === 'goto' && typeof action.workflowId === 'string') {
    const other = workflowOf(run.arazzo, action.workflowId);
    if (typeof other === 'string') return { why: `step ${step.stepId}: ${other}` };
    return runWorkflow({ ...run, arazzo: other.arazzo }, other.workflow, {}, depth + 1);
  }
  if (unmet === undefined) return action?.type === 'end' ? 'end' : 'next';
  if (action?.type === 'end') return 'end';
  state.findings.push(finding(step.stepId, `expected ${unmet}, found status ${scope.message?.statusCode ?? 'none'}`));
  return 'end';
}

/** The first of the actions, its own before those of the workflow, whose criteria hold. */
function actionOf(
  workflow: Workflow,
  step: WorkflowStep,
  scope: WorkflowScope,
  isMet: boolean,
): JsonObject | undefined {
  const actions = isMet
    ? [...step.onSuccess, ...workflow.successActions]
    : [...step.onFailure, ...workflow.failureActions];
  return actions.find(
    ({ criteria }) => !Array.isArray(criteria) || criteria.every((one) => isObject(one) && criterionHolds(one, scope)),
  );
}

async function callOperation(
  run: WorkflowRun,
  workflow: Workflow,
  step: WorkflowStep,
  state: State,
): Promise<Came | { why: string }> {
  const found = operationOf(run.arazzo, step, run.contracts);
  if (typeof found === 'string') return { why: found };
  const { contract, operation } = found;
  const chance = createChance(run.seed, Date.now);
  const context: DraftContext = { contract, operation, chance, ...(run.credential && { credential: run.credential }) };
  const valid = draftValid(context);
  if (!valid) return { why: `no valid request was found for ${operation.id}` };
  const draft = draftOf(operation, valid, [...workflow.parameters, ...step.parameters], step, state.scope);
  const request = toRequest(context, draft);
  const exchange = await run.ask(contract, request);
  const { answer } = exchange;
  const status = findResponse(operation, answer.status)?.response.status;
  const findings =
    status === undefined
      ? [finding(step.stepId, `the status ${answer.status} is not documented`)]
      : await judge(contract, operation.id, { status: answer.status, response: status, headers: [] }, answer, {
          values: false,
        });
  const message: Message = {
    url: `${exchange.baseUrl}${request.path}`,
    method: request.method,
    request: { path: draft.path, query: draft.query, header: request.headers, body: draft.body },
    statusCode: answer.status,
    response: { path: {}, query: {}, header: answer.headers, body: bodyOf(answer) },
  };
  return { scope: { ...state.scope, message }, findings };
}

interface Came {
  readonly scope: WorkflowScope;
  readonly findings: readonly Finding[];
}

async function callWorkflow(
  run: WorkflowRun,
  step: WorkflowStep,
  state: State,
  depth: number,
): Promise<Came | { why: string }> {
  const reference = step.workflowId ?? '';
  const other = workflowOf(run.arazzo, reference);
  if (typeof other === 'string') return { why: `step ${step.stepId}: ${other}` };
  const given = Object.fromEntries(step.parameters.map((one) => [String(one.name), evaluated(one.value, state.scope)]));
  const came = await runWorkflow({ ...run, arazzo: other.arazzo }, other.workflow, given, depth + 1);
  if ('why' in came) return came;
  const scope = withWorkflow({ ...state.scope, outputs: came.outputs }, nameIn(reference), came.outputs);
  return { scope, findings: came.findings };
}

function withWorkflow(scope: WorkflowScope, name: string, outputs: JsonObject): WorkflowScope {
  return { ...scope, workflows: { ...scope.workflows, [name]: { inputs: {}, outputs } } };
}

/** The request that the step describes; what it leaves out, and must be there, is as in any valid request. */
function draftOf(
  operation: Operation,
  valid: Draft,
  parameters: readonly JsonObject[],
  { requestBody }: WorkflowStep,
  scope: WorkflowScope,
): Draft {
  const draft = {
    ...valid,
    path: { ...valid.path },
    query: { ...valid.query },
    header: { ...valid.header },
    cookie: { ...valid.cookie },
  };
  const sent: Record<string, string> = {};
  for (const { name, in: place, value } of parameters) {
    const made = evaluated(value, scope);
    if (typeof name !== 'string' || made === undefined) continue;
    if (place === 'header' && !operation.parameters.some((one) => one.in === 'header' && one.name === name))
      sent[name.toLowerCase()] = String(made);
    else if (place === 'path' || place === 'query' || place === 'header' || place === 'cookie')
      draft[place][name] = made;
  }
  // Said outright, an Authorization stands for the credentials.
  const credentials = 'authorization' in sent ? [] : valid.credentials;
  if (requestBody) {
    const contentType = typeof requestBody.contentType === 'string' ? requestBody.contentType : undefined;
    const content = operation.requestBody?.content ?? [];
    const mediaType =
      content.find((one) => contentType === undefined || one.mediaType === essenceOf(contentType)) ?? valid.mediaType;
    const replacements = Array.isArray(requestBody.replacements) ? requestBody.replacements.filter(isObject) : [];
    const body = replacements.reduce<unknown>(
      (made, { target, value }) => withValueAt(made, String(target).split('/').slice(1), evaluated(value, scope)),
      evaluated(requestBody.payload, scope),
    );
    return { ...draft, credentials, sent, body, ...(mediaType && { mediaType }) };
  }
  if (operation.requestBody?.required) return { ...draft, credentials, sent };
  const { body: _, ...bodiless } = draft;
  return { ...bodiless, credentials, sent };
}

function inputsOf({ inputs }: Workflow, given: JsonObject): { values: JsonObject } | { missing: string } {
  const properties = isObject(inputs.properties) ? inputs.properties : {};
  const required = Array.isArray(inputs.required) ? inputs.required : [];
  const values: Record<string, unknown> = { ...given };
  for (const [name, schema] of Object.entries(properties)) {
    if (name in values || !isObject(schema)) continue;
    const [example = schema.example] = Array.isArray(schema.examples) ? schema.examples : [];
    const [first] = Array.isArray(schema.enum) ? schema.enum : [];
    const value = schema.default ?? schema.const ?? example ?? first;
    if (value !== undefined) values[name] = value;
    else if (required.includes(name)) return { missing: name };
  }
  return { values };
}

function bodyOf({ headers, body }: Answer): unknown {
  const text = body.toString('utf8');
  if (!isJson(essenceOf(String(headers['content-type'] ?? '')) ?? '')) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
