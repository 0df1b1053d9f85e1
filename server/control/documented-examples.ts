import type { Contract, RequestMediaType, ResponseMediaType } from '../contract/index.js';
import { isObject, toPointer, valueAt } from '../documents/index.js';

/** An example that the document gives; one that stands alone has no name. */
export interface DocumentedExample {
  readonly name?: string;
  readonly pointer: string;
}

/** The examples of a media type that are documented as such. None is made up, or read, for that: there may be thousands. */
export function documentedExamples(
  { description }: Contract,
  { pointer }: RequestMediaType | ResponseMediaType,
): readonly DocumentedExample[] {
  const mediaType = valueAt(description.root, pointer);
  if (!isObject(mediaType)) return [];
  if (isObject(mediaType.examples))
    return Object.keys(mediaType.examples).map((name) => ({ name, pointer: pointer + toPointer(['examples', name]) }));
  return mediaType.example === undefined ? [] : [{ pointer: `${pointer}/example` }];
}
