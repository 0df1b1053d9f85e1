/** How a style writes a value in one text (OpenAPI 3.1.1 §4.8.12.6, RFC 6570). */
export interface Writing {
  /** The text without what the style puts before it; `undefined` where it is not there. */
  readonly strip: (raw: string, name: string) => string | undefined;
  /** Between members. */
  readonly separator: string;
  /** Between a name and its value. */
  readonly link: string;
  /** Each member of a list, and a scalar, is `name=value`. */
  readonly repeatsName?: true;
  /** What OpenAPI up to 3.0.3 had for `separator` and `link`. */
  readonly formerSeparator?: string;
}

const nothingBefore = (raw: string) => raw;
const after = (prefix: string) => (raw: string) => (raw.startsWith(prefix) ? raw.slice(prefix.length) : undefined);

function afterName(raw: string, name: string): string | undefined {
  if (!raw.startsWith(';')) return undefined;
  const [sent = '', value = ''] = raw.slice(1).split(/=(.*)/s);
  return sent === name || sent === encodeURIComponent(name) ? value : undefined;
}

const delimited = (separator: string): Writing => ({ strip: nothingBefore, separator, link: separator });

export function writingOf(style: string, explode: boolean): Writing {
  switch (style) {
    case 'simple':
      return { strip: nothingBefore, separator: ',', link: explode ? '=' : ',' };
    case 'label':
      return explode
        ? { strip: after('.'), separator: '.', link: '=' }
        : { strip: after('.'), separator: ',', link: ',', formerSeparator: '.' };
    case 'matrix':
      return explode
        ? { strip: after(';'), separator: ';', link: '=', repeatsName: true }
        : { strip: afterName, separator: ',', link: ',' };
    case 'spaceDelimited':
      return delimited(' ');
    case 'pipeDelimited':
      return delimited('|');
    case 'tabDelimited':
      return delimited('\t');
    default:
      return delimited(',');
  }
}

/** Delimiters that can't stand in a URL come percent-encoded; a text is split before what is between them is decoded. */
export function splitAtDelimiter(raw: string, separator: string): string[] {
  return raw === '' ? [] : reveal(raw, separator).split(separator);
}

function reveal(raw: string, separator: string): string {
  switch (separator) {
    case ' ':
      return raw.replace(/%20|\+/g, ' ');
    case '|':
      return raw.replace(/%7C/gi, '|');
    case '\t':
      return raw.replace(/%09/g, '\t');
    default:
      return raw;
  }
}
