import type { ComponentChildren } from 'preact';

/** Something to know: an error interrupts those who listen. */
export function Notice({ kind, children }: { kind: 'error' | 'note'; children: ComponentChildren }) {
  return (
    <p class={`notice ${kind}`} role={kind === 'error' ? 'alert' : undefined}>
      {children}
    </p>
  );
}
