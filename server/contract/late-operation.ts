import type { Operation } from './contract.js';

const late = ['parameters', 'requestBody', 'responses', 'callbacks', 'fires', 'rules'] as const;

/** What takes long to compile, and is needed when the operation is asked for. */
export type Completion = Pick<Operation, (typeof late)[number]>;
/** What is needed to find an operation. */
export type Outline = Omit<Operation, (typeof late)[number]>;

const completion = Symbol('completion');

type Late = Outline & { readonly [completion]: () => Completion };

/**
 * An operation that is completed when first asked for more than its outline. From then on its members are plain ones, so that
 * requests pay nothing for it.
 */
export function createLateOperation(outline: Outline, complete: () => Completion): Operation {
  // Not spread: what is spread and then given accessors takes V8 three times as long, and there may be thousands.
  const operation = Object.assign({}, outline, { [completion]: complete });
  return Object.defineProperties(operation, accessors) as unknown as Operation;
}

function finish(operation: Late): Completion {
  const made = operation[completion]();
  for (const name of late) Object.defineProperty(operation, name, { value: made[name], enumerable: true });
  return made;
}

const accessors: PropertyDescriptorMap = Object.fromEntries(
  late.map((name) => [
    name,
    {
      enumerable: true,
      configurable: true,
      get(this: Late) {
        return finish(this)[name];
      },
    },
  ]),
);
