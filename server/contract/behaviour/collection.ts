import type { ResponseMediaType } from '../contract.js';

/** Where an item, or a list of items, stands in a body: the keys that lead there; none for the body itself. */
export interface Form {
  readonly mediaType: ResponseMediaType;
  readonly within: readonly string[];
}

/** What a document says of a collection without meaning to: by its paths, its schemas and its examples. */
export interface Collection {
  /** The path of the collection, and that of an item. */
  readonly path: string;
  readonly itemPath: string;
  /** Where an item carries its identity. */
  readonly key: readonly string[];
  /** Whether clients can create items in it. */
  readonly canGrow: boolean;
  /** What an item must be like; absent where no response shows one. */
  readonly item?: Form;
  /** Whose examples are there from the start. */
  readonly examples: readonly (Form & { readonly isList: boolean })[];
  /** Names of the properties of an item that say when it was made, and when it was last changed. */
  readonly timestamps: { readonly created: readonly Timestamp[]; readonly updated: readonly Timestamp[] };
  /** Properties of an item that name what it is below: by the place of the path parameter in the path of the collection. */
  readonly outer: readonly OuterKey[];
  /** Names of the properties that are `readOnly`: a client can not say them, so it can not take them away. */
  readonly readOnly: readonly string[];
  /** Where the key comes from, in words. */
  readonly keyFrom: string;
  /** Where the schema of an item stands. */
  readonly itemPointer: string;
}

export interface OuterKey {
  readonly name: string;
  readonly index: number;
  readonly isNumber: boolean;
}

export interface Timestamp {
  /** The member around it, where it is not of the item itself. */
  readonly within?: string;
  readonly name: string;
  readonly format: 'date-time' | 'date';
}
