import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { parse } from 'yaml';
import type { Contract } from '../../server/contract/index.js';
import { fromPointer, isObject, type JsonObject, toPointer, valueAt } from '../../server/documents/index.js';
import { ConfigurationError } from '../configuration-error.js';

/** An Arazzo document (1.0.x), its reusable parts put where they are used. */
export interface Arazzo {
  readonly file: string;
  readonly sources: readonly Source[];
  readonly workflows: readonly Workflow[];
}

export interface Source {
  readonly name: string;
  readonly type: 'openapi' | 'arazzo';
  /** As it stands there. */
  readonly url: string;
  /** Absolute, where it is a file. */
  readonly file: string;
}

export interface Workflow {
  readonly workflowId: string;
  readonly summary?: string;
  readonly dependsOn: readonly string[];
  /** A JSON Schema. */
  readonly inputs: JsonObject;
  readonly parameters: readonly JsonObject[];
  readonly steps: readonly WorkflowStep[];
  readonly successActions: readonly JsonObject[];
  readonly failureActions: readonly JsonObject[];
  readonly outputs: JsonObject;
}

export interface WorkflowStep {
  readonly stepId: string;
  /** One of the three (Arazzo 1.0.1 §4.6.5). */
  readonly operationId?: string;
  readonly operationPath?: string;
  readonly workflowId?: string;
  readonly parameters: readonly JsonObject[];
  readonly requestBody?: JsonObject;
  readonly successCriteria: readonly JsonObject[];
  readonly onSuccess: readonly JsonObject[];
  readonly onFailure: readonly JsonObject[];
  readonly outputs: JsonObject;
}

/** The Arazzo documents beside those of the contracts, or in a folder `arazzo` there: `*.arazzo.yaml`, `.yml`, `.json`. */
export function findArazzo(contracts: readonly Contract[]): Arazzo[] {
  const beside = contracts.map(({ description }) => dirname(resolve(description.file)));
  const folders = new Set(beside.flatMap((folder) => [folder, join(folder, 'arazzo')]));
  return [...folders].filter(existsSync).flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => /\.arazzo\.(?:ya?ml|json)$/i.test(name))
      .sort()
      .map((name) => loadArazzo(join(folder, name))),
  );
}

/** @throws ConfigurationError that says where it is no Arazzo document. */
export function loadArazzo(file: string): Arazzo {
  const wrong = (pointer: string, expected: string) =>
    new ConfigurationError(`${file}#${pointer} is no part of an Arazzo document: expected ${expected}`);
  let root: unknown;
  try {
    root = parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new ConfigurationError(`${file} can't be read: ${(error as Error).message}`);
  }
  if (!isObject(root) || !/^1\.0\.\d+$/.test(String(root.arazzo)))
    throw wrong('/arazzo', 'the version, 1.0.0 or 1.0.1');
  const components = root;
  const objects = (value: unknown, pointer: string): JsonObject[] => {
    if (value === undefined) return [];
    if (!Array.isArray(value) || !value.every(isObject)) throw wrong(pointer, 'a list of objects');
    return value.map((one, index) => {
      if (typeof one.reference !== 'string') return one;
      const target = valueAt(components, toPointer(one.reference.replace(/^\$/, '').split('.')));
      if (!isObject(target)) throw wrong(`${pointer}/${index}/reference`, 'a reference to one of the components');
      return 'value' in one ? { ...target, value: one.value } : target;
    });
  };
  const text = (value: unknown, pointer: string): string => {
    if (typeof value !== 'string' || value === '') throw wrong(pointer, 'a text');
    return value;
  };
  const record = (value: unknown) => (isObject(value) ? value : {});
  const sources = objects(root.sourceDescriptions, '/sourceDescriptions').map((one, index): Source => {
    const url = text(one.url, `/sourceDescriptions/${index}/url`);
    return {
      name: text(one.name, `/sourceDescriptions/${index}/name`),
      type: one.type === 'arazzo' ? 'arazzo' : 'openapi',
      url,
      file: resolve(dirname(resolve(file)), url),
    };
  });
  const workflows = objects(root.workflows, '/workflows').map((one, index): Workflow => {
    const at = `/workflows/${index}`;
    const steps = objects(one.steps, `${at}/steps`);
    if (steps.length === 0) throw wrong(`${at}/steps`, 'at least one step');
    const inputs = record(one.inputs);
    return {
      workflowId: text(one.workflowId, `${at}/workflowId`),
      ...(typeof one.summary === 'string' && { summary: one.summary }),
      dependsOn: Array.isArray(one.dependsOn) ? one.dependsOn.map(String) : [],
      inputs: typeof inputs.$ref === 'string' ? record(valueAt(components, inputs.$ref.replace(/^#/, ''))) : inputs,
      parameters: objects(one.parameters, `${at}/parameters`),
      steps: steps.map((step, number) => toStep(step, `${at}/steps/${number}`, objects, text, wrong)),
      successActions: objects(one.successActions, `${at}/successActions`),
      failureActions: objects(one.failureActions, `${at}/failureActions`),
      outputs: record(one.outputs),
    };
  });
  if (workflows.length === 0) throw wrong('/workflows', 'at least one workflow');
  return { file, sources, workflows };
}

function toStep(
  step: JsonObject,
  at: string,
  objects: (value: unknown, pointer: string) => JsonObject[],
  text: (value: unknown, pointer: string) => string,
  wrong: (pointer: string, expected: string) => Error,
): WorkflowStep {
  const { operationId, operationPath, workflowId, requestBody, outputs } = step;
  if ([operationId, operationPath, workflowId].filter((one) => typeof one === 'string').length !== 1)
    throw wrong(at, 'one of operationId, operationPath and workflowId');
  return {
    stepId: text(step.stepId, `${at}/stepId`),
    ...(typeof operationId === 'string' && { operationId }),
    ...(typeof operationPath === 'string' && { operationPath }),
    ...(typeof workflowId === 'string' && { workflowId }),
    parameters: objects(step.parameters, `${at}/parameters`),
    ...(isObject(requestBody) && { requestBody }),
    successCriteria: objects(step.successCriteria, `${at}/successCriteria`),
    onSuccess: objects(step.onSuccess, `${at}/onSuccess`),
    onFailure: objects(step.onFailure, `${at}/onFailure`),
    outputs: isObject(outputs) ? outputs : {},
  };
}

/** The contract that a source description is of; `undefined` where it is not among those tested. */
export function contractOf(source: Source, contracts: readonly Contract[]): Contract | undefined {
  return contracts.find(({ description }) => resolve(description.file) === source.file);
}

/** `#/paths/~1things~1{id}/get` of an `operationPath`, as the pointer to the operation. */
export const pointerIn = (operationPath: string) => toPointer(fromPointer(operationPath.replace(/^[^#]*#/, '')));

export const nameOf = ({ file }: Arazzo) => basename(file).replace(/\.arazzo\.\w+$/, '');
