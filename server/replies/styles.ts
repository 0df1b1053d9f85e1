import { delimiterOf } from '../contract/index.js';

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
    default:
      return delimited(delimiterOf(style));
  }
}
