import { messageOf } from '../server/message-of.js';
import { importModule } from './configuration/import-module.js';
import { ConfigurationError } from './configuration-error.js';
import type { Secret } from './report/redact.js';
import { variableOf } from './secrets.js';
import type { SuiteHooks } from './suite.js';

/** What a module of hooks exports, each by its name or as a member of its default export. All are optional. */
export interface HookModule extends SuiteHooks {
  /** Fetches credentials before anything else: by the name of each security scheme. */
  readonly credentials?: (context: HookContext) => Credentials | Promise<Credentials>;
  /** Likewise those that may do little. */
  readonly lowCredentials?: HookModule['credentials'];
}

type Credentials = Readonly<Record<string, string>>;

export interface HookContext {
  /** Base URL of what is tested; `undefined` for a stand-in in the same process. */
  readonly against?: string;
  /** Names of the security schemes that the documents have. */
  readonly schemes: readonly string[];
}

const names = ['credentials', 'lowCredentials', 'request', 'beforeCase', 'afterCase', 'setUp', 'cleanUp'] as const;

/** @throws ConfigurationError where it can't be loaded, or has none of the hooks, or one that is no function. */
export async function loadHooks(file: string): Promise<HookModule> {
  const module = await importModule(file);
  const exported = { ...module, ...(typeof module.default === 'object' ? module.default : {}) } as Record<
    string,
    unknown
  >;
  const found = names.filter((name) => exported[name] !== undefined);
  if (found.length === 0)
    throw new ConfigurationError(`${file}: expected exports named ${names.join(', ')}; there is none`);
  const wrong = found.find((name) => typeof exported[name] !== 'function');
  if (wrong)
    throw new ConfigurationError(`${file}: expected ${wrong} to be a function, found ${typeof exported[wrong]}`);
  return Object.fromEntries(found.map((name) => [name, told(file, name, exported[name] as Hook)]));
}

type Hook = (...args: unknown[]) => unknown;

/** What goes wrong in a hook is said of the hook. */
function told(file: string, name: string, hook: Hook): Hook {
  return async (...args) => {
    try {
      return await hook(...args);
    } catch (error) {
      throw new ConfigurationError(`${file}: ${name} failed: ${messageOf(error)}`);
    }
  };
}

/** Headers that let someone in, whatever the documents say of them. */
const secretHeader = /^(?:authorization|proxy-authorization|cookie|.*(?:token|secret|api-?key|credential).*)$/i;

/** The hooks, where what `request` puts into such headers is a secret, too. */
export function watchSecrets<T extends SuiteHooks>(hooks: T, schemeHeaders: ReadonlySet<string>, secrets: Secret[]): T {
  const { request } = hooks;
  if (!request) return hooks;
  const known = new Set(secrets.map(({ value }) => value));
  return {
    ...hooks,
    request: async (before, contractCase) => {
      const after = await request(before, contractCase);
      for (const [name, header] of Object.entries(after.headers)) {
        if (header === before.headers[name] || !(secretHeader.test(name) || schemeHeaders.has(name.toLowerCase())))
          continue;
        const value = header.replace(/^(?:Bearer|Basic|Token|Digest)\s+/i, '');
        if (known.has(value)) continue;
        known.add(value);
        secrets.push({ value, variable: variableOf(name) });
      }
      return after;
    },
  };
}
