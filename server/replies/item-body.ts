import {
  type Collection,
  type Form,
  itemForm,
  type Operation,
  type Resource,
  type ResponseMediaType,
  singularOf,
  type Violation,
} from '../contract/index.js';
import { isObject, toPointer } from '../documents/index.js';
import { firstExample } from './documented.js';
import { at } from './evaluate.js';
import { fitted } from './fitted.js';
import { withMember } from './with-member.js';

/** The body that shows an item, valid; `undefined` where there is none. `otherwise`: what is taken where the item does not do. */
export function bodyOfItem(
  { mediaType, within }: Form,
  item: unknown,
  otherwise: unknown = firstExample(mediaType).value,
): { readonly value: unknown } | undefined {
  const shown = project(item, propertiesAt({ mediaType, within }));
  return fitted(mediaType, within.length === 0 ? shown : withMember(otherwise, within, shown), otherwise);
}

/** The item as it may be stored: with what the schema of an item requires; `undefined` where it can't be made valid. */
export function completed(
  { item: form }: Collection,
  item: Readonly<Record<string, unknown>>,
  before?: unknown,
): Readonly<Record<string, unknown>> | undefined {
  if (!form) return item;
  const example = firstExample(form.mediaType).value;
  const otherwise = before === undefined ? example : withMember(example, form.within, before);
  const body = bodyOfItem(form, item, otherwise);
  const shown = body && at(body.value, form.within);
  return isObject(shown) ? { ...item, ...shown } : undefined;
}

/**
 * What is wrong with an item by the schema of an item, with pointers into it. What is only lacking is no fault: `documentedItem`
 * adds that.
 */
export function faultsOfItem(collection: Collection | undefined, item: unknown): readonly Violation[] {
  if (!collection?.item) return [];
  const { mediaType, within } = collection.item;
  const example = firstExample(mediaType).value;
  const body = within.length === 0 ? item : withMember(example, within, item);
  const outside = toPointer(within);
  return mediaType.validator
    .violations(body, 'body')
    .filter(({ keyword, pointer }) => keyword !== 'required' && `${pointer}/`.startsWith(`${outside}/`))
    .map((violation) => ({ ...violation, pointer: violation.pointer.slice(outside.length) }));
}

/** An item without faults, with what its schema requires beyond it. */
export function documentedItem(collection: Collection | undefined, item: unknown): unknown {
  return collection && isObject(item) ? (completed(collection, item) ?? item) : item;
}

const forms = new WeakMap<ResponseMediaType, Form | null>();

/** Where a response shows the item; `undefined` where it speaks of something else. */
export function formOf(
  mediaType: ResponseMediaType,
  operation: Operation,
  { key, collection }: Resource,
): Form | undefined {
  let form = forms.get(mediaType);
  if (form === undefined) {
    form = itemForm(mediaType, key, singularOf(collection?.path ?? pathOfItem(operation))) ?? null;
    forms.set(mediaType, form);
  }
  return form ?? undefined;
}

const pathOfItem = ({ path }: Operation) => path.replace(/\/\{[^{}]*\}\/?$/, '');

const shown = new WeakMap<object, WeakMap<ResponseMediaType, Buffer>>();

/** The content that shows an item: written once, for an item that changes becomes another. */
export function bytesOfItem(form: Form, item: unknown, key: readonly string[]): Buffer | undefined {
  const { mediaType } = form;
  if (typeof item !== 'object' || item === null) return undefined;
  const kept = shown.get(item)?.get(mediaType);
  if (kept) return kept;
  const body = bodyOfItem(form, item);
  // Under another key it would be another item.
  if (!body || String(at(body.value, [...form.within, ...key])) !== String(at(item, key))) return undefined;
  const bytes = mediaType.codec.write(body.value);
  const all = shown.get(item) ?? new WeakMap<ResponseMediaType, Buffer>();
  all.set(mediaType, bytes);
  shown.set(item, all);
  return bytes;
}

/** The item with the properties that the response documents. */
export function project(item: unknown, properties: ReadonlySet<string> | undefined): unknown {
  if (!properties || !isObject(item)) return item;
  return Object.fromEntries(Object.entries(item).filter(([name]) => properties.has(name)));
}

const known = new WeakMap<ResponseMediaType, ReadonlySet<string> | null>();

/** Names of the properties that an item has in a response; `undefined` where it is open to all. */
export function propertiesAt({ mediaType, within }: Form, ofItems = false): ReadonlySet<string> | undefined {
  let names = known.get(mediaType);
  if (names === undefined) {
    const outer = within.reduce((shape, name) => shape.properties().get(name) ?? shape, mediaType.shape);
    const shape = ofItems ? outer.items() : outer;
    const { additionalProperties, patternProperties } = shape.schema();
    const isOpen = additionalProperties === true || isObject(additionalProperties) || isObject(patternProperties);
    names = isOpen || shape.properties().size === 0 ? null : new Set(shape.properties().keys());
    known.set(mediaType, names);
  }
  return names ?? undefined;
}
