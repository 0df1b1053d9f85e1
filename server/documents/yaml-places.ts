import { EVENT_ID, type Event, getScalarValue, parseEvents, SCALAR_STYLE } from 'js-yaml';

/** What of a YAML text its places are found by. */
interface PlacedNode {
  /** Where it starts. */
  readonly offset: number;
  /** By name, or by index; none where it has no parts. */
  readonly parts?: ReadonlyMap<string, PlacedPart>;
}

interface PlacedPart {
  /** Of the name of a property; of an item itself. */
  readonly offset: number;
  readonly node: PlacedNode;
}

/**
 * The offset of what keys lead to: of its name, where it is a property. The nearest ancestor where there is no such value. The text
 * has neither anchors nor tags, and is known to be YAML.
 */
export function placesInYaml(text: string): (keys: readonly string[]) => number {
  const events = parseEvents(text, {});
  let at = events.findIndex(({ type }) => type !== EVENT_ID.DOCUMENT);
  const root = at === -1 ? { offset: 0 } : read();

  function read(): PlacedNode {
    const event = events[at++] as Event;
    if (event.type === EVENT_ID.SCALAR) return { offset: startOf(event, text) };
    if (event.type !== EVENT_ID.MAPPING && event.type !== EVENT_ID.SEQUENCE) return { offset: 0 };
    const parts = new Map<string, PlacedPart>();
    while (events[at]?.type !== EVENT_ID.POP) {
      if (event.type === EVENT_ID.SEQUENCE) {
        const node = read();
        parts.set(String(parts.size), { offset: node.offset, node });
      } else {
        const key = events[at] as Event;
        const { offset } = read();
        const node = read();
        if (key.type === EVENT_ID.SCALAR) parts.set(getScalarValue(text, key), { offset, node });
      }
    }
    at++;
    return { offset: event.start, parts };
  }

  return (keys) => {
    let { offset } = root;
    let node: PlacedNode = root;
    for (const key of keys) {
      const part = node.parts?.get(key);
      if (!part) break;
      ({ offset, node } = part);
    }
    return offset;
  };
}

/** Values of quoted and block scalars begin after what says that they are such. */
function startOf({ valueStart, style }: Extract<Event, { type: typeof EVENT_ID.SCALAR }>, text: string): number {
  if (style === SCALAR_STYLE.SINGLE_QUOTED || style === SCALAR_STYLE.DOUBLE_QUOTED) return valueStart - 1;
  if (style === SCALAR_STYLE.LITERAL_BLOCK) return text.lastIndexOf('|', valueStart - 1);
  if (style === SCALAR_STYLE.FOLDED_BLOCK) return text.lastIndexOf('>', valueStart - 1);
  return valueStart;
}
