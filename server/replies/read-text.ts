import {
  coerceParts,
  coerceText,
  type Escaping,
  isJson,
  type Nesting,
  type Parameter,
  readDelimited,
  type Shape,
  splitAt,
} from '../contract/index.js';
import { type Attempt, type Decode, firstValid, type Kind, kindsOf, type Reading, violationOf } from './reading.js';
import { type Writing, writingOf } from './styles.js';

/** A reader of one text that holds a parameter's whole value. */
export function createTextReader(parameter: Parameter, decode: Decode): (raw: string) => Reading {
  const { mediaType, style, explode, name, in: place, itemDelimiters } = parameter;
  if (mediaType !== undefined) return (raw) => readContent(parameter, mediaType, decode(raw));
  const escaping: Escaping = place === 'header' ? 'none' : 'percent';
  const nesting: Nesting = { delimiters: itemDelimiters, escaping };
  const attempts = textAttempts(name, parameter.shape(), writingOf(style, explode), decode, nesting);
  const start = style === 'label' ? '.' : explode ? ';' : `;${name}=`;
  return (raw) =>
    firstValid(parameter, attempts, raw) ??
    violationOf(parameter, 'syntax', `must begin with "${start}", for its style is ${style}`);
}

/** A parameter that is described by `content`: its text is of that media type. */
export function readContent(parameter: Parameter, mediaType: string, text: string): Reading {
  const judge = (value: unknown) => ({ value, isValid: parameter.validator.check(value) });
  if (!isJson(mediaType)) return judge(coerceText(text, parameter.shape().types()));
  try {
    return judge(JSON.parse(text));
  } catch {
    return violationOf(parameter, 'syntax', 'is not JSON');
  }
}

/**
 * The ways to read a text in a style. What the style says comes first; where the schema refuses that, delimiters that the
 * client encoded (many encode each comma) count as such, and so do those of OpenAPI up to 3.0.3.
 */
export function textAttempts(
  name: string,
  shape: Shape,
  writing: Writing,
  decode: Decode,
  nesting: Nesting,
): Attempt<string>[] {
  const { separator, link, formerSeparator } = writing;
  const kinds = kindsOf(shape);
  const attempt =
    (read: (text: string) => unknown): Attempt<string> =>
    (raw) => {
      const text = writing.strip(raw, name);
      return text === undefined ? undefined : { value: read(text) };
    };
  const list = (parts: readonly string[], decodePart: Decode) =>
    parts.map((part, index) =>
      readDelimited(withoutName(part.trim(), name, writing), shape.itemAt(index), decodePart, nesting),
    );
  const members = (parts: readonly string[], decodePart: Decode, isAlternating: boolean) => {
    const entries = isAlternating ? alternating(parts) : parts.map((part) => splitOnce(part.trim()));
    return objectOf(
      entries.map(([key, text]) => [decodePart(key), decodePart(text)] as const),
      shape,
    );
  };
  const ofParts = (
    kind: Kind,
    split: (text: string) => string[],
    decodePart: Decode,
    isAlternating = link === separator,
  ): Attempt<string>[] => {
    if (kind.kind === 'scalar') return [];
    return [
      attempt((text) =>
        kind.kind === 'list' ? list(split(text), decodePart) : members(split(text), decodePart, isAlternating),
      ),
    ];
  };
  const decoded: Decode = (text) => text;
  return [
    ...kinds.flatMap((kind) =>
      kind.kind === 'scalar'
        ? [attempt((text) => coerceText(decode(withoutName(text, name, writing)), kind.types))]
        : ofParts(kind, (text) => splitAt(text, separator, nesting.escaping), decode),
    ),
    ...kinds.flatMap((kind) => ofParts(kind, (text) => decode(text).split(separator), decoded)),
    ...(formerSeparator === undefined
      ? []
      : kinds.flatMap((kind) => ofParts(kind, (text) => text.split(formerSeparator), decode, true))),
  ];
}

/** An object of texts by name; a name that comes several times has a list. */
export function objectOf(entries: readonly (readonly [string, string])[], shape: Shape): Record<string, unknown> {
  const texts = new Map<string, string[]>();
  for (const [name, text] of entries) {
    const known = texts.get(name);
    if (known) known.push(text);
    else texts.set(name, [text]);
  }
  return Object.fromEntries([...texts].map(([name, values]) => [name, coerceParts(values, shape.property(name))]));
}

/** `;color=blue` of an exploded matrix. */
function withoutName(part: string, name: string, { repeatsName }: Writing): string {
  if (!repeatsName) return part;
  const [key, text] = splitOnce(part);
  return key === name || key === encodeURIComponent(name) ? text : part;
}

function splitOnce(part: string): readonly [string, string] {
  const at = part.indexOf('=');
  return at === -1 ? [part, ''] : [part.slice(0, at), part.slice(at + 1)];
}

/** `role,admin,name,Alex` */
function alternating(parts: readonly string[]): (readonly [string, string])[] {
  return parts.flatMap((part, index) =>
    index % 2 === 0 ? [[part.trim(), (parts[index + 1] ?? '').trim()] as const] : [],
  );
}
