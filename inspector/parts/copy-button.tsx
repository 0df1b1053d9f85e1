import { useShared } from '../control/context.js';

/** Copies a text, and says so. Where the browser gives no clipboard (plain HTTP on another machine), the text is selected. */
export function CopyButton({ text, what }: { text: () => string; what: string }) {
  const { tell } = useShared();
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text());
    } catch {
      copyBySelection(text());
    }
    tell(`Copied ${what}`);
  };
  return (
    <button type="button" onClick={copy}>
      Copy as {what}
    </button>
  );
}

function copyBySelection(text: string): void {
  const area = document.createElement('textarea');
  area.value = text;
  document.body.append(area);
  area.select();
  document.execCommand('copy');
  area.remove();
}
