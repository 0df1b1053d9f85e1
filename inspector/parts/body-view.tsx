import type { Body, Violation } from '../control/types.js';
import { jsonLines, lineOf } from './json-lines.js';
import { Code } from './scrollable.js';

interface BodyViewProps {
  readonly label: string;
  readonly body: Body | undefined;
  /** Of this body: each is shown where it is. */
  readonly violations?: readonly Violation[];
}

/** A body as it can be read best: JSON with what is wrong in it, text as it is, of octets their number. */
export function BodyView({ label, body, violations = [] }: BodyViewProps) {
  if (!body) return <p class="quiet">no body</p>;
  const { size, isWhole, text } = body;
  if (text === undefined) return <p class="quiet">{size} octets that are no text</p>;
  const parsed = parse(text);
  return (
    <>
      {parsed ? (
        <JsonView label={label} value={parsed.value} violations={violations} />
      ) : (
        <Text label={label} text={text} />
      )}
      {!isWhole && <p class="quiet">the start of {size} octets</p>}
    </>
  );
}

export function JsonView({
  label,
  value,
  violations = [],
}: {
  label: string;
  value: unknown;
  violations?: readonly Violation[];
}) {
  const lines = jsonLines(value);
  const byLine = new Map<number, Violation[]>();
  for (const violation of violations) {
    const line = lineOf(lines, violation.pointer);
    byLine.set(line, [...(byLine.get(line) ?? []), violation]);
  }
  return (
    <Code label={label}>
      {lines.map(({ text }, index) => {
        const wrong = byLine.get(index);
        return (
          <span key={index} class={wrong ? 'line wrong' : 'line'}>
            {text}
            {wrong?.map(({ pointer, message }) => (
              <span key={`${pointer} ${message}`} class="violation">
                {' '}
                ← {pointer || 'the whole'} {message}
              </span>
            ))}
            {'\n'}
          </span>
        );
      })}
    </Code>
  );
}

function Text({ label, text }: { label: string; text: string }) {
  return <Code label={label}>{text}</Code>;
}

function parse(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}
