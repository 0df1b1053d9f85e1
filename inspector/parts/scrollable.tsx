import type { ComponentChildren } from 'preact';

interface ScrollableProps {
  readonly label: string;
  readonly class?: string;
  readonly children: ComponentChildren;
}

/** What may be larger than its place: it has a name, and is reached and scrolled by keyboard (WCAG 2.2 §2.1.1). */
export function Scrollable({ label, class: name = 'scroll', children }: ScrollableProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: that is the point of it
    <section class={name} tabIndex={0} aria-label={label}>
      {children}
    </section>
  );
}

/** Text as it is. */
export function Code({ label, children }: Omit<ScrollableProps, 'class'>) {
  return (
    <Scrollable label={label} class="code">
      <pre>{children}</pre>
    </Scrollable>
  );
}
