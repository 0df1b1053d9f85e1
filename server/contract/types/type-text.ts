/** A TypeScript type as text; what it is made with says where it needs parentheses. */
export interface TypeText {
  readonly text: string;
  readonly kind: 'unit' | 'union' | 'intersection';
}

export const unit = (text: string): TypeText => ({ text, kind: 'unit' });

export const unknown = unit('unknown');
export const never = unit('never');
export const anyObject = unit('{ [name: string]: unknown }');

export function union(members: readonly TypeText[]): TypeText {
  if (members.some(({ text }) => text === unknown.text)) return unknown;
  const distinct = distinctOf(members.filter(({ text }) => text !== never.text));
  const [first] = distinct;
  if (!first) return never;
  return distinct.length === 1 ? first : { text: distinct.map(({ text }) => text).join(' | '), kind: 'union' };
}

export function intersection(members: readonly TypeText[]): TypeText {
  if (members.some(({ text }) => text === never.text)) return never;
  const telling = distinctOf(members.filter(({ text }) => text !== unknown.text));
  // An object of which nothing is known would let any member pass.
  const distinct = telling.length > 1 ? telling.filter(({ text }) => text !== anyObject.text) : telling;
  const [first] = distinct;
  if (!first) return unknown;
  return distinct.length === 1
    ? first
    : {
        text: distinct.map((one) => (one.kind === 'union' ? `(${one.text})` : one.text)).join(' & '),
        kind: 'intersection',
      };
}

export function arrayOf(item: TypeText): TypeText {
  return unit(`${item.kind === 'unit' ? item.text : `(${item.text})`}[]`);
}

export const literal = (value: unknown): TypeText => unit(JSON.stringify(value));

export interface Member {
  readonly name: string;
  readonly type: TypeText;
  readonly isOptional?: boolean;
  readonly comment?: string;
}

/** An object type, each member in a line of its own. */
export function objectOf(members: readonly Member[], others?: TypeText): TypeText {
  const lines = [
    ...members.map(
      ({ name, type, isOptional = false, comment = '' }) =>
        `${comment}${propertyName(name)}${isOptional ? '?' : ''}: ${type.text};`,
    ),
    ...(others ? [`[name: string]: ${others.text};`] : []),
  ];
  if (lines.length === 0) return unit('{}');
  if (members.length === 0) return unit(`{ ${lines[0]?.replace(/;$/, '')} }`);
  return unit(`{\n${lines.map(indent).join('\n')}\n}`);
}

const indent = (text: string) => `  ${text.replaceAll('\n', '\n  ')}`;

const identifier = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;

/** Quoted, where it is no identifier. */
export const propertyName = (name: string) => (identifier.test(name) ? name : JSON.stringify(name));

/** Longer texts are cut: they are in the document. */
const commentMax = 600;

/** A documentation comment, with the line break after it; empty where there is nothing to say. */
export function comment(text: string | undefined, { deprecated = false } = {}): string {
  const whole = (text ?? '').trim().replaceAll('*/', '*\\/');
  const short = whole.length > commentMax ? `${whole.slice(0, commentMax).trimEnd()}…` : whole;
  const lines = [
    ...(short === '' ? [] : short.split(/\r\n?|[\n\u2028\u2029]/)),
    ...(deprecated ? ['@deprecated'] : []),
  ];
  if (lines.length === 0) return '';
  if (lines.length === 1) return `/** ${lines[0]} */\n`;
  return `/**\n${lines.map((line) => ` * ${line}`.trimEnd()).join('\n')}\n */\n`;
}

function distinctOf(types: readonly TypeText[]): TypeText[] {
  return [...new Map(types.map((type) => [type.text, type])).values()];
}
