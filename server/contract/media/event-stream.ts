import { isObject } from '../../documents/index.js';
import { coercePart, coerceText, textOf } from '../coerce.js';
import { isList, type Shape } from '../shape.js';
import { decodeText } from './charset.js';
import type { Codec, CodecContext } from './codec.js';
import { readAs } from './reading.js';

/**
 * Server-sent events (WHATWG HTML §9.2). The value is the list of events: objects with `data`, `event`, `id` and `retry` where
 * the schema speaks of such (OpenAPI 3.2 §4.14.3), else what their data is.
 */
export function createEventStreamCodec({ shape, mediaTypeObject }: CodecContext): Codec {
  const isOfItems = mediaTypeObject.itemSchema !== undefined;
  const ofEvent = (): Shape => (!isOfItems && isList(shape) ? shape.items() : shape);
  const isOfFields = () => {
    const names = ofEvent().properties();
    return names.has('data') || (isOfItems && (names.has('event') || names.has('retry')));
  };
  return {
    read: (content) => {
      // Event streams are always UTF-8, and broken ones are repaired, not refused (WHATWG HTML §9.2.5).
      const decoded = decodeText(content, { essence: '', parameters: {} });
      const text = 'text' in decoded ? decoded.text : content.toString('utf8');
      const event = ofEvent();
      return readAs(parseEvents(text).map((fields) => (isOfFields() ? typed(fields, event) : dataOf(fields, event))));
    },
    write: (value) => {
      if (typeof value === 'string' && isStream(value)) return Buffer.from(value);
      const events = Array.isArray(value) ? value : [value];
      return Buffer.from(events.map((event) => writeEvent(event, isOfFields())).join(''));
    },
  };
}

type Fields = Record<string, string>;

/** An event that no empty line ends is one too: a client would pass over it, and whoever sent it wants to know what is wrong with it. */
function parseEvents(text: string): Fields[] {
  return text
    .replace(/^\ufeff/, '')
    .split(/(?:\r\n|\r(?!\n)|\n){2,}/)
    .flatMap((block) => {
      const fields: Fields = {};
      for (const line of block.split(/\r\n|\r|\n/)) {
        const [, name = '', value = ''] = /^([^:]*)(?:: ?(.*))?$/s.exec(line) ?? [];
        if (!fieldNames.has(name) || isIgnored(name, value)) continue;
        fields[name] = name === 'data' && fields.data !== undefined ? `${fields.data}\n${value}` : value;
      }
      return Object.keys(fields).length === 0 ? [] : [fields];
    });
}

/** WHATWG HTML §9.2.6: an id with a NULL in it, and a time that is not digits alone. */
const isIgnored = (name: string, value: string) =>
  (name === 'id' && value.includes('\0')) || (name === 'retry' && !/^\d+$/.test(value));

const fieldNames = new Set(['data', 'event', 'id', 'retry']);

function typed(fields: Fields, event: Shape): unknown {
  return Object.fromEntries(
    Object.entries(fields).map(([name, text]) => {
      const property = event.properties().get(name);
      if (!property) return [name, name === 'retry' ? Number(text) : text];
      return [name, coercePart(text, property)];
    }),
  );
}

function dataOf({ data = '' }: Fields, event: Shape): unknown {
  const types = event.types();
  const isScalar = types.length > 0 && !types.includes('object') && !types.includes('array');
  return isScalar ? coerceText(data, types) : jsonOf(data);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function writeEvent(event: unknown, isOfFields: boolean): string {
  const fields = isOfFields && isObject(event) ? event : { data: event };
  const names = ['event', 'id', 'retry', 'data'].filter((name) => fields[name] !== undefined && fields[name] !== null);
  const lines = names.flatMap((name) => {
    const text = textOf(fields[name]);
    return (name === 'data' ? text.split(/\r\n|\r|\n/) : [text.replace(/[\r\n\0]+/g, ' ')]).map(
      (line) => `${name}: ${line}\n`,
    );
  });
  return `${lines.join('')}\n`;
}

/** Whether a text is an event stream: each line a field, a comment or empty, and some a field that is known. */
function isStream(text: string): boolean {
  return (
    /^(?:data|event|id|retry)(?::|$)/m.test(text) &&
    text.split(/\r\n|\r|\n/).every((line) => /^(?:[\w-]*:.*|data|event|id|retry|)$/s.test(line))
  );
}
