import { expect, test } from '@jest/globals';
import { formatDiagnostic } from '../documents/index.js';
import { compileDocument } from '../testing/compile-document.js';
import { examineExamples } from './examine.js';

function examine(mediaType: string, components = '') {
  const contract = compileDocument(`openapi: 3.1.0
info: { title: A, version: '1' }
paths:
  /a:
    get:
      responses:
        '200': { $ref: '#/components/responses/A' }
        '201': { $ref: '#/components/responses/A' }
components:
  responses:
    A:
      description: a
      content:
        application/json:
${mediaType}
${components}`);
  return examineExamples(contract).map((diagnostic) => formatDiagnostic(diagnostic).replace(/^.*openapi\.yaml:/, ''));
}

test('valid examples are nothing to speak of', () => {
  expect(examine('          { schema: { type: integer }, examples: { a: { value: 1 } } }')).toEqual([]);
});

test('an invalid example is a warning where it stands, told once', () => {
  expect(
    examine(`          schema: { type: object, required: [id] }
          examples:
            a:
              value: {}`),
  ).toEqual([
    '18:15 warning the example "a" violates its schema: /id is required; correct one of them; until then it is served only when asked for by name [example-schema-invalid]',
  ]);
});

test('an example without a name is spoken of as the example', () => {
  expect(examine('          { schema: { type: integer }, example: one }')).toEqual([
    expect.stringContaining('warning the example violates its schema: the value must be integer'),
  ]);
});

test('a repaired example is a warning that says what is served', () => {
  expect(examine(`          schema: { type: object }\n          example: '{"a": 1,}'`)).toEqual([
    '16:11 warning the example is broken: it is a string that holds JSON with trailing commas or comments; the value inside is served; write it as a value [example-repaired]',
  ]);
});

test('a schema that nothing satisfies is a warning', () => {
  expect(examine('          schema: { type: integer, minimum: 2, maximum: 1 }')).toContainEqual(
    expect.stringMatching(
      /^15:11 warning no value was found that this schema accepts: the value must be .* \[schema-unsatisfied\]$/,
    ),
  );
});
