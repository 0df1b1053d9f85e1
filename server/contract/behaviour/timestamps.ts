import type { Shape } from '../shape.js';
import type { Collection, Timestamp } from './collection.js';
import { aboutItem, bare } from './item-form.js';

const created = /^(?:(?:date|time)?(?:created|creation|inserted)(?:at|on|date|time|timestamp|datetime)?)$/;
const updated =
  /^(?:(?:date|time)?(?:last)?(?:updated|modified|update|modification|changed)(?:at|on|date|time|timestamp|datetime)?)$/;

/** The properties that say when an item was made and last changed, by their names and formats. */
export function timestampsOf(shape: Shape): Collection['timestamps'] {
  const found = [
    ...stampsOf(shape),
    ...[...shape.properties()].flatMap(([within, inner]) =>
      aboutItem.has(bare(within)) ? stampsOf(inner).map((stamp) => ({ ...stamp, within })) : [],
    ),
  ];
  return {
    created: found.filter(({ name }) => created.test(bare(name))),
    updated: found.filter(({ name }) => updated.test(bare(name))),
  };
}

function stampsOf(shape: Shape): Timestamp[] {
  return [...shape.properties()].flatMap(([name, property]): Timestamp[] => {
    const { format } = property.schema();
    return format === 'date-time' || format === 'date' ? [{ name, format }] : [];
  });
}
