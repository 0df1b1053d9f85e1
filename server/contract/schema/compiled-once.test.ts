import { expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { compiledOnce } from './compiled-once.js';

const engine = (allErrors = false) => new Ajv2020({ allErrors });
const compileWith = (schema: object, ajv = engine()) => compiledOnce(ajv, schema, () => ajv.compile(schema));

test('schemas that say the same are compiled once, in whatever document they stand', () => {
  expect(compileWith({ type: 'string', minLength: 2 })).toBe(compileWith({ type: 'string', minLength: 2 }));
  expect(compileWith({ type: 'string', minLength: 2 })).not.toBe(compileWith({ type: 'string', minLength: 3 }));
});

test('those that report all violations are others than those that stop at the first', () => {
  const schema = { required: ['a', 'b'] };
  const [first, all] = [compileWith(schema), compileWith(schema, engine(true))];
  expect([first?.({}), first?.errors?.length]).toEqual([false, 1]);
  expect([all?.({}), all?.errors?.length]).toEqual([false, 2]);
});

test('what a schema refers to may differ between documents, so that it is compiled for each', () => {
  const of = (type: string) => {
    const ajv = engine().addSchema({ type }, 'part');
    return compileWith({ $ref: 'part' }, ajv);
  };
  expect([of('string')?.('x'), of('number')?.('x')]).toEqual([true, false]);
});
