import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import { request } from './request.js';
import { projectFolder } from './run-cli.js';

/** A request of a `http` block in the documentation, and the answer that it promises; `…` stands for any text. */
interface Exchange {
  readonly method: string;
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly answer: {
    readonly status: number;
    readonly body?: unknown;
    readonly headers: Readonly<Record<string, string>>;
  };
}

interface Fence {
  /** The heading it stands under. */
  readonly heading: string;
  readonly language: string;
  readonly text: string;
}

/** The fenced blocks of a page in docs/, in their order. */
export function fencesOf(page: string): Fence[] {
  const text = readFileSync(join(projectFolder, 'docs', page), 'utf8');
  let heading = '';
  return [...text.matchAll(/^#+ (.*)$|^```(\w+)\n([\s\S]*?)^```$/gm)].flatMap(([, title, language, content]) => {
    if (title !== undefined) heading = title;
    return language === undefined ? [] : [{ heading, language, text: content as string }];
  });
}

/** Reads a `http` block: `METHOD TARGET [BODY]`, headers, `STATUS [BODY]`, headers; blank lines between exchanges. */
export function exchangesOf(block: string): Exchange[] {
  return block
    .trim()
    .split(/\n{2,}/)
    .map((text): Exchange => {
      const [first = '', ...lines] = text.split('\n');
      const at = lines.findIndex((line) => /^\d{3}\b/.test(line));
      const [, method = '', target = '', body] = /^(\S+) (\S+)(?: (.*))?$/.exec(first) ?? [];
      const [, status, answer] = /^(\d{3})(?: (.*))?$/.exec(lines[at] ?? '') ?? [];
      return {
        method,
        target,
        headers: headersOf(lines.slice(0, at)),
        ...(body !== undefined && { body }),
        answer: {
          status: Number(status),
          headers: headersOf(lines.slice(at + 1)),
          ...(answer !== undefined && { body: JSON.parse(answer) }),
        },
      };
    });
}

/** Makes the requests of a `http` block, one after another, and expects its answers. `Authorization: none` sends none. */
export async function playExchanges(
  url: string,
  block: string,
  usual: Readonly<Record<string, string>> = {},
): Promise<void> {
  for (const { method, target, headers, body, answer } of exchangesOf(block)) {
    const { authorization, ...others } = { ...usual, ...headers };
    const found = await request(`${url}${target}`, {
      method,
      headers: {
        ...(authorization !== undefined && authorization !== 'none' && { authorization }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...others,
      },
      ...(body !== undefined && { body }),
    });
    const asked = `${method} ${target} ${body ?? ''}`;
    expect({
      asked,
      status: found.status,
      body: found.text === '' ? undefined : JSON.parse(found.text),
      headers: found.headers,
    }).toEqual({
      asked,
      status: answer.status,
      body: answer.body === undefined ? expect.anything() : like(answer.body),
      headers: like(answer.headers),
    });
  }
}

/** What matches a documented answer: `…` is any text, and an object may have more members. */
function like(value: unknown): unknown {
  if (typeof value === 'string' && value.includes('…'))
    return expect.stringMatching(new RegExp(`^${value.split('…').map(escaped).join('.+')}$`));
  if (Array.isArray(value)) return value.map(like);
  if (typeof value !== 'object' || value === null) return value;
  return expect.objectContaining(Object.fromEntries(Object.entries(value).map(([name, one]) => [name, like(one)])));
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

const headersOf = (lines: readonly string[]) =>
  Object.fromEntries(
    lines.map((line) => {
      const [, name = '', value = ''] = /^([\w-]+): (.*)$/.exec(line) ?? [];
      return [name.toLowerCase(), value];
    }),
  );
