import type { ContentType, Reading, RequestMediaType, ResponseMediaType } from '../contract/index.js';
import { parseContentType } from '../contract/index.js';
import { compileOperationObject } from './compile-document.js';

/** A Media Type Object in a document of its own, compiled for a request and for a response. */
export function compileMediaType(
  mediaType: string,
  mediaTypeObject: Readonly<Record<string, unknown>>,
  document: Readonly<Record<string, unknown>> = {},
): { request: RequestMediaType; response: ResponseMediaType } {
  const content = { [mediaType]: mediaTypeObject };
  const { requestBody, responses } = compileOperationObject(
    { requestBody: { content }, responses: { 200: { description: '', content } } },
    document,
  );
  return {
    request: requestBody?.content[0] as RequestMediaType,
    response: responses[0]?.content[0] as ResponseMediaType,
  };
}

/** What content is read as. */
export async function readContent(
  { codecFor }: RequestMediaType,
  content: string | Buffer,
  contentType: string,
): Promise<Reading> {
  const sent = parseContentType(contentType) as ContentType;
  return codecFor(sent.essence).read(Buffer.from(content as string), sent);
}
