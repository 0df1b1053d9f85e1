import type { Resource } from './behaviour/index.js';
import type { Operation } from './contract.js';

/**
 * Has each operation find its resource when that is first asked for, since it takes the operations beside it. From then on it
 * is a plain member.
 */
export function deferResources(
  operations: readonly Operation[],
  resourceOf: (operation: Operation) => Resource | undefined,
): void {
  const property: PropertyDescriptor & ThisType<Operation> = {
    enumerable: true,
    configurable: true,
    get() {
      const value = resourceOf(this);
      Object.defineProperty(this, 'resource', { value, enumerable: true });
      return value;
    },
  };
  for (const operation of operations) Object.defineProperty(operation, 'resource', property);
}
