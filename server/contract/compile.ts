import {
  type Description,
  type Diagnostic,
  DocumentError,
  diagnose,
  formatDiagnostic,
  isObject,
} from '../documents/index.js';
import { createInference, type Resource } from './behaviour/index.js';
import { createChance } from './chance.js';
import type { Contract, Operation } from './contract.js';
import { checkDeclared } from './declared-resources.js';
import { deferResources } from './late-resource.js';
import { lazy } from './lazy.js';
import { compileOperation, deferOperation, findOperations, isSilent } from './operation.js';
import { createPlainness } from './plain-operation.js';
import { createSampler, createValidators } from './schema/index.js';
import { compileSecurity } from './security.js';
import { compileServers } from './servers.js';
import { compileWebhooks } from './webhook.js';

/** What `servers` means where there are none (OpenAPI 3.1.1 §4.8.1). */
const defaultServers = [{ url: '/', basePath: '' }];

/**
 * Compiles a description into a contract: plain data, of which validators and examples are made when first used. Examples
 * that have to be made up are the same wherever the document is compiled, so that a suite and a server agree on them.
 *
 * @throws DocumentError where the description can't be served at all, or an extension of ours is wrong.
 */
export function compile(description: Description): Contract {
  const diagnostics: Diagnostic[] = [...description.diagnostics];
  const { root } = description;
  const info = isObject(root.info) ? root.info : {};
  const title = typeof info.title === 'string' ? info.title : description.name;
  const chance = createChance(title);
  const validators = createValidators(description);
  const servers = compileServers(root.servers, defaultServers);
  const security = compileSecurity(description, root.security, '/security', diagnostics);
  const context = { description, validators, chance, diagnostics, servers, security };
  const isPlain = createPlainness(description);
  const ids = new Set<string>();
  const declared = new Map<Operation, Resource | undefined>();
  /** What is found of each operation, whenever it is compiled, is told in the order of the document. */
  const ofOperations: Diagnostic[][] = [];
  const operations = findOperations(description, diagnostics).flatMap((place): Operation[] => {
    const found: Diagnostic[] = [];
    ofOperations.push(found);
    try {
      const make = isPlain(place) ? deferOperation : compileOperation;
      const operation = make(Object.assign({}, context, { diagnostics: found }), place);
      if (operation.resource || isSilent(place)) declared.set(operation, operation.resource);
      if (ids.has(operation.id)) {
        const id = `${operation.method} ${operation.path}`;
        found.push(
          diagnose(
            description,
            `${place.pointer}/operationId`,
            'warning',
            'operation-id-repeated',
            `the operationId "${operation.id}" is taken`,
            `give each operation its own; this one is called "${id}"`,
          ),
        );
        return [Object.assign(operation, { id })];
      }
      ids.add(operation.id);
      return [operation];
    } catch (error) {
      if (!(error instanceof DocumentError)) throw error;
      found.push(
        ...error.diagnostics.map((diagnostic) => ({
          ...diagnostic,
          severity: 'warning' as const,
          message: `${diagnostic.message}; ${place.method} ${place.path} is left out`,
        })),
      );
      return [];
    }
  });
  const ofWebhooks: Diagnostic[] = [];
  const webhooks = lazy(() => compileWebhooks({ ...context, diagnostics: ofWebhooks }));
  const isError = ({ severity }: Diagnostic) => severity === 'error';
  const errors = withoutRepetition([...diagnostics, ...ofOperations.flat()].filter(isError));
  if (errors.length > 0) throw new DocumentError(errors);
  deferResources(operations, createInference({ description, validators }, operations, declared));
  const wrong = checkDeclared(description, declared);
  if (wrong.length > 0) throw new DocumentError(wrong);
  if (operations.length === 0)
    diagnostics.push(
      diagnose(
        description,
        '/paths',
        'warning',
        'no-operations',
        'this document has no operation that can be served',
        'add one under `paths`',
      ),
    );
  return {
    name: description.name,
    title,
    version: typeof info.version === 'string' ? info.version : '',
    servers,
    operations,
    declaring: [...declared].flatMap(([operation, resource]) => (resource ? [operation] : [])),
    webhooks,
    get diagnostics() {
      // Asking for the responses compiles what was put off.
      for (const { responses } of operations) if (!responses) break;
      webhooks();
      return [...diagnostics, ...ofOperations.flat(), ...ofWebhooks, ...validators.diagnostics];
    },
    description,
    samplerOf: (located, direction) => createSampler(description, located, direction, validators),
    validatorOf: ({ schema, pointer }, direction) => validators.of(schema, pointer, direction),
  };
}

/** What several operations share, each finds at fault. */
function withoutRepetition(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  return [...new Map(diagnostics.map((diagnostic) => [formatDiagnostic(diagnostic), diagnostic])).values()];
}

/**
 * Compiles each of several descriptions.
 *
 * @throws DocumentError with what is wrong with any of them.
 */
export function compileAll(descriptions: readonly Description[]): Contract[] {
  const failures: Diagnostic[] = [];
  const contracts = descriptions.flatMap((description) => {
    try {
      return [compile(description)];
    } catch (error) {
      if (!(error instanceof DocumentError)) throw error;
      failures.push(...error.diagnostics);
      return [];
    }
  });
  if (failures.length > 0) throw new DocumentError(failures);
  return contracts;
}
