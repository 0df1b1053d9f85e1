import { styleText } from 'node:util';
import type { Outline } from '../../control/index.js';

type Style = Parameters<typeof styleText>[0];

/** `12:04:05 409 POST /users createUser 0.8 ms: condition, example "email_in_use"` */
export function prettyLine(outline: Outline, { colours }: { readonly colours: boolean }): string {
  const { timeMs, durationMs, status, method, url, operation, session } = outline;
  const paint = (style: Style, text: string) => (colours ? styleText(style, text, { validateStream: false }) : text);
  const named = operation === undefined || operation.startsWith(`${method} `) ? '' : ` ${operation}`;
  return [
    paint('dim', clock(new Date(timeMs))),
    ' ',
    paint(styleOf(status), String(status)),
    ` ${method} ${visible(url)}`,
    paint('cyan', named),
    session === '' ? '' : paint('magenta', ` ~${visible(session)}`),
    paint('dim', ` ${durationMs.toFixed(1)} ms`),
    `: ${visible(whyOf(outline))}\n`,
  ].join('');
}

/** Why a request got its reply. */
function whyOf({ reason, problem, example, violations = [] }: Outline): string {
  const what = [
    reason === 'problem' ? `problem ${problem}` : reason,
    ...(example === undefined ? [] : [`example "${example}"`]),
    ...(reason !== 'problem' && problem !== undefined ? [problem] : []),
  ].join(', ');
  const [first, ...others] = violations;
  if (!first) return what;
  const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
  return `${what}; ${first.location}${first.pointer} ${first.message}${more}`;
}

function styleOf(status: number): Style {
  if (status >= 500) return 'red';
  if (status >= 400) return 'yellow';
  return status >= 300 ? 'blue' : 'green';
}

const two = (number: number) => String(number).padStart(2, '0');

function clock(time: Date): string {
  return `${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())}`;
}

/** What would steer a terminal is shown as what it is. */
function visible(text: string): string {
  return text.replace(/\p{Cc}/gu, (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`);
}
