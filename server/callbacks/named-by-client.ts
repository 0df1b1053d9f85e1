import { type ApiRequest, readPreferences } from '../replies/index.js';

/** The example that the client asked for by name, if it did: what follows the reply has examples of the same names. */
export function namedByClient(request: Pick<ApiRequest, 'headers' | 'query'>): string | undefined {
  const reading = readPreferences(request);
  return 'preferences' in reading ? reading.preferences.example : undefined;
}
