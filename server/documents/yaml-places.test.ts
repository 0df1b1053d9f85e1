import { expect, test } from '@jest/globals';
import { parseSource } from './source.js';

const text = `# A comment
info: {title: "a: b", 'it''s': [1, {x: 2}], empty: }
"quoted key": |
  literal
list:
  - plain
  - 'single'
  - "double"
  - >-
    folded
  - |+
    literal

  - - nested
    - {flow: [a, "b"]}
  - key: value
    other:

      # far
      deep: true
? explicit
: value
200: number
`;

/** The keys of all values. */
function* waysThrough(value: unknown, keys: readonly string[] = []): Generator<readonly string[]> {
  yield keys;
  if (typeof value !== 'object' || value === null) return;
  for (const [key, member] of Object.entries(value)) yield* waysThrough(member, [...keys, key]);
}

test('places are those that the parser knows which reads anchors, too', () => {
  const plain = parseSource({ file: 'a.yaml', text, format: 'yaml' });
  const intricate = parseSource({ file: 'a.yaml', text: `${text}last: &anchor 1\n`, format: 'yaml' });
  const ways = [...waysThrough(plain.value), ['list', '99'], ['info', 'nothing', 'here']];
  expect(ways.map((keys) => [keys, plain.locate(keys)])).toEqual(ways.map((keys) => [keys, intricate.locate(keys)]));
  expect(plain.locate(['list', '4'])).toMatchObject({ line: 11, column: 5 });
});
