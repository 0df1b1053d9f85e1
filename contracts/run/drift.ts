import { type Contract, essenceOf, isJson, type Operation } from '../../server/contract/index.js';
import { isObject } from '../../server/documents/index.js';
import { findResponse } from '../../server/replies/index.js';
import { type Answer, jsonIn } from './answer.js';
import { schemaOf } from './judge-meaning.js';
import { walk } from './walk.js';

/** Where a service and its document have grown apart, though neither is at fault. */
export interface Drift {
  readonly api: string;
  readonly operation: string;
  /** The documented response: `200`, `4XX`, `default`. */
  readonly status: string;
  readonly mediaType: string;
  /** Properties as `/items/{index}/name`, in the order of their names. */
  readonly undocumented: readonly string[];
  /** Documented, and in none of the answers. */
  readonly unobserved: readonly string[];
  /** How many answers that was found in. */
  readonly answers: number;
}

interface DriftObserver {
  readonly observe: (contract: Contract, operation: Operation, answer: Answer) => void;
  readonly drifts: () => readonly Drift[];
}

interface Seen {
  readonly api: string;
  readonly operation: string;
  readonly status: string;
  readonly mediaType: string;
  readonly observed: Set<string>;
  readonly undocumented: Set<string>;
  readonly documented: Set<string>;
  answers: number;
}

/** Compares what is documented with what comes, answer by answer. Only of JSON. */
export function createDriftObserver(): DriftObserver {
  const seen = new Map<string, Seen>();
  return {
    observe: (contract, operation, answer) => {
      const response = findResponse(operation, answer.status)?.response;
      const essence = essenceOf(String(answer.headers['content-type'] ?? ''));
      const mediaType = response?.content.find((one) => one.mediaType === essence);
      const located = mediaType && schemaOf(contract, mediaType);
      if (!response || !mediaType || !located || !isJson(mediaType.mediaType)) return;
      const value = jsonIn(answer);
      if (value === undefined) return;
      const key = [contract.name, operation.id, response.status, mediaType.mediaType].join('\n');
      const entry: Seen = seen.get(key) ?? {
        api: contract.name,
        operation: operation.id,
        status: response.status,
        mediaType: mediaType.mediaType,
        observed: new Set(),
        undocumented: new Set(),
        documented: new Set(),
        answers: 0,
      };
      seen.set(key, entry);
      entry.answers++;
      walk(contract.description, located, value, ({ value: at, keys, schemas }) => {
        if (!isObject(at) || schemas.length === 0) return;
        const place = keys.map((one) => `/${/^\d+$/.test(one) ? '*' : one}`).join('');
        const properties = schemas.flatMap(({ schema }) => (isObject(schema.properties) ? [schema.properties] : []));
        // Without any, an object is a map, whose names are nobody's to document.
        if (properties.length === 0) return;
        const names = new Set(
          properties.flatMap((one) =>
            Object.entries(one).flatMap(([name, property]) =>
              isObject(property) && property.writeOnly === true ? [] : [name],
            ),
          ),
        );
        const isMap = schemas.some(
          ({ schema: { additionalProperties, patternProperties } }) =>
            isObject(additionalProperties) || isObject(patternProperties),
        );
        for (const name of names) entry.documented.add(`${place}/${name}`);
        for (const name of Object.keys(at)) {
          entry.observed.add(`${place}/${name}`);
          if (!names.has(name) && !isMap) entry.undocumented.add(`${place}/${name}`);
        }
      });
    },
    drifts: () =>
      [...seen.values()].flatMap(({ observed, undocumented, documented, ...entry }) => {
        const unobserved = [...documented].filter((place) => !observed.has(place)).sort();
        if (undocumented.size === 0 && unobserved.length === 0) return [];
        return [{ ...entry, undocumented: [...undocumented].sort(), unobserved }];
      }),
  };
}
