import { distance } from 'fastest-levenshtein';
import {
  type Description,
  type Diagnostic,
  diagnose,
  isObject,
  type JsonObject,
  resolve,
  toPointer,
} from '../../documents/index.js';
import { extensionSchemas } from './extension-schemas.js';

const known = Object.keys(extensionSchemas);

/** Extensions that are named as ours are, and are none: a typing error would turn off what was declared without a word. */
export function reportUnknownExtensions(
  description: Description,
  { operation, pointer, pathItem, pathItemPointer }: Holders,
  diagnostics: Diagnostic[],
): void {
  const report = (holder: JsonObject, at: string) => {
    for (const name of Object.keys(holder)) {
      if (!/^x-standin-/i.test(name) || known.includes(name)) continue;
      const place = `${at}${toPointer([name])}`;
      const message = `there is no extension "${name}"`;
      const advice = `write ${nearest(name)}, or remove it; see docs/extensions.md`;
      diagnostics.push(diagnose(description, place, 'error', 'extension-unknown', message, advice));
    }
  };
  const visit = (value: unknown, at: string, next: (holder: JsonObject, at: string) => void = () => {}) => {
    const resolved = resolve(description, value, at);
    if (!isObject(resolved.value)) return;
    report(resolved.value, resolved.pointer);
    next(resolved.value, resolved.pointer);
  };
  const each = (map: unknown, at: string, visitOne: (value: unknown, at: string) => void) => {
    for (const [name, value] of Object.entries(isObject(map) ? map : {}))
      if (isObject(value)) visitOne(value, `${at}${toPointer([name])}`);
  };
  const content = (holder: JsonObject, at: string) =>
    each(holder.content, `${at}/content`, (mediaType, place) =>
      visit(mediaType, place, ({ examples }, inner) => each(examples, `${inner}/examples`, visit)),
    );

  report(pathItem, pathItemPointer);
  report(operation, pointer);
  if (operation.requestBody !== undefined) visit(operation.requestBody, `${pointer}/requestBody`, content);
  const { responses } = operation;
  if (!isObject(responses)) return;
  report(responses, `${pointer}/responses`);
  each(responses, `${pointer}/responses`, (response, at) => {
    if (!/\/x-[^/]*$/i.test(at)) visit(response, at, content);
  });
}

interface Holders {
  readonly operation: JsonObject;
  readonly pointer: string;
  readonly pathItem: JsonObject;
  readonly pathItemPointer: string;
}

function nearest(name: string): string {
  const [first] = [...known].sort((a, b) => distance(a, name.toLowerCase()) - distance(b, name.toLowerCase()));
  return first as string;
}
