import { type Diagnostic, diagnose } from '../documents/index.js';
import type { Contract, Example } from './contract.js';

/** Of longer documents (in characters) examples are examined when somebody asks for that: their schemas fill the memory. */
const examinedMax = 6 * 1024 * 1024;

/** What is wrong with the examples of a contract: each broken one, with its place and what is served in its stead. */
export function examineExamples(contract: Contract): Diagnostic[] {
  return [...examineByOperation(contract)].flat();
}

/** The same in portions, one for each operation, for those who have something else to do in between. */
export function* examineByOperation(contract: Contract): Generator<Diagnostic[]> {
  const { description, operations } = contract;
  if (description.source.text.length > examinedMax) {
    const megabytes = Math.round(description.source.text.length / 1e6);
    yield [
      diagnose(
        description,
        '',
        'note',
        'examples-not-examined',
        `the examples of this document of ${megabytes} MB are not examined while it is served`,
        'run `standin check` on it to know of them',
      ),
    ];
    return;
  }
  const seen = new Set<string>();
  for (const { requestBody, responses } of operations) {
    const mediaTypes = [...(requestBody?.content ?? []), ...responses.flatMap(({ content }) => content)];
    yield mediaTypes.flatMap((mediaType) =>
      mediaType.examples().flatMap((example) => {
        if (seen.has(example.pointer)) return [];
        seen.add(example.pointer);
        return examine(contract, example);
      }),
    );
  }
}

function examine({ description }: Contract, { name, pointer, state, origin }: Example): Diagnostic[] {
  const label = name === undefined ? 'the example' : `the example "${name}"`;
  if (state.kind === 'repaired')
    return [
      diagnose(
        description,
        pointer,
        'warning',
        'example-repaired',
        `${label} is broken: ${state.how}`,
        'write it as a value',
      ),
    ];
  if (state.kind === 'valid') return [];
  const [first] = state.violations;
  const why = first ? `${first.pointer || 'the value'} ${first.message}` : 'it is not valid';
  if (origin !== 'generated') {
    return [
      diagnose(
        description,
        pointer,
        'warning',
        'example-schema-invalid',
        `${label} violates its schema: ${why}`,
        'correct one of them; until then it is served only when asked for by name',
      ),
    ];
  }
  return [
    diagnose(
      description,
      pointer,
      'warning',
      'schema-unsatisfied',
      `no value was found that this schema accepts: ${why}`,
      'add an example, or correct the schema',
    ),
  ];
}
