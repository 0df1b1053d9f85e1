import { type Contract, flatten, type Operation, type Parameter } from '../../server/contract/index.js';
import { fromPointer, isObject, toPointer, valueAt } from '../../server/documents/index.js';
import type { ContractCase } from '../case.js';
import type { Outcome } from '../run/run-case.js';

/** A parameter, or a value in a request body, and what the cases say of each constraint that its schema has. */
export interface InputRow {
  readonly api: string;
  readonly operation: string;
  readonly in: Parameter['in'] | 'body';
  /** The parameter's name; of a body, its media type and the JSON Pointer in it. */
  readonly name: string;
  readonly keywords: readonly {
    readonly keyword: string;
    readonly verdict: 'proved' | 'violated' | 'not provokable' | 'untried';
  }[];
}

/** Those by which a schema refuses a value (JSON Schema 2020-12 Validation, §6; Applicators, §10.2). */
const assertions = new Set(
  'type enum const multipleOf maximum exclusiveMaximum minimum exclusiveMinimum maxLength minLength pattern format maxItems minItems uniqueItems contains propertyNames maxProperties minProperties dependentRequired additionalProperties unevaluatedProperties oneOf anyOf not discriminator'.split(
    ' ',
  ),
);

/** Those of an object that are broken by a member, which is what the violation names. */
const ofOthers = new Set(['additionalProperties', 'unevaluatedProperties', 'dependentRequired']);

/** In the pointers of rows. */
const anyItem = '*';

/** Deeper values are counted with those that hold them. */
const depthMax = 3;

/** Parameters and bodies × the keywords of their schemas, in the order of the documents. */
export function createInputs(contracts: readonly Contract[], outcomes: readonly Outcome[]): InputRow[] {
  const byOperation = new Map<string, Outcome[]>();
  for (const outcome of outcomes) {
    if (!outcome.case.breach) continue;
    const key = `${outcome.case.api} ${outcome.case.operation}`;
    byOperation.set(key, [...(byOperation.get(key) ?? []), outcome]);
  }
  return contracts.flatMap((contract) =>
    contract.operations.flatMap((operation) => {
      const own = byOperation.get(`${contract.name} ${operation.id}`) ?? [];
      return [...ofParameters(contract, operation), ...ofBodies(contract, operation)].map((input) => ({
        api: contract.name,
        operation: operation.id,
        in: input.in,
        name: input.mediaType === undefined ? input.name : `${input.mediaType} ${input.name || '/'}`,
        keywords: input.keywords.map((keyword) => ({ keyword, verdict: verdictOf(own, input, keyword) })),
      }));
    }),
  );
}

interface Input {
  readonly in: InputRow['in'];
  /** Of a body: the JSON Pointer. */
  readonly name: string;
  readonly mediaType?: string;
  readonly keywords: readonly string[];
}

function ofParameters({ description }: Contract, { parameters }: Operation): Input[] {
  return parameters.map((parameter) => {
    const pointer = parameter.mediaType
      ? `${parameter.pointer}/content${toPointer([parameter.mediaType])}/schema`
      : `${parameter.pointer}/schema`;
    const schema = flatten(description, { schema: valueAt(description.root, pointer), pointer });
    return {
      in: parameter.in,
      name: parameter.name,
      keywords: [...(parameter.required ? ['required'] : []), ...keywordsOf(schema)],
    };
  });
}

function ofBodies({ description }: Contract, { requestBody }: Operation): Input[] {
  return (requestBody?.content ?? []).flatMap(({ mediaType, schema, schemaPointer }) => {
    const inputs: Input[] = [];
    const visit = (given: unknown, pointer: string, keys: readonly string[], isRequired: boolean) => {
      const flat = flatten(description, { schema: given, pointer });
      const keywords = [...(isRequired ? ['required'] : []), ...keywordsOf(flat)];
      if (keywords.length > 0) inputs.push({ in: 'body', name: toPointer(keys), mediaType, keywords });
      if (keys.length >= depthMax) return;
      if (isObject(flat.items)) visit(flat.items, `${pointer}/items`, [...keys, anyItem], false);
      if (!isObject(flat.properties)) return;
      const required = Array.isArray(flat.required) ? flat.required : [];
      for (const [name, member] of Object.entries(flat.properties)) {
        if (isObject(member) && member.readOnly === true) {
          inputs.push({ in: 'body', name: toPointer([...keys, name]), mediaType, keywords: ['readOnly'] });
          continue;
        }
        visit(member, `${pointer}${toPointer(['properties', name])}`, [...keys, name], required.includes(name));
      }
    };
    visit(schema, schemaPointer, [], requestBody?.required ?? false);
    return inputs;
  });
}

function keywordsOf(schema: Readonly<Record<string, unknown>>): string[] {
  return Object.keys(schema).filter(
    (name) => assertions.has(name) && !(schema[name] === true && /Properties$/.test(name)),
  );
}

function verdictOf(
  outcomes: readonly Outcome[],
  input: Input,
  keyword: string,
): InputRow['keywords'][number]['verdict'] {
  const mine = outcomes.filter((outcome) => breaks(outcome.case, input, keyword));
  for (const verdict of ['violated', 'proved', 'not provokable'] as const)
    if (mine.some((outcome) => outcome.verdict === verdict)) return verdict;
  return 'untried';
}

function breaks({ breach }: ContractCase, input: Input, keyword: string): boolean {
  if (!breach || breach.keyword !== keyword) return false;
  if (input.in !== 'body') return breach.location === input.in && fromPointer(breach.pointer)[0] === input.name;
  if (breach.location !== 'body') return false;
  const pointer = ofOthers.has(keyword) ? breach.pointer.replace(/\/[^/]*$/, '') : breach.pointer;
  return pointer === input.name || pointer.replace(/\/\d+(?=\/|$)/g, `/${anyItem}`) === input.name;
}
