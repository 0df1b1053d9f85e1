import { DocumentError } from './document-error.js';
import { describeValue } from './json.js';
import { type Library, type Refusal, unresolved } from './library.js';
import type { Path } from './object-model.js';
import { parseSource, type Source } from './source.js';
import { toUri } from './uri.js';

/**
 * What the `externalValue` of an example leads to (OpenAPI 3.1.1 §4.8.19): read as JSON or YAML where the example is of a
 * JSON media type, as text otherwise.
 */
export function readExternalValue(
  externalValue: unknown,
  base: string,
  path: Path | undefined,
  library: Library,
): Source | Refusal {
  const uri = typeof externalValue === 'string' ? toUri(externalValue, base) : undefined;
  if (uri === undefined)
    return unresolved(`expected a URI, found ${describeValue(externalValue)}`, 'name the file that holds the example');
  const found = library.readText(uri);
  if ('rule' in found || !holdsJson(path, uri)) return 'rule' in found ? found : found.source;
  try {
    const format = /^\s*[[{"]/.test(found.text) ? 'json' : 'yaml';
    return parseSource({ file: found.source.file, text: found.text, format });
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    return unresolved(error.message.replace(/; .*/, ''), 'correct that file');
  }
}

/** Whether an example is of a JSON media type: as it stands below one, else as its file is named. */
function holdsJson(path: Path | undefined, uri: string): boolean {
  const mediaType = path?.parent?.parent;
  if (path?.parent?.key === 'examples' && mediaType?.parent?.key === 'content')
    return /^[^;]*[/+]json\b/i.test(mediaType.key);
  return /\.(?:json|ya?ml)$/i.test(uri);
}
