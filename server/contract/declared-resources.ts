import { type Description, type Diagnostic, diagnose, toPointer } from '../documents/index.js';
import type { Resource } from './behaviour/index.js';
import type { Operation } from './contract.js';

/** What is wrong with declared resources that no operation can see alone. Their operations can tell their resources by now. */
export function checkDeclared(
  description: Description,
  declared: ReadonlyMap<Operation, Resource | undefined>,
): Diagnostic[] {
  const first = new Map<string, { readonly operation: Operation; readonly resource: Resource }>();
  return [...declared].flatMap(([operation, said]) => {
    if (!said) return [];
    const report = (message: string, advice: string) => [
      diagnose(
        description,
        `${operation.pointer}/x-standin-resource`,
        'error',
        'extension-invalid',
        `x-standin-resource ${message}`,
        advice,
      ),
    ];
    const { resource } = operation;
    // A change that does not name its collection is of the item that its path names: there has to be one.
    if (!resource)
      return report(
        `changes an item, and no collection is known that ${operation.method} ${operation.path} names one of`,
        'say which by `name` and `key`; `standin check --state` prints those that are known',
      );
    const known = first.get(resource.name);
    if (!known) {
      first.set(resource.name, { operation, resource });
      return [];
    }
    const key = toPointer(known.resource.key);
    const of = `of the collection "${resource.name}"; ${known.operation.method} ${known.operation.path}`;
    if (toPointer(resource.key) !== key)
      return report(`says ${toPointer(resource.key)} is the key ${of} says ${key}`, `write \`key: ${key}\` here, too`);
    if (resource.scope.length !== known.resource.scope.length)
      return report(
        `partitions by ${told(resource.scope)} ${of} by ${told(known.resource.scope)}`,
        'give both as many path parameters in `scope`, or names of their own',
      );
    return [];
  });
}

const told = (scope: readonly string[]) => (scope.length === 0 ? 'nothing' : scope.join(', '));
