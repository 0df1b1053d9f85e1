import Negotiator from 'negotiator';
import {
  essenceOf,
  isInRange,
  isJson,
  parseContentType,
  type Response,
  type ResponseMediaType,
} from '../contract/index.js';
import { type ApiRequest, headerOf } from './api-request.js';

/** Answers to what clients sent before: they say the same again and again. */
const answered = new WeakMap<readonly ResponseMediaType[], Map<string, ResponseMediaType | undefined>>();
const knownMax = 64;

/** The media type that the client likes best (RFC 9110 §12.5.1); `undefined` where none is acceptable. */
export function negotiate({ content }: Pick<Response, 'content'>, request: ApiRequest): ResponseMediaType | undefined {
  const [first] = content;
  const accept = headerOf(request, 'accept');
  if (!first || accept === undefined || accept === '*/*' || accept === first.contentType) return first;
  const answers = answered.get(content) ?? new Map<string, ResponseMediaType | undefined>();
  if (answers.has(accept)) return answers.get(accept);
  const chosen = choose(content, accept);
  if (answers.size < knownMax) answers.set(accept, chosen);
  answered.set(content, answers);
  return chosen;
}

function choose(content: readonly ResponseMediaType[], header: string): ResponseMediaType | undefined {
  const sent = rangesOf(header);
  // A header that names no media range, because it is empty or none is well-formed, rules nothing out.
  if (sent.length === 0) return content[0];
  const ranges = withSuffixes(sent, content);
  const best = likedOf([...content, ...asAsked(content, ranges, isOfOneKind)], ranges);
  if (best) return best;
  // A client that takes any JSON takes a documented kind of it.
  const takesJson = known(sent, content).some(
    ({ range, quality, parameters }) => quality > 0 && anyJson.test(range) && Object.keys(parameters).length === 0,
  );
  const json = takesJson ? content.find((one) => isJson(essenceOfType(one)) && !isRefused(one, sent)) : undefined;
  return json ?? likedOf(asAsked(content, ranges, isOfAnyKind), ranges);
}

const anyJson = /^application\/(?:\*\+)?json$/;
const essenceOfType = ({ contentType }: ResponseMediaType) => essenceOf(contentType) ?? '';
const isRefused = (mediaType: ResponseMediaType, ranges: readonly Range[]) =>
  ranges.some(
    ({ range, quality, parameters }) =>
      quality === 0 && range === essenceOfType(mediaType) && Object.keys(parameters).length === 0,
  );

/** `application/*+json` is no range of RFC 9110; it stands for the documented types that end so. */
function withSuffixes(ranges: readonly Range[], content: readonly ResponseMediaType[]): Range[] {
  return ranges.flatMap((one) => {
    const [, type, suffix] = /^([^/]+\/)\*(\+.+)$/.exec(one.range) ?? [];
    if (type === undefined || suffix === undefined) return [one];
    const meant = content.filter((mediaType) => {
      const essence = essenceOfType(mediaType);
      return essence.startsWith(type) && essence.endsWith(suffix) && !isRefused(mediaType, ranges);
    });
    return meant.map((mediaType) => ({ ...one, range: essenceOfType(mediaType) }));
  });
}

function likedOf(candidates: readonly ResponseMediaType[], ranges: readonly Range[]): ResponseMediaType | undefined {
  const offered = offeredBy(candidates);
  const liked = (wanted: readonly Range[]) =>
    new Negotiator({ headers: { accept: wanted.map(written).join(',') } }).mediaTypes(offered)[0];
  const best = liked(ranges) ?? liked(known(ranges, candidates));
  return best === undefined ? undefined : candidates[offered.indexOf(best)];
}

const offeredBy = (candidates: readonly ResponseMediaType[]) => candidates.map(({ contentType }) => contentType);

function written({ range, quality, parameters }: Range): string {
  const rest = Object.entries(parameters).map(([name, value]) => `;${name}=${quoted(value)}`);
  return `${range}${rest.join('')};q=${quality}`;
}

const quoted = (value: string) =>
  /^[\w!#$%&'*+.^`|~-]+$/.test(value) ? value : `"${value.replace(/["\\]/g, '\\$&')}"`;

/** `image/*` is as much a JPEG as a PNG. What may be anything is JSON, for who takes that, else what is asked for. */
const isOfAnyKind = ({ mediaType }: ResponseMediaType) => mediaType === '*/*' || mediaType === 'application/*';
const isOfOneKind = (mediaType: ResponseMediaType) => !isOfAnyKind(mediaType);

interface Range {
  /** Lower case. */
  readonly range: string;
  /** From 0 to 1. */
  readonly quality: number;
  /** Without `q`. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** The members of an `Accept` header; those that are no media ranges are left out. */
function rangesOf(accept: string): Range[] {
  return (accept.match(/(?:[^,"]|"(?:\\.|[^"\\])*"?)+/g) ?? []).flatMap((part): Range[] => {
    const text = part.trim();
    // Java's HTTP client of old says `*` for anything.
    const parsed = parseContentType(text.startsWith('*;') || text === '*' ? text.replace('*', '*/*') : text);
    if (!parsed) return [];
    const { q, ...parameters } = parsed.parameters;
    const quality = Number(q ?? 1);
    return [
      { range: parsed.essence, quality: Number.isNaN(quality) ? 1 : Math.min(Math.max(quality, 0), 1), parameters },
    ];
  });
}

/** A documented range is served as the type of it that was asked for. */
function asAsked(
  content: readonly ResponseMediaType[],
  ranges: readonly Range[],
  isMeant: (mediaType: ResponseMediaType) => boolean,
): ResponseMediaType[] {
  return content
    .filter(isMeant)
    .flatMap(({ as, mediaType }) =>
      as
        ? ranges.flatMap(({ range, quality }) =>
            quality > 0 && !range.includes('*') && isInRange(range, mediaType) ? (as(range) ?? []) : [],
          )
        : [],
    );
}

/** Parameters that no documented type has do not set it apart: `charset`, above all. */
function known(ranges: readonly Range[], candidates: readonly ResponseMediaType[]): Range[] {
  const names = new Set(offeredBy(candidates).flatMap((type) => Object.keys(parseContentType(type)?.parameters ?? {})));
  names.delete('charset');
  names.delete('boundary');
  return ranges.map((one) => ({
    ...one,
    parameters: Object.fromEntries(Object.entries(one.parameters).filter(([name]) => names.has(name))),
  }));
}
