import type { Description, Origin } from './description.js';
import { parseSource, type Source, type SourceText } from './source.js';

/** A description that another thread can be given (HTML §2.7, the structured clone algorithm). */
export interface PackedDescription extends Omit<Description, 'source' | 'origins'> {
  /** Where values come from; the first is the document itself. */
  readonly sources: readonly PackedSource[];
  /** The values that came from elsewhere, by what they are members of. */
  readonly origins: ReadonlyMap<object, ReadonlyMap<string, PackedOrigin>>;
}

/** A text with places, or no more than the name of a file. */
type PackedSource = SourceText | { readonly file: string };

interface PackedOrigin {
  /** Its index. */
  readonly source: number;
  readonly keys: readonly string[];
}

export function packDescription({ source, origins, ...description }: Description): PackedDescription {
  const sources = new Map<Source, number>();
  const indexOf = (one: Source) => {
    const index = sources.get(one) ?? sources.size;
    sources.set(one, index);
    return index;
  };
  indexOf(source);
  const packed = new Map<object, ReadonlyMap<string, PackedOrigin>>();
  const seen = new Set<unknown>();
  const open: unknown[] = [description.root];
  while (open.length > 0) {
    const value = open.pop();
    if (typeof value !== 'object' || value === null || seen.has(value)) continue;
    seen.add(value);
    const written = origins.get(value);
    if (written)
      packed.set(
        value,
        new Map(Array.from(written, ([name, { source: from, keys }]) => [name, { source: indexOf(from), keys }])),
      );
    for (const member of Object.values(value)) open.push(member);
  }
  return {
    ...description,
    sources: Array.from(sources.keys(), ({ file, from }) => from ?? { file }),
    origins: packed,
  };
}

export function unpackDescription({ sources: packed, origins, ...description }: PackedDescription): Description {
  const sources = packed.map(unpackSource);
  const unpacked = new WeakMap<object, Map<string, Origin>>();
  for (const [value, written] of origins)
    unpacked.set(
      value,
      new Map(Array.from(written, ([name, { source, keys }]) => [name, { source: sources[source] as Source, keys }])),
    );
  return { ...description, source: sources[0] as Source, origins: unpacked };
}

function unpackSource(source: PackedSource): Source {
  if ('text' in source) return parseSource(source);
  const { file } = source;
  return { file, text: '', value: undefined, warnings: [], locate: () => ({ file, line: 1, column: 1 }) };
}
