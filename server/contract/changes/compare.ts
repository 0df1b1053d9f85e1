import { valueAt } from '../../documents/index.js';
import type { Contract, Operation, Parameter, Response } from '../contract.js';
import { breaking, type ContractChange, type Difference, either, harmless, pair } from './change.js';
import { type Compared, compareSchemas, createCompared, type SchemaIn } from './compare-schemas.js';

/** A contract as it was, and as it is. */
interface Versions {
  readonly before: Contract;
  readonly after: Contract;
  readonly compared: Compared;
}

/** What a contract says differently than before, what breaks clients first. */
export function compareContracts(before: Contract, after: Contract): ContractChange[] {
  const versions = { before, after, compared: createCompared() };
  const { both, gone, added } = pair(before.operations, after.operations, ({ method, path }) => `${method} ${path}`);
  const changes = [
    ...gone.map(({ key }) => ({ operation: key, ...breaking('is gone') })),
    ...added.map(({ key }) => ({ operation: key, ...harmless('is new') })),
    ...both.flatMap((one) =>
      compareOperations(versions, one.before, one.after).map((change) => ({ operation: one.key, ...change })),
    ),
  ];
  return [...changes.filter(({ isBreaking }) => isBreaking), ...changes.filter(({ isBreaking }) => !isBreaking)];
}

function compareOperations(versions: Versions, before: Operation, after: Operation): Difference[] {
  return [
    ...(after.deprecated && !before.deprecated ? [harmless('is deprecated')] : []),
    ...compareSecurity(before, after),
    ...compareParameters(versions, before.parameters, after.parameters),
    ...compareRequestBodies(versions, before, after),
    ...compareResponses(versions, before.responses, after.responses),
  ];
}

function compareSecurity(before: Operation, after: Operation): Difference[] {
  const alternatives = ({ security }: Operation) =>
    security.map(({ schemes }) =>
      schemes
        .map(({ name }) => name)
        .sort()
        .join(' and '),
    );
  const [old, now] = [alternatives(before), alternatives(after)];
  if (old.length === 0 && now.length > 0) return [breaking(`needs credentials: ${now.join(', or ')}`)];
  if (old.length > 0 && now.length === 0) return [harmless('needs no credentials any more')];
  return [
    ...old.filter((name) => !now.includes(name)).map((name) => breaking(`takes no credentials of ${name} any more`)),
    ...now.filter((name) => !old.includes(name)).map((name) => harmless(`takes credentials of ${name}`)),
  ];
}

function compareParameters(versions: Versions, before: readonly Parameter[], after: readonly Parameter[]) {
  // Path parameters are known by their template, whatever their names.
  const { both, gone, added } = pair(before, after, ({ in: place, name }) => `${place} parameter ${name}`);
  return [
    ...gone.map(({ key }) => harmless(`${key} is gone`)),
    ...added.map(({ key, member }) => either(member.required, `${member.required ? 'required ' : ''}${key} is new`)),
    ...both.flatMap(({ key, before: old, after: now }) => [
      ...(now.required && !old.required ? [breaking(`${key} is required now`)] : []),
      ...(!now.required && old.required ? [harmless(`${key} is no longer required`)] : []),
      ...compareSchemas(
        schemaOfParameter(versions.before, old),
        schemaOfParameter(versions.after, now),
        'request',
        key,
        versions.compared,
      ),
    ]),
  ];
}

/** In OpenAPI 3 below `schema`, or in its `content`. */
function schemaOfParameter({ description }: Contract, { pointer, mediaType }: Parameter): SchemaIn {
  const parameter = valueAt(description.root, pointer) as Record<string, unknown> | undefined;
  const content = parameter?.content as Record<string, { schema?: unknown }> | undefined;
  return { description, schema: mediaType === undefined ? parameter?.schema : content?.[mediaType]?.schema };
}

function compareRequestBodies(
  versions: Versions,
  { requestBody: before }: Operation,
  { requestBody: after }: Operation,
) {
  if (!before) return after ? [either(after.required, `${after.required ? 'required ' : ''}request body is new`)] : [];
  if (!after) return [breaking('request body is gone')];
  const { both, gone, added } = pair(before.content, after.content, ({ mediaType }) => mediaType);
  return [
    ...(after.required && !before.required ? [breaking('request body is required now')] : []),
    ...(!after.required && before.required ? [harmless('request body is no longer required')] : []),
    ...gone.map(({ key }) => breaking(`request ${key} is gone`)),
    ...added.map(({ key }) => harmless(`request ${key} is new`)),
    ...both.flatMap(({ key, before: old, after: now }) =>
      compareSchemas(
        { description: versions.before.description, schema: old.schema },
        { description: versions.after.description, schema: now.schema },
        'request',
        `request ${key}`,
        versions.compared,
      ),
    ),
  ];
}

function compareResponses(versions: Versions, before: readonly Response[], after: readonly Response[]): Difference[] {
  const { both, gone, added } = pair(before, after, ({ status }) => status);
  return [
    ...gone.map(({ key }) => breaking(`response ${key} is gone`)),
    ...added.map(({ key }) => harmless(`response ${key} is new`)),
    ...both.flatMap(({ key, before: old, after: now }) => [
      ...compareContent(versions, key, old, now),
      ...compareHeaders(key, old, now),
    ]),
  ];
}

function compareContent(versions: Versions, status: string, before: Response, after: Response): Difference[] {
  const { both, gone, added } = pair(before.content, after.content, ({ mediaType }) => mediaType);
  const schemaOf = ({ description }: Contract, pointer: string): SchemaIn => ({
    description,
    schema: valueAt(description.root, `${pointer}/schema`),
  });
  return [
    ...gone.map(({ key }) => breaking(`response ${status} ${key} is gone`)),
    ...added.map(({ key }) => harmless(`response ${status} ${key} is new`)),
    ...both.flatMap(({ key, before: old, after: now }) => [
      ...compareSchemas(
        schemaOf(versions.before, old.pointer),
        schemaOf(versions.after, now.pointer),
        'response',
        `response ${status} ${key}`,
        versions.compared,
      ),
      ...compareExamples(`response ${status}`, old.exampleNames, now.exampleNames),
    ]),
  ];
}

/** Clients of a mock may ask for examples by their names; those of the service know none. */
function compareExamples(where: string, before: readonly string[], after: readonly string[]): Difference[] {
  return [
    ...before.filter((name) => !after.includes(name)).map((name) => harmless(`${where} example "${name}" is gone`)),
    ...after.filter((name) => !before.includes(name)).map((name) => harmless(`${where} example "${name}" is new`)),
  ];
}

function compareHeaders(status: string, before: Response, after: Response): Difference[] {
  const { both, gone, added } = pair(before.headers, after.headers, ({ name }) => name.toLowerCase());
  return [
    ...gone.map(({ member }) => breaking(`response ${status} header ${member.name} is gone`)),
    ...added.map(({ member }) => harmless(`response ${status} header ${member.name} is new`)),
    ...both.flatMap(({ before: old, after: now }) =>
      old.required && !now.required ? [breaking(`response ${status} header ${now.name} may be missing now`)] : [],
    ),
  ];
}
