import type { Secret } from './report/redact.js';
import type { SuiteOptions } from './suite.js';

/** The environment variable in which a security scheme's credential is found: `AUTH_BEARER_AUTH` for `bearer-auth`. */
export function variableOf(scheme: string, suffix = ''): string {
  return `AUTH_${scheme.replace(/\W/g, '_').toUpperCase()}${suffix}`;
}

/** The low-privileged one is in a variable of its own. */
export const lowSuffix = '_LOW';

/** Everything in the options that lets someone in. */
export function secretsOf({ credentials = {}, lowCredentials = {} }: SuiteOptions): Secret[] {
  const of = (values: Readonly<Record<string, string>>, suffix: string) =>
    Object.entries(values).map(([scheme, value]) => ({ value, variable: variableOf(scheme, suffix) }));
  return [...of(credentials, ''), ...of(lowCredentials, lowSuffix)];
}
