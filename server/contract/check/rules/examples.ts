import { locate } from '../../../documents/index.js';
import type { CheckedDocument } from '../checked-document.js';
import type { ClassifiedExample, ExampleClass } from '../examples.js';
import type { CheckRule, Finding } from '../rule.js';

function* ofClass(document: CheckedDocument, wanted: ExampleClass): Iterable<Finding> {
  for (const example of document.examples())
    if (example.class === wanted && !example.silent)
      yield {
        pointer: example.pointer,
        message: `${labelOf(example)} ${example.why}`,
        ...(example.advice && { advice: example.advice }),
      };
}

const labelOf = ({ name }: ClassifiedExample) => (name === undefined ? 'the example' : `the example "${name}"`);

export const examples: readonly CheckRule[] = [
  {
    id: 'example-schema-invalid',
    severity: 'warning',
    finds: 'An example that violates its schema. Class `schema-invalid`.',
    advice: 'correct one of them; until then it is served only when asked for by name',
    examine: (document) => ofClass(document, 'schema-invalid'),
  },
  {
    id: 'example-repaired',
    severity: 'warning',
    finds: 'An example that is a string, though a valid value stands in it. Class `repairable`.',
    advice: 'write it as a value',
    examine: (document) => ofClass(document, 'repairable'),
  },
  {
    id: 'example-unparsable',
    severity: 'warning',
    finds:
      'An example of a JSON body that is a string of broken JSON, or a file of it; also where no schema would tell. Class `unparsable`.',
    advice: 'write it as a value',
    examine: (document) => ofClass(document, 'unparsable'),
  },
  {
    id: 'example-missing',
    severity: 'warning',
    finds:
      'An example whose `externalValue` is a file that is not there, or an entry of `examples` that has no value: the value itself often stands where an object with `value` should. Class `missing`.',
    advice: 'add the file, or put the value under `value`',
    examine: (document) => ofClass(document, 'missing'),
  },
  {
    id: 'example-remote',
    severity: 'note',
    finds:
      'An example whose `externalValue` is at another host, or outside of the folder of the document, and so not read without `--allow-remote` or `--allow-outside`. Class `unresolvable`, as are examples by a `$ref` that leads nowhere (see `unresolved-reference`).',
    advice: 'keep a copy beside the document',
    examine: (document) => ofClass(document, 'unresolvable'),
  },
  {
    id: 'example-and-examples',
    severity: 'error',
    finds: 'Both `example` and `examples` on a media type, parameter or header: they exclude each other.',
    advice: 'make the one an entry of the other',
    *examine({ parts }) {
      for (const { value, pointer } of [...parts.of('MediaType'), ...parts.of('Parameter'), ...parts.of('Header')])
        if (value.example !== undefined && value.examples !== undefined)
          yield { pointer: `${pointer}/example`, message: 'there are both an `example` and `examples`' };
    },
  },
  {
    id: 'example-values',
    severity: 'error',
    finds:
      'An example that says its value twice: `value` with any other form, or `externalValue` with `serializedValue`.',
    advice: 'keep one',
    *examine({ parts, description }) {
      for (const { value, pointer } of parts.of('Example')) {
        const fileOf = (field: string) => locate(description, `${pointer}/${field}`).file;
        const given = ['value', 'externalValue', 'dataValue', 'serializedValue'].filter(
          // A value that was read from elsewhere is what `externalValue` names.
          (field) =>
            field in value &&
            !(field === 'value' && 'externalValue' in value && fileOf('value') !== fileOf('externalValue')),
        );
        const clash = given.includes('value')
          ? given.length > 1
          : given.includes('externalValue') && given.includes('serializedValue');
        if (clash) yield { pointer, message: `this example has ${given.map((field) => `\`${field}\``).join(' and ')}` };
      }
    },
  },
];
