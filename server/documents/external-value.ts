import { DocumentError } from './document-error.js';
import { describeValue } from './json.js';
import type { Library, Refusal } from './library.js';
import type { Path } from './object-model.js';
import { parseSource, type Source } from './source.js';
import { toUri } from './uri.js';

/** Why an external value is not read; by its rule `standin check` tells of it. */
interface UnreadValue {
  readonly rule: 'example-missing' | 'example-remote' | 'example-unparsable' | 'example-binary';
  readonly message: string;
  readonly advice: string;
}

/**
 * What the `externalValue` of an example leads to (OpenAPI 3.1.1 §4.8.19): read as JSON or YAML where the example is of a
 * JSON media type, as text otherwise.
 */
export function readExternalValue(
  externalValue: unknown,
  base: string,
  path: Path | undefined,
  library: Library,
): Source | UnreadValue {
  const uri = typeof externalValue === 'string' ? toUri(externalValue, base) : undefined;
  if (uri === undefined)
    return {
      rule: 'example-missing',
      message: `expected a URI, found ${describeValue(externalValue)}`,
      advice: 'name the file that holds the example',
    };
  const found = library.readText(uri);
  if ('rule' in found) {
    const { message, advice } = found;
    return found.isBinary && !holdsJson(path, uri)
      ? { rule: 'example-binary', message: `${message}, and is not served`, advice: 'a made-up file is served instead' }
      : { rule: ruleOf(found), message, advice };
  }
  if (!holdsJson(path, uri)) return found.source;
  try {
    return parseSource({ file: found.source.file, text: found.text, format: formatOf(uri, found.text) });
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    const [{ message, place } = { message: error.message, place: { line: 1, column: 1 } }] = error.diagnostics;
    return {
      rule: 'example-unparsable',
      message: `"${found.source.file}" can't be read: in line ${place.line}, column ${place.column}, ${message}`,
      advice: 'correct that file',
    };
  }
}

const ruleOf = ({ rule, isBinary }: Refusal) =>
  isBinary ? 'example-unparsable' : rule === 'unresolved-reference' ? 'example-missing' : 'example-remote';

/** What starts like JSON may be YAML as well, where it is named so. */
function formatOf(uri: string, text: string): 'json' | 'yaml' {
  const [path = ''] = uri.split(/[?#]/);
  if (/\.ya?ml$/i.test(path)) return 'yaml';
  return /\.json$/i.test(path) || /^\uFEFF?\s*[[{"]/.test(text) ? 'json' : 'yaml';
}

/** Whether an example is of a JSON media type: as it stands below one, else as its file is named. */
function holdsJson(path: Path | undefined, uri: string): boolean {
  const mediaType = path?.parent?.parent;
  if (path?.parent?.key === 'examples' && mediaType?.parent?.key === 'content')
    return /^[^;]*[/+]json\b/i.test(mediaType.key);
  return /\.(?:json|ya?ml)$/i.test(uri);
}
