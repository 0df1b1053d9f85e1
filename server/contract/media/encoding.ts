import { isObject, type JsonObject, resolve, toPointer } from '../../documents/index.js';
import type { CodecContext } from './codec.js';

/** How one property of a form, or one part, is written: an Encoding Object (OpenAPI 3.1.1 §4.8.15). */
export interface Encoding {
  /** Media types and ranges of them, lower case; empty where none is named. */
  readonly contentTypes: readonly string[];
  /** Absent where neither `style`, `explode` nor `allowReserved` is there: then the content type says how it is written. */
  readonly style?: string;
  readonly explode: boolean;
  /** Names, in lower case, of the headers that a part must have. */
  readonly requiredHeaders: readonly string[];
}

const unsaid: Encoding = { contentTypes: [], explode: true, requiredHeaders: [] };

export type Encodings = (name: string) => Encoding;

/** By the property's name. */
export function readEncodings({ description, mediaTypeObject, pointer }: CodecContext): Encodings {
  const { encoding } = mediaTypeObject;
  if (!isObject(encoding)) return () => unsaid;
  const found = new Map(
    Object.entries(encoding).map(([name, value]) => {
      const at = resolve(description, value, `${pointer}${toPointer(['encoding', name])}`);
      return [name, isObject(at.value) ? readEncoding(at.value) : unsaid] as const;
    }),
  );
  return (name) => found.get(name) ?? unsaid;
}

export function readEncoding({ contentType, style, explode, allowReserved, headers }: JsonObject): Encoding {
  const isStyled = style !== undefined || explode !== undefined || allowReserved !== undefined;
  const named = typeof style === 'string' ? style : 'form';
  return {
    contentTypes: typeof contentType === 'string' ? contentType.split(',').map((one) => one.trim().toLowerCase()) : [],
    ...(isStyled && { style: named }),
    explode: typeof explode === 'boolean' ? explode : named === 'form',
    requiredHeaders: Object.entries(isObject(headers) ? headers : {}).flatMap(([name, header]) =>
      isObject(header) && header.required === true && name.toLowerCase() !== 'content-type' ? [name.toLowerCase()] : [],
    ),
  };
}
