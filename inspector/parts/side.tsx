import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

interface SideProps {
  readonly label: string;
  /** What is chosen of it, if anything is. */
  readonly chosen: string | undefined;
  readonly children: ComponentChildren;
}

/** Narrower windows have what is chosen below the list it is chosen from: see inspector.css. */
const narrow = '(max-width: 60rem)';

/**
 * A list to choose from, beside what is chosen, which is brought into sight there. In a narrow window the list folds as soon as
 * something is chosen, or people would have to pass all of it.
 */
export function Side({ label, chosen, children }: SideProps) {
  const box = useRef<HTMLDetailsElement>(null);
  const isNarrow = useIsNarrow();
  const [isOpen, setOpen] = useState(true);
  useEffect(() => setOpen(!isNarrow || chosen === undefined), [isNarrow, chosen]);
  useEffect(() => {
    // Lists come after what they are of, and those beyond the window have no size yet.
    const look = () => {
      const element = box.current?.querySelector('[aria-current=page]');
      const list = box.current?.parentElement;
      if (!element || !list) return;
      // `scrollIntoView` would move the page as well.
      const [inner, outer] = [element.getBoundingClientRect(), list.getBoundingClientRect()];
      if (!isNarrow && (inner.top < outer.top || inner.bottom > outer.bottom))
        list.scrollTop += inner.top - outer.top - list.clientHeight / 3;
      observer.disconnect();
    };
    const observer = new MutationObserver(look);
    if (box.current) observer.observe(box.current, { childList: true, subtree: true });
    look();
    return () => observer.disconnect();
  }, [chosen, isNarrow]);
  return (
    <nav class="side" aria-label={label}>
      <details
        ref={box}
        class="fold"
        open={isOpen}
        onToggle={({ currentTarget, target }) => {
          if (target === currentTarget) setOpen(currentTarget.open);
        }}
      >
        <summary hidden={!isNarrow}>{label}</summary>
        {children}
      </details>
    </nav>
  );
}

function useIsNarrow(): boolean {
  const [isNarrow, setNarrow] = useState(() => matchMedia(narrow).matches);
  useEffect(() => {
    const query = matchMedia(narrow);
    const look = () => setNarrow(query.matches);
    query.addEventListener('change', look);
    return () => query.removeEventListener('change', look);
  }, []);
  return isNarrow;
}
