import type { Shape } from '../shape.js';

/** Whether a string of the schema stands for octets: `format: binary` of 3.0, and 3.1's string with a media type of its own. */
export function isBinary(shape: Shape): boolean {
  const { format, contentMediaType, contentEncoding } = shape.schema();
  return format === 'binary' || (typeof contentMediaType === 'string' && contentEncoding === undefined);
}

/** Whether a string of the schema stands for octets written in base 64: `format: byte`, `contentEncoding: base64`. */
export function base64Of(shape: Shape): 'base64' | 'base64url' | undefined {
  const { format, contentEncoding } = shape.schema();
  const coding = typeof contentEncoding === 'string' ? contentEncoding.toLowerCase() : undefined;
  if (coding === 'base64url' || coding === 'base64') return coding;
  return format === 'byte' || format === 'base64' ? 'base64' : undefined;
}
