import {
  type Example,
  isRange,
  type Operation,
  type Response,
  type ResponseMediaType,
} from '../../server/contract/index.js';
import { bodyAllowed, preferenceApplied, transportHeaders } from '../../server/replies/index.js';
import type { ContractCase, Gap } from '../case.js';
import { type Draft, type DraftContext, toRequest } from './draft.js';
import { whyUnsatisfied } from './expect.js';
import { caseId } from './id.js';
import { requestShown } from './same-name.js';

/** One case for each documented status, media type and example: asked for by `Prefer`, it must come as it stands there. */
export function deriveDocumented(context: DraftContext, draft: Draft): { cases: ContractCase[]; gaps: Gap[] } {
  const { contract, operation } = context;
  const cases: ContractCase[] = [];
  const gaps: Gap[] = [];
  for (const response of operation.responses.filter(isFinal)) {
    const status = statusOf(operation, response);
    const variants =
      response.content.length === 0
        ? [undefined]
        : response.content.flatMap((mediaType) => reachable(mediaType).map((example) => ({ mediaType, example })));
    for (const variant of variants) {
      const why = variant && whyUnsatisfied(variant.example);
      if (why !== undefined && bodyAllowed(status))
        gaps.push({ api: contract.name, operation: operation.id, status: response.status, why });
      else cases.push(documentedCase(context, draft, response, status, variant));
    }
  }
  return { cases, gaps };
}

/** An informational response is not the end of an answer (RFC 9110 §15.2), so it can't be asked for. */
const isFinal = ({ status }: Response) => !status.startsWith('1');

/** One request for each documented status and media type, which leaves the example to the server. */
export function deriveDocumentedPairs(context: DraftContext, draft: Draft): ContractCase[] {
  return context.operation.responses.filter(isFinal).flatMap((response) => {
    const status = statusOf(context.operation, response);
    const mediaTypes = response.content.length === 0 ? [undefined] : response.content;
    return mediaTypes.map((mediaType) => {
      const title = mediaType ? [acceptOf(mediaType)] : [];
      return askedFor(context, draft, response, { status, mediaType, title });
    });
  });
}

/** Examples without a name can't be asked for by one; the first of them is what the status alone gives. */
function reachable(mediaType: ResponseMediaType): Example[] {
  const examples = mediaType.examples();
  const unnamed =
    examples.find(({ name, state }) => name === undefined && state.kind !== 'invalid') ??
    examples.find(({ name }) => name === undefined);
  return examples.filter((example) => example.name !== undefined || example === unnamed);
}

/** A status that leads to the response: its own, else one of the range, or for `default` one that nothing else covers. */
function statusOf({ responses }: Operation, { status }: Response): number {
  if (/^\d+$/.test(status)) return Number(status);
  const taken = new Set(responses.map((response) => response.status));
  const hundreds = status === 'default' ? [500, 400, 300, 200] : [Number(status[0]) * 100];
  for (const hundred of hundreds) {
    if (status === 'default' && taken.has(`${hundred / 100}XX`)) continue;
    for (let code = hundred; code < hundred + 100; code++) if (!taken.has(String(code))) return code;
  }
  return 500;
}

function documentedCase(
  context: DraftContext,
  draft: Draft,
  response: Response,
  status: number,
  variant: { mediaType: ResponseMediaType; example: Example } | undefined,
): ContractCase {
  const { mediaType, example } = variant ?? {};
  const name = example?.name;
  const title = [...(mediaType ? [mediaType.mediaType] : []), ...(name === undefined ? [] : [`"${name}"`])];
  const shown = { ...draft, ...requestShown(context.operation, name) };
  const asked = askedFor(context, shown, response, { status, mediaType, title, name });
  return {
    ...asked,
    expect: {
      ...asked.expect,
      ...(example && bodyAllowed(status) && { body: { kind: 'equal', value: example.value } }),
      headers: [...asked.expect.headers, ...headersSent(response)],
    },
  };
}

interface Asked {
  readonly status: number;
  readonly mediaType: ResponseMediaType | undefined;
  /** What tells it apart from the others of the response. */
  readonly title: readonly string[];
  /** Of the example; without, whichever the server takes. */
  readonly name?: string | undefined;
}

function askedFor(
  context: DraftContext,
  draft: Draft,
  response: Response,
  { status, mediaType, title, name }: Asked,
): ContractCase {
  const { contract, operation } = context;
  const example = name !== undefined && { example: name };
  const prefer = preferenceApplied({ code: status, ...example });
  const accept = mediaType && acceptOf(mediaType);
  const whole = [response.status, ...title].join(' ');
  return {
    id: caseId(contract, operation, 'documented', whole),
    kind: 'documented',
    api: contract.name,
    operation: operation.id,
    title: whole,
    ...example,
    steps: [{ request: toRequest(context, { ...draft, sent: { prefer, ...(accept !== undefined && { accept }) } }) }],
    expect: {
      status,
      response: response.status,
      ...(accept !== undefined && bodyAllowed(status) && { mediaType: accept }),
      headers: ['preference-applied'],
    },
  };
}

function headersSent({ headers }: Response): string[] {
  const names = headers.filter((header) => header.value() !== undefined).map(({ name }) => name.toLowerCase());
  return names.filter((name) => !transportHeaders.has(name));
}

/** As documented: a range is asked for as one, a type with the parameters that set it apart. */
export function acceptOf({ mediaType, contentType }: ResponseMediaType): string {
  return isRange(mediaType) ? mediaType : contentType.replace(/; boundary=.*$/, '');
}
