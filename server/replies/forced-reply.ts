import type { Chance, Operation } from '../contract/index.js';
import type { ApiRequest } from './api-request.js';
import { type Composition, composeFresh, composeVerbatim } from './compose.js';
import { findByExample, findResponse, firstExample, namedExample } from './documented.js';
import { negotiate } from './negotiate.js';
import { type Preferences, preferenceApplied } from './preferences.js';
import { type ProblemName, problem } from './problem.js';
import { notAcceptable } from './refuse.js';
import { type Reply, withHeaders } from './reply.js';

/** The reply that the client asked for by `code` or `example`, whatever else its request says. Changes no state. */
export function forcedReply(
  operation: Operation,
  request: ApiRequest,
  preferences: Preferences,
  chance: Chance,
): Reply {
  const { code, example: name, dynamic } = preferences;
  const documented = code === undefined ? findByExample(operation, name as string) : findResponse(operation, code);
  // An informational status is not the end of an answer (RFC 9110 §15.2): a client would wait on.
  if (!documented || documented.status < 200) {
    const wanted =
      code === undefined
        ? `no response has an example named "${name}"`
        : `the status ${code} is not documented for ${operation.id}`;
    return impossible(operation, wanted);
  }
  const mediaType = negotiate(documented.response, request);
  const named =
    name === undefined ? undefined : documented.response.content.filter((candidate) => namedExample(candidate, name));
  if (named?.length === 0)
    return impossible(operation, `the response ${documented.response.status} has no example named "${name}"`);
  if (!mediaType && documented.response.content.length > 0) return notAcceptable(operation, documented);
  // The example may be that of a media type less liked, as long as it is acceptable.
  const chosen =
    named && mediaType && !named.some(({ pointer }) => pointer === mediaType.pointer)
      ? (negotiate({ ...documented.response, content: named }, request) ?? mediaType)
      : mediaType;
  const example = chosen && (name === undefined ? firstExample(chosen) : namedExample(chosen, name));
  const composition: Composition = {
    documented,
    reason: 'preference',
    ...(chosen && { mediaType: chosen }),
    ...(example && { example }),
  };
  const isFresh = dynamic === true && name === undefined && chosen !== undefined;
  const reply = isFresh ? composeFresh(operation, composition, chance) : composeVerbatim(operation, composition);
  const { dynamic: _, ...applied } = preferences;
  return withHeaders(reply, { 'preference-applied': preferenceApplied(isFresh ? preferences : applied) });
}

/** A preference that can't be honoured, and all that can. */
function impossible(operation: Operation, wanted: string): Reply {
  return withPossible(operation, 'preference-impossible', wanted);
}

/** A preference that can't be read, and all that can be asked for. */
export function malformedPreference(operation: Operation, wanted: string): Reply {
  return withPossible(operation, 'preference-malformed', wanted);
}

function withPossible(operation: Operation, name: ProblemName, wanted: string): Reply {
  const possible = operation.responses
    .filter(({ status }) => !status.startsWith('1'))
    .map(({ status, content }) => ({
      code: status,
      examples: [...new Set(content.flatMap((mediaType) => mediaType.examples().flatMap(({ name }) => name ?? [])))],
    }));
  const codes = possible
    .map(({ code, examples }) => (examples.length === 0 ? code : `${code} (${examples.join(', ')})`))
    .join('; ');
  return problem(name, { detail: `${wanted}; possible are: ${codes || 'none'}`, extensions: { possible } });
}
