import type { Diagnostic } from './diagnostic.js';
import { DocumentError } from './document-error.js';
import { describeValue, isObject, type JsonObject } from './json.js';
import type { Source } from './source.js';

/** An action of an overlay, checked. */
export interface Action {
  readonly target: string;
  readonly remove: boolean;
  readonly update?: unknown;
  readonly copy?: string;
  /** The keys that lead to it in its overlay. */
  readonly keys: readonly string[];
}

export interface OverlayDocument {
  /** Whether arrays are concatenated with arrays, and what does not go together is an error: as of Overlay 1.1. */
  readonly strict: boolean;
  readonly extends?: string;
  readonly actions: readonly Action[];
  readonly diagnostics: readonly Diagnostic[];
}

const known = {
  overlay: ['overlay', 'info', 'extends', 'actions'],
  info: ['title', 'version', 'description'],
  action: ['target', 'description', 'update', 'copy', 'remove'],
};

/**
 * Reads an Overlay document (Overlay Specification 1.0 and 1.1, §4.4). What leaves no doubt of what is meant is a warning.
 *
 * @throws DocumentError where it is not an overlay, or its actions can't be carried out.
 */
export function readOverlay(source: Source): OverlayDocument {
  const diagnostics: Diagnostic[] = [...source.warnings];
  const warn = (keys: readonly string[], message: string, advice: string) => {
    diagnostics.push({ severity: 'warning', rule: 'overlay-invalid', message, advice, place: source.locate(keys) });
  };
  const fail = (keys: readonly string[], message: string, advice: string) =>
    DocumentError.at(source.locate(keys), 'overlay-invalid', message, advice);
  const warnUnknown = (value: JsonObject, names: readonly string[], keys: readonly string[], what: string) => {
    for (const name of Object.keys(value))
      if (!names.includes(name) && !name.startsWith('x-'))
        warn([...keys, name], `${what} has no \`${name}\``, `remove it, or name it \`x-${name}\``);
  };

  const document = source.value;
  const version = versionOf(document, fail);
  if (version.minor > 1)
    warn(['overlay'], `Overlay ${version.text} is newer than what is known here`, 'it is read as Overlay 1.1');
  warnUnknown(document as JsonObject, known.overlay, [], 'an Overlay document');
  checkInfo((document as JsonObject).info, warn, (info) => warnUnknown(info, known.info, ['info'], 'the `info`'));
  const base = (document as JsonObject).extends;
  if (base !== undefined && typeof base !== 'string')
    throw fail(
      ['extends'],
      `expected a URI reference, found ${describeValue(base)}`,
      'name the document that the overlay is for',
    );
  const { actions } = document as JsonObject;
  if (!Array.isArray(actions)) {
    throw fail(
      ['actions'],
      `expected a list of actions, found ${describeValue(actions)}`,
      'write `actions:` and a list',
    );
  }
  if (actions.length === 0) warn(['actions'], 'the overlay has no actions', 'add one, or remove the overlay');
  const seen = new Set<string>();
  return {
    strict: version.minor > 0,
    ...(base !== undefined && { extends: base }),
    actions: actions.map((value: unknown, index) => {
      const keys = ['actions', String(index)];
      const action = readAction(value, keys, version.minor, fail, warn);
      warnUnknown(value as JsonObject, known.action, keys, 'an action');
      const text = JSON.stringify(value);
      if (seen.has(text)) warn(keys, 'this action stands twice', 'remove one');
      seen.add(text);
      return action;
    }),
    diagnostics,
  };
}

type Say<T> = (keys: readonly string[], message: string, advice: string) => T;

function versionOf(document: unknown, fail: Say<DocumentError>): { text: string; minor: number } {
  if (isObject(document) && !('overlay' in document) && ('openapi' in document || 'swagger' in document))
    throw fail(
      [],
      'this is an OpenAPI document, where an Overlay is expected',
      'name it as a document, not as an overlay',
    );
  const text = isObject(document) ? document.overlay : undefined;
  const [, minor] = typeof text === 'string' ? (/^1\.(\d+)\.\d+/.exec(text) ?? []) : [];
  if (minor === undefined)
    throw fail(
      ['overlay'],
      `this is not an Overlay document: expected \`overlay: 1.0.0\` or \`1.1.0\`${text === undefined ? '' : `, found ${describeValue(text)}`}`,
      'see the Overlay Specification 1.1',
    );
  return { text: text as string, minor: Number(minor) };
}

function checkInfo(info: unknown, warn: Say<void>, warnUnknown: (info: JsonObject) => void): void {
  if (!isObject(info)) {
    warn(
      ['info'],
      `expected \`info\` with a title and a version, found ${describeValue(info)}`,
      'add it, as the Overlay Specification requires',
    );
    return;
  }
  for (const name of ['title', 'version'])
    if (typeof info[name] !== 'string')
      warn(['info', name], `expected \`${name}\` as a string, found ${describeValue(info[name])}`, 'write a string');
  if (info.description !== undefined && typeof info.description !== 'string')
    warn(['info', 'description'], `expected a string, found ${describeValue(info.description)}`, 'write a string');
  warnUnknown(info);
}

function readAction(
  value: unknown,
  keys: readonly string[],
  minor: number,
  fail: Say<DocumentError>,
  warn: Say<void>,
): Action {
  const expect = (condition: boolean, member: string, what: string, found: unknown, advice: string) => {
    if (!condition) throw fail([...keys, member], `expected ${what}, found ${describeValue(found)}`, advice);
  };
  if (!isObject(value) || typeof value.target !== 'string')
    throw fail(
      isObject(value) && 'target' in value ? [...keys, 'target'] : keys,
      'an action needs a `target`, a string',
      'give it a JSONPath (RFC 9535)',
    );
  const { target, remove = false, update, copy, description } = value;
  expect(typeof remove === 'boolean', 'remove', '`true` or `false`', remove, 'write `remove: true`');
  expect(
    copy === undefined || typeof copy === 'string',
    'copy',
    'a JSONPath',
    copy,
    'name the one node that is copied (RFC 9535)',
  );
  if (description !== undefined && typeof description !== 'string')
    warn([...keys, 'description'], `expected a string, found ${describeValue(description)}`, 'write a string');
  if (copy !== undefined && minor === 0)
    warn([...keys, 'copy'], '`copy` came with Overlay 1.1', 'write `overlay: 1.1.0`; it is carried out all the same');
  if (copy !== undefined && update !== undefined && remove !== true)
    warn([...keys, 'copy'], 'an action has either `update` or `copy`', 'make it two actions; only `update` is applied');
  for (const member of ['update', 'copy'])
    if (remove === true && value[member] !== undefined)
      warn([...keys, member], `an action that removes does not \`${member}\``, 'make it two actions; it only removes');
  if (remove === false && update === undefined && copy === undefined)
    warn(keys, 'this action does nothing', 'give it an `update`, a `copy` or `remove: true`');
  return {
    target: target as string,
    remove: remove as boolean,
    keys,
    ...(update !== undefined && { update }),
    ...(copy !== undefined && { copy: copy as string }),
  };
}
