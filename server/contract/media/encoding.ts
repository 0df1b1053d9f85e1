import { isObject, type JsonObject, resolve, toPointer } from '../../documents/index.js';
import type { ResponseHeader } from '../contract.js';
import { delimiterOf } from '../delimited.js';
import { isFromSwagger, itemStylesOf } from '../item-styles.js';
import { lazy } from '../lazy.js';
import type { CodecContext } from './codec.js';

/** How one property of a form, or one part, is written: an Encoding Object (OpenAPI 3.1.1 §4.8.15). */
export interface Encoding {
  /** Media types and ranges of them, lower case; empty where none is named, or none counts. */
  readonly contentTypes: readonly string[];
  /** Absent where neither `style`, `explode` nor `allowReserved` is there: then the content type says how it is written. */
  readonly style?: string;
  readonly explode: boolean;
  readonly allowReserved: boolean;
  /** Between the items of lists in lists, by depth; what no document but one of OpenAPI 2.0 says. */
  readonly itemDelimiters: readonly string[];
  /** Of a part, `Content-Type` not among them. */
  readonly headers: () => readonly ResponseHeader[];
  /** The Encoding Object, which of a part that is multipart itself says how its parts are written (OpenAPI 3.2 §4.16). */
  readonly object: JsonObject;
  readonly pointer: string;
}

export type Encodings = (name: string) => Encoding;

/** By the property's name. */
export function readEncodings(context: CodecContext): Encodings {
  const { description, mediaTypeObject, pointer } = context;
  const unsaid = readEncoding(context, {}, '');
  const { encoding } = mediaTypeObject;
  if (!isObject(encoding)) return () => unsaid;
  const found = new Map(
    Object.entries(encoding).map(([name, value]) => {
      const at = resolve(description, value, `${pointer}${toPointer(['encoding', name])}`);
      return [name, isObject(at.value) ? readEncoding(context, at.value, at.pointer) : unsaid] as const;
    }),
  );
  return (name) => found.get(name) ?? unsaid;
}

export function readEncoding(context: CodecContext, object: JsonObject, pointer: string): Encoding {
  const { contentType, style, explode, allowReserved, headers } = object;
  const isStyled =
    (style !== undefined || explode !== undefined || allowReserved !== undefined) && stylesCount(context, object);
  const named = typeof style === 'string' ? style : 'form';
  return {
    // What has a style has no content type (OpenAPI 3.1.1 §4.8.15.1.2).
    contentTypes:
      typeof contentType === 'string' && !(isStyled && hasNoContentType(context))
        ? contentType.split(',').map((one) => one.trim().toLowerCase())
        : [],
    ...(isStyled && { style: named }),
    explode: isStyled && typeof explode === 'boolean' ? explode : !isStyled || named === 'form',
    allowReserved: isStyled && allowReserved === true,
    itemDelimiters: itemStylesOf(object).map(delimiterOf),
    headers: lazy(() => context.headersOf(headers, `${pointer}/headers`)),
    object,
    pointer,
  };
}

/** In OpenAPI 3.0 they are ignored but in forms that are URL-encoded (3.0.4 §4.7.15), from 3.1 on but in forms of either kind (§4.8.15.1.2). */
function stylesCount({ description, contentType: { essence } }: CodecContext, object: JsonObject): boolean {
  if (essence === 'application/x-www-form-urlencoded' || isFromSwagger(object)) return true;
  return essence === 'multipart/form-data' && !is30(description);
}

const is30 = ({ version }: CodecContext['description']) => version.startsWith('3.0');
const hasNoContentType = ({ description }: CodecContext) => !is30(description);
