import { isDeepStrictEqual } from 'node:util';
import { isObject, type JsonObject } from '../../../documents/index.js';
import type { CheckedDocument } from '../checked-document.js';
import type { CheckRule } from '../rule.js';

/** All schemas that must hold together: the schema itself, what its `$ref` names, and the members of its `allOf`. */
function together(document: CheckedDocument, schema: unknown, pointer: string, depth = 0): JsonObject[] {
  if (!isObject(schema) || depth > 16) return [];
  if (typeof schema.$ref === 'string') {
    const { $ref: _, ...rest } = schema;
    const target = document.follow({ $ref: schema.$ref }, pointer);
    const named = target ? together(document, target.value, target.pointer, depth + 1) : [];
    return document.is30 ? named : [rest, ...named];
  }
  const members = Array.isArray(schema.allOf) ? schema.allOf : [];
  return [
    schema,
    ...members.flatMap((member, index) => together(document, member, `${pointer}/allOf/${index}`, depth + 1)),
  ];
}

const bounds = [
  ['minLength', 'maxLength', ['string']],
  ['minItems', 'maxItems', ['array']],
  ['minProperties', 'maxProperties', ['object']],
  ['minimum', 'maximum', ['number', 'integer']],
] as const;

const types = ['array', 'boolean', 'integer', 'null', 'number', 'object', 'string'];

/** Why no value at all satisfies the schemas together; `undefined` where none of what is looked at says so. */
function contradiction(schemas: readonly JsonObject[], is30: boolean): string | undefined {
  const allowed = schemas.flatMap((schema) => {
    const given = [schema.type].flat().filter((type) => types.includes(type as string));
    return given.length === 0 ? [] : [new Set([...given, ...(is30 && schema.nullable === true ? ['null'] : [])])];
  });
  const common = types.filter((type) =>
    allowed.every((set) => set.has(type) || (type === 'integer' && set.has('number'))),
  );
  if (common.length === 0) return `nothing is ${allowed.map((set) => [...set].join(' or ')).join(' and also ')}`;
  const choices = schemas.flatMap((schema) =>
    'const' in schema ? [[schema.const]] : Array.isArray(schema.enum) ? [schema.enum as unknown[]] : [],
  );
  const [first, ...others] = choices;
  if (first && !first.some((value) => others.every((list) => list.some((other) => isDeepStrictEqual(value, other)))))
    return first.length === 0 ? 'its `enum` is empty' : 'no value is in each `enum` or `const`';
  for (const [low, high, ofTypes] of bounds) {
    if (allowed.length === 0 || !common.every((type) => (ofTypes as readonly string[]).includes(type))) continue;
    const least = Math.max(...numbers(schemas, low));
    const most = Math.min(...numbers(schemas, high));
    if (least > most) return `\`${low}\` ${least} is above \`${high}\` ${most}`;
  }
  return undefined;
}

const numbers = (schemas: readonly JsonObject[], keyword: string) =>
  schemas.map((schema) => schema[keyword]).filter((value) => typeof value === 'number');

export const contradictions: readonly CheckRule[] = [
  {
    id: 'schema-contradictory',
    severity: 'error',
    finds:
      'A schema that nothing satisfies: types in its `allOf` that exclude each other, no value in every `enum`, a minimum above the maximum.',
    advice: 'correct the schema; `oneOf` or `anyOf` may be meant',
    *examine(document) {
      for (const { value, pointer } of document.parts.of('Schema')) {
        const why = contradiction(together(document, value, pointer), document.is30);
        // What only names a contradictory schema needs no word of its own.
        if (why !== undefined && !(typeof value.$ref === 'string' && Object.keys(value).length === 1))
          yield { pointer, message: `nothing satisfies this schema: ${why}` };
      }
    },
  },
];
