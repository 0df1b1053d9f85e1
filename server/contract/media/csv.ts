import { createRequire } from 'node:module';
import { isObject } from '../../documents/index.js';
import { coercePart, textOf } from '../coerce.js';
import { allowsText, isList, isRecord, type Shape } from '../shape.js';
import { decodeText } from './charset.js';
import type { Codec, CodecContext } from './codec.js';
import { malformed, readAs, unread } from './reading.js';

/** Few documents speak CSV, and so these are not loaded before. */
const require = createRequire(import.meta.url);
const csvParse = () => require('csv-parse/sync') as typeof import('csv-parse/sync');
const csvStringify = () => require('csv-stringify/sync') as typeof import('csv-stringify/sync');

/** RFC 4180. A string is the text itself; a list is a record for each item, with a header where the items are objects. */
export function createCsvCodec({ shape, mediaTypeObject }: CodecContext): Codec {
  const isOfItems = mediaTypeObject.itemSchema !== undefined;
  const item = () => (isOfItems ? shape : shape.items());
  return {
    read: (content, contentType) => {
      const decoded = decodeText(content, contentType);
      if ('failure' in decoded) return decoded.failure;
      const types = shape.types();
      if (!isOfItems && (types.length === 0 || types.includes('string'))) return readAs(decoded.text);
      if (!isOfItems && !isList(shape)) return unread;
      try {
        const options = { bom: true, columns: isRecord(item()), skip_empty_lines: true, relax_column_count: true };
        const records: unknown[] = csvParse().parse(decoded.text, options);
        return readAs(records.map((record) => typed(record, item())));
      } catch (error) {
        return malformed(`the body is not CSV: ${(error as Error).message}`);
      }
    },
    write: (value) => {
      if (typeof value === 'string') return Buffer.from(value);
      const records = Array.isArray(value) ? value : [value];
      return Buffer.from(records.some(isObject) ? withHeader(records) : withoutHeader(records));
    },
  };
}

function typed(record: unknown, shape: Shape): unknown {
  if (Array.isArray(record)) return record.map((field, index) => coercePart(field, shape.itemAt(index)));
  return Object.fromEntries(
    Object.entries(record as Record<string, string>).flatMap(([name, field]) => {
      const property = shape.property(name);
      // An empty field of what can't be empty is no field.
      const isLeftOut = field === '' && !allowsText(property) && !property.types().includes('null');
      return isLeftOut ? [] : [[name, coercePart(field, property)]];
    }),
  );
}

const ending = { record_delimiter: 'windows' } as const;

function withHeader(records: readonly unknown[]): string {
  const names = [...new Set(records.flatMap((record) => (isObject(record) ? Object.keys(record) : [])))];
  const rows = records.map((record) => names.map((name) => textOf(isObject(record) ? record[name] : record)));
  return csvStringify().stringify([names, ...rows], ending);
}

function withoutHeader(records: readonly unknown[]): string {
  return csvStringify().stringify(
    records.map((record) => (Array.isArray(record) ? record.map(textOf) : [textOf(record)])),
    ending,
  );
}
