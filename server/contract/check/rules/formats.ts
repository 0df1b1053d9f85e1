import type { CheckRule } from '../rule.js';

/** JSON Schema 2020-12 §7.3, and the OpenAPI Format Registry. */
const known = new Set(
  (
    'date-time date time duration email idn-email hostname idn-hostname ipv4 ipv6 uri uri-reference iri iri-reference uuid ' +
    'uri-template json-pointer relative-json-pointer regex ' +
    'base64url binary byte char commonmark date-time-local decimal decimal128 double double-int float html http-date int8 int16 ' +
    'int32 int64 media-range password sf-binary sf-boolean sf-decimal sf-integer sf-string sf-token time-local uint8 uint16 ' +
    'uint32 uint64 unixtime'
  ).split(' '),
);

export const formats: readonly CheckRule[] = [
  {
    id: 'format-unknown',
    severity: 'note',
    finds:
      'A `format` that neither JSON Schema nor the OpenAPI Format Registry has: it is an annotation, and nothing checks it. Told once a format.',
    advice: 'add a `pattern` where the form matters',
    *examine({ parts }) {
      const told = new Set(known);
      for (const { value, pointer } of parts.of('Schema')) {
        if (typeof value.format !== 'string' || told.has(value.format)) continue;
        told.add(value.format);
        yield { pointer: `${pointer}/format`, message: `the format "${value.format}" is not checked` };
      }
    },
  },
];
