import { isObject, type JsonObject } from '../../documents/index.js';
import type { Chance } from '../chance.js';
import { textMatching } from '../pattern/index.js';
import { isExpression, tolerantRegExp } from './tolerant-reg-exp.js';

/** The patterns that a string has to match, and those that it must not. */
export interface Patterns {
  readonly wanted: readonly string[];
  readonly avoided: readonly string[];
}

const none: Patterns = { wanted: [], avoided: [] };
const keywordsOfText = /^(?:type|pattern|minLength|maxLength|description|title)$/;

/** All the patterns of a schema: of several parts each has its own. */
export function patternsOf(schema: JsonObject): Patterns {
  const { pattern, allOf, not } = schema;
  if (pattern === undefined && allOf === undefined && not === undefined) return none;
  const parts = Array.isArray(allOf) ? allOf.filter(isObject).map(patternsOf) : [];
  const refused = isObject(not) ? (Array.isArray(not.anyOf) ? [...not.anyOf, not] : [not]) : [];
  return {
    wanted: [...patternIn(pattern), ...parts.flatMap(({ wanted }) => wanted)],
    avoided: [
      ...refused.flatMap((part) =>
        isObject(part) && Object.keys(part).every((keyword) => keywordsOfText.test(keyword))
          ? patternIn(part.pattern)
          : [],
      ),
      ...parts.flatMap(({ avoided }) => avoided),
    ],
  };
}

const patternIn = (pattern: unknown) => (typeof pattern === 'string' && isExpression(pattern) ? [pattern] : []);

export function matchesAll({ wanted, avoided }: Patterns): (text: string) => boolean {
  if (wanted.length === 0 && avoided.length === 0) return () => true;
  const yes = wanted.map((pattern) => tolerantRegExp(pattern, 'u'));
  const no = avoided.map((pattern) => tolerantRegExp(pattern, 'u'));
  return (text) => yes.every((pattern) => pattern.test(text)) && !no.some((pattern) => pattern.test(text));
}

/** Formats as patterns of some texts that are of them: where a pattern stands beside the format, both are to be met. */
const forms: Readonly<Record<string, string>> = {
  date: '^(?:19|20)\\d\\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\\d|2[0-8])$',
  time: '^(?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(?:\\.\\d{1,6})?(?:Z|[+-]0\\d:00)$',
  'date-time':
    '^(?:19|20)\\d\\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\\d|2[0-8])T(?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(?:\\.\\d{1,6})?(?:Z|[+-]0\\d:00)$',
  duration: '^P(?:\\d{1,3}[YMD]|T\\d{1,3}[HMS]|\\d{1,3}W)$',
  uuid: '^[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$',
  email: '^[A-Za-z0-9_+-]+(?:\\.[A-Za-z0-9_+-]+)*@(?:[a-z0-9][a-z0-9-]{0,20}[a-z0-9]\\.){1,3}[a-z]{2,10}$',
  hostname: '^(?:[a-z0-9](?:[a-z0-9-]{0,20}[a-z0-9])?\\.){0,3}[a-z0-9](?:[a-z0-9-]{0,20}[a-z0-9])?$',
  ipv4: '^(?:(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)\\.){3}(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)$',
  uri: '^(?:https?|ftp|wss?|[a-z][a-z0-9+.-]{0,10}):(?://[A-Za-z0-9-]+(?:\\.[A-Za-z0-9-]+)*(?::\\d{1,4})?)?(?:/[A-Za-z0-9._~@:-]*)*(?:\\?[A-Za-z0-9=&_-]*)?(?:#[A-Za-z0-9_-]*)?$',
  'json-pointer': '^(?:/[A-Za-z0-9_-]*)*$',
  byte: '^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$',
};
const sameForm: Readonly<Record<string, string>> = { guid: 'uuid', url: 'uri', 'uri-reference': 'uri', base64: 'byte' };

/** A text that matches the patterns, is of the format, and fits; one that does not where none was found. */
export function matching(
  { wanted, avoided }: Patterns,
  format: string | undefined,
  chance: Chance,
  { min, max }: { readonly min: number; readonly max: number },
  fits: (text: string) => boolean,
): string {
  const form = format === undefined ? undefined : forms[sameForm[format] ?? format];
  const formed =
    form === undefined ? undefined : textMatching({ patterns: [form, ...wanted], avoided, min, max }, chance, fits);
  return (
    formed ??
    textMatching({ patterns: wanted, avoided, min, max }, chance, fits) ??
    'a'.repeat(Math.min(Math.max(min, 1), max))
  );
}
