/** A credential that was given to the suite, and the environment variable that its reader would keep it in. */
export interface Secret {
  readonly value: string;
  /** `AUTH_BEARERAUTH` */
  readonly variable: string;
}

/** A piece of a text: as it stands, or what stands for a credential. */
type Piece =
  | { readonly kind: 'plain'; readonly text: string }
  | { readonly kind: 'secret'; readonly variable: string; readonly form: 'plain' | 'base64' };

export interface Redactor {
  /** The text with every credential replaced by the name of its variable. */
  readonly text: (text: string) => string;
  readonly pieces: (text: string) => readonly Piece[];
  /** As `text`; of what a server answered, also without the tokens and passwords it gives away. */
  readonly answered: (text: string) => string;
  readonly header: (name: string, value: string) => string;
}

/** Members of JSON, and of forms, whose values no report needs. */
const confidential = /("(?:[\w-]*(?:token|secret|password|passwd|api_?key|credential)s?)"\s*:\s*)"(?:[^"\\]|\\.)*"?/gi;

/** A shorter credential is replaced only where it stands as a word: the same letters stand in many others. */
const wordMax = 6;

/** Reports are kept, sent and published: nothing in them may let anyone in. */
export function createRedactor(secrets: Iterable<Secret>): Redactor {
  const forms = new Map<string, Extract<Piece, { kind: 'secret' }>>();
  for (const { value, variable } of secrets) {
    if (value === '') continue;
    const add = (text: string, form: 'plain' | 'base64') => forms.set(text, { kind: 'secret', variable, form });
    // RFC 7617: user and password; a lone value stands for both.
    add(Buffer.from(value.includes(':') ? value : `${value}:${value}`).toString('base64'), 'base64');
    add(encodeURIComponent(value), 'plain');
    add(JSON.stringify(value).slice(1, -1), 'plain');
    add(value, 'plain');
  }
  const alternatives = [...forms.keys()].sort((a, b) => b.length - a.length).map(patternOf);
  const pattern = alternatives.length > 0 ? new RegExp(`(${alternatives.join('|')})`) : undefined;

  const pieces = (text: string): Piece[] =>
    (pattern ? text.split(pattern) : [text])
      .filter((part) => part !== '')
      .map((part) => forms.get(part) ?? { kind: 'plain', text: part });
  const text = (given: string) =>
    pattern
      ? pieces(given)
          .map((piece) => (piece.kind === 'plain' ? piece.text : `$${piece.variable}`))
          .join('')
      : given;
  const answered = (given: string) => text(given).replace(confidential, '$1"[redacted]"');
  return {
    text,
    pieces,
    answered,
    header: (name, value) => {
      if (name.toLowerCase() === 'set-cookie') return text(value).replace(/^([^=;]*)=[^;]*/, '$1=[redacted]');
      return answered(value);
    },
  };
}

function patternOf(text: string): string {
  const literal = text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return text.length < wordMax ? `(?<![\\w])${literal}(?![\\w])` : literal;
}
