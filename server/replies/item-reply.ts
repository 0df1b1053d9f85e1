import { lazyOf, type Operation, type Resource, type Response, type ResponseMediaType } from '../contract/index.js';
import { type ApiRequest, headerOf } from './api-request.js';
import { type Composition, composeBytes, composeVerbatim, withNote } from './compose.js';
import type { Documented } from './documented.js';
import { withEntityTag } from './entity-tag.js';
import { at } from './evaluate.js';
import { bytesOfItem, formOf } from './item-body.js';
import { toHeaderText } from './preferences.js';
import { type Reply, withHeaders } from './reply.js';

interface Outcome {
  readonly kind: 'created' | 'found';
  readonly item: unknown;
}

/** The reply that shows an item; the example where the response speaks of something else. */
export function itemReply(
  operation: Operation,
  request: ApiRequest,
  composition: Composition & { readonly mediaType: ResponseMediaType },
  outcome: Outcome,
): Reply {
  const resource = operation.resource as Resource;
  const form = formOf(composition.mediaType, operation, resource);
  const bytes = form && bytesOfItem(form, outcome.item, resource.key);
  const reply = bytes
    ? composeBytes(operation, composition, bytes)
    : form
      ? withNote(
          composeVerbatim(operation, { ...composition, reason: 'example' }),
          'the item does not fit the documented schema, so the example is served',
        )
      : composeVerbatim(operation, composition);
  return withItemHeaders(reply, operation, request, composition.documented, outcome);
}

/** What headers say of an item, where they are documented. */
export function withItemHeaders(
  reply: Reply,
  operation: Operation,
  request: ApiRequest,
  documented: Documented,
  outcome: Outcome,
): Reply {
  const located = withLocation(reply, operation, request, documented, outcome);
  return withEntityTag(located, documented.response, outcome.item);
}

const locationOf = lazyOf(({ headers }: Response) => headers.find(({ name }) => name.toLowerCase() === 'location'));

/** Where the item is that was created (RFC 9110 §10.2.2), where the response documents that it says so. */
function withLocation(
  reply: Reply,
  { resource }: Operation,
  request: ApiRequest,
  { response }: Documented,
  { kind, item }: Outcome,
): Reply {
  const header = locationOf(response);
  const key = resource && at(item, resource.key);
  if (!resource || !header || kind !== 'created' || key === undefined) return reply;
  const path = request.url.replace(/[?#].*$/, '').replace(/\/$/, '');
  const relative = resource.parameter === undefined ? `${path}/${encodeURIComponent(String(key))}` : path;
  const host = headerOf(request, 'host');
  const absolute = host === undefined ? [] : [`http://${host}${relative}`];
  const location = [relative, ...absolute].find((text) => header.validator.check(text));
  return location === undefined ? reply : withHeaders(reply, { location: toHeaderText(location) });
}
