import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';

interface VirtualListProps<T> {
  readonly label: string;
  readonly items: readonly T[];
  readonly keyOf: (item: T) => number;
  /** The key of the one that is chosen. */
  readonly chosen: number | undefined;
  readonly onChoose: (item: T) => void;
  readonly row: (item: T) => ComponentChildren;
  readonly rowHeight?: number;
}

/** Rows beyond those in sight, so that there is something to scroll to. */
const margin = 8;

/**
 * A list box (ARIA) of any length, of which only what is in sight is in the page. Items are added at its top: who has scrolled
 * down keeps what they look at.
 */
export function VirtualList<T>({ label, items, keyOf, chosen, onChoose, row, rowHeight = 36 }: VirtualListProps<T>) {
  const box = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: 600 });
  const first = items[0];
  const firstBefore = useRef<number | undefined>(undefined);

  useLayoutEffect(() => {
    const element = box.current as HTMLDivElement;
    const observer = new ResizeObserver(() => setView({ top: element.scrollTop, height: element.clientHeight }));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const firstKey = first === undefined ? undefined : keyOf(first);
  useLayoutEffect(() => {
    const element = box.current as HTMLDivElement;
    if (firstBefore.current !== undefined && element.scrollTop > 0) {
      const added = items.findIndex((item) => keyOf(item) === firstBefore.current);
      if (added > 0) element.scrollTop += added * rowHeight;
    }
    firstBefore.current = firstKey;
  }, [firstKey, items, keyOf, rowHeight]);

  const at = chosen === undefined ? -1 : items.findIndex((item) => keyOf(item) === chosen);
  const start = Math.max(0, Math.floor(view.top / rowHeight) - margin);
  const end = Math.min(items.length, Math.ceil((view.top + view.height) / rowHeight) + margin);

  const choose = (index: number) => {
    const item = items[Math.max(0, Math.min(items.length - 1, index))];
    if (item === undefined) return;
    onChoose(item);
    const element = box.current as HTMLDivElement;
    const top = Math.max(0, Math.min(items.length - 1, index)) * rowHeight;
    if (top < element.scrollTop) element.scrollTop = top;
    else if (top + rowHeight > element.scrollTop + element.clientHeight)
      element.scrollTop = top + rowHeight - element.clientHeight;
  };
  const page = Math.max(1, Math.floor(view.height / rowHeight) - 1);
  const steps: Record<string, () => number> = {
    ArrowDown: () => at + 1,
    ArrowUp: () => (at === -1 ? 0 : at - 1),
    PageDown: () => at + page,
    PageUp: () => at - page,
    Home: () => 0,
    End: () => items.length - 1,
  };

  return (
    <div
      ref={box}
      class="list"
      role="listbox"
      tabIndex={0}
      aria-label={label}
      aria-activedescendant={at >= start && at < end ? `row-${chosen}` : undefined}
      onScroll={({ currentTarget }) => setView({ top: currentTarget.scrollTop, height: currentTarget.clientHeight })}
      onKeyDown={(event) => {
        const step = steps[event.key];
        if (!step || event.ctrlKey || event.altKey || event.metaKey) return;
        event.preventDefault();
        choose(step());
      }}
    >
      <div role="presentation" style={{ height: `${items.length * rowHeight}px`, position: 'relative' }}>
        {items.slice(start, end).map((item, index) => {
          const key = keyOf(item);
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the list box has the keys
            // biome-ignore lint/a11y/useFocusableInteractive: the list box has the focus
            <div
              key={key}
              id={`row-${key}`}
              class="row"
              role="option"
              aria-selected={key === chosen}
              aria-setsize={items.length}
              aria-posinset={start + index + 1}
              style={{ top: `${(start + index) * rowHeight}px`, height: `${rowHeight}px` }}
              onClick={() => onChoose(item)}
            >
              {row(item)}
            </div>
          );
        })}
      </div>
    </div>
  );
}
