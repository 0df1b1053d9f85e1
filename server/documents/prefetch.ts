import type { Diagnostic } from './diagnostic.js';
import { DocumentError } from './document-error.js';
import { type LoadOptions, loadDescriptions } from './load.js';
import { decodeText, isUrl, standardInput, type Texts } from './read-source.js';

/** Longer than this, a server is taken to be silent. */
const patienceMs = 10_000;
/** References that lead from URL to URL are followed this far. */
const roundsMax = 20;

export interface FetchOptions extends LoadOptions {
  readonly fetch?: typeof globalThis.fetch;
  readonly stdin?: AsyncIterable<Buffer | string>;
}

/**
 * Reads ahead what `loadDescriptions` can't wait for: standard input where a path is `-`, and, with `allowRemote`, the URLs
 * that are named or referred to. What can't be fetched is missing in the result, and said so of the references to it.
 *
 * @throws DocumentError where a URL that was named can't be fetched.
 */
export async function fetchTexts(paths: readonly string[], options: FetchOptions = {}): Promise<Texts> {
  const { fetch = globalThis.fetch, stdin = process.stdin, ...loading } = options;
  const texts = new Map(options.texts);
  if (paths.includes('-')) texts.set(standardInput, decodeText(standardInput, await bytesOf(stdin)));
  if (!options.allowRemote) return texts;
  const failed = new Map<string, string>();
  for (let round = 0; round < roundsMax; round++) {
    const wanted = new Set<string>();
    try {
      loadDescriptions(paths, { ...loading, texts, onMissing: (url) => wanted.add(url) });
    } catch (error) {
      // What is wrong is said when the documents are loaded for good.
      if (!(error instanceof DocumentError)) throw error;
    }
    const missing = [...wanted, ...(loading.overlays ?? []).filter(isUrl)].filter(
      (url) => !texts.has(url) && !failed.has(url),
    );
    if (missing.length === 0) break;
    await Promise.all(
      missing.map(async (url) => {
        try {
          texts.set(url, await fetchText(url, fetch));
        } catch (error) {
          failed.set(url, reasonOf(error));
        }
      }),
    );
  }
  const named = [...paths, ...(loading.overlays ?? [])].filter((path) => failed.has(path));
  if (named.length > 0) throw new DocumentError(named.map((url) => unfetched(url, failed.get(url) as string)));
  return texts;
}

async function fetchText(url: string, fetch: typeof globalThis.fetch): Promise<string> {
  const response = await fetch(url, {
    signal: AbortSignal.timeout(patienceMs),
    headers: { accept: 'application/vnd.oai.openapi, application/json, application/yaml, text/*;q=0.8, */*;q=0.5' },
  });
  if (!response.ok) throw new Error(`it answers ${response.status}`);
  return response.text();
}

function reasonOf(error: unknown): string {
  const { message, cause } = error as Error;
  return (cause as NodeJS.ErrnoException | undefined)?.code ?? message;
}

function unfetched(url: string, reason: string): Diagnostic {
  return {
    severity: 'error',
    rule: 'unreadable',
    message: `this can't be fetched (${reason})`,
    advice: 'correct the URL, or start what it leads to',
    place: { file: url, line: 1, column: 1 },
  };
}

async function bytesOf(stream: AsyncIterable<Buffer | string>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}
