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
const known = new WeakMap<readonly ResponseMediaType[], Map<string, ResponseMediaType | undefined>>();
const knownMax = 64;

/** The media type that the client likes best (RFC 9110 §12.5.1); `undefined` where none is acceptable. */
export function negotiate({ content }: Pick<Response, 'content'>, request: ApiRequest): ResponseMediaType | undefined {
  const [first] = content;
  const accept = headerOf(request, 'accept');
  if (!first || accept === undefined || accept === '*/*' || accept === first.contentType) return first;
  const answers = known.get(content) ?? new Map<string, ResponseMediaType | undefined>();
  if (answers.has(accept)) return answers.get(accept);
  const chosen = choose(content, accept);
  if (answers.size < knownMax) answers.set(accept, chosen);
  known.set(content, answers);
  return chosen;
}

function choose(content: readonly ResponseMediaType[], accept: string): ResponseMediaType | undefined {
  const ranges = rangesOf(accept);
  const best = likedOf([...content, ...asAsked(content, ranges, isOfOneKind)], accept);
  if (best) return best;
  // A client that takes any JSON takes a documented kind of it.
  const takesJson = rangesOf(withoutUnknownParameters(accept, offeredBy(content))).some(
    ({ range, quality, isBare }) => isBare && quality > 0 && /^application\/(?:\*\+)?json$/.test(range),
  );
  const json = takesJson ? content.find(({ contentType }) => isJson(essenceOf(contentType) ?? '')) : undefined;
  return json ?? likedOf(asAsked(content, ranges, isOfAnyKind), accept);
}

const offeredBy = (candidates: readonly ResponseMediaType[]) => candidates.map(({ contentType }) => contentType);

function likedOf(candidates: readonly ResponseMediaType[], accept: string): ResponseMediaType | undefined {
  const offered = offeredBy(candidates);
  const liked = (header: string) => new Negotiator({ headers: { accept: header } }).mediaTypes(offered)[0];
  const best = liked(accept) ?? liked(withoutUnknownParameters(accept, offered));
  return best === undefined ? undefined : candidates[offered.indexOf(best)];
}

/** `image/*` is as much a JPEG as a PNG. What may be anything is JSON, for who takes that, else what is asked for. */
const isOfAnyKind = ({ mediaType }: ResponseMediaType) => mediaType === '*/*' || mediaType === 'application/*';
const isOfOneKind = (mediaType: ResponseMediaType) => !isOfAnyKind(mediaType);

interface Range {
  readonly range: string;
  readonly quality: number;
  /** Without parameters of its own. */
  readonly isBare: boolean;
}

function rangesOf(accept: string): Range[] {
  return accept.split(',').flatMap((part): Range[] => {
    const parsed = parseContentType(part.trim());
    if (!parsed) return [];
    const { q, ...parameters } = parsed.parameters;
    const quality = Number(q ?? 1);
    const isBare = Object.keys(parameters).length === 0;
    return [{ range: parsed.essence, quality: Number.isNaN(quality) ? 1 : quality, isBare }];
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
        ? ranges.flatMap(({ range, quality }) => (quality > 0 && isInRange(range, mediaType) ? (as(range) ?? []) : []))
        : [],
    );
}

/** Parameters that no documented type has do not set it apart: `charset`, above all. */
function withoutUnknownParameters(accept: string, offered: readonly string[]): string {
  const names = new Set(offered.flatMap((type) => Object.keys(parseContentType(type)?.parameters ?? {})));
  names.delete('charset');
  names.delete('boundary');
  return accept
    .split(',')
    .map((part) => {
      const [type = '', ...parameters] = part.split(';');
      const kept = parameters.filter((parameter) => {
        const name = parameter.split('=')[0]?.trim().toLowerCase() ?? '';
        return name === 'q' || names.has(name);
      });
      return [type, ...kept].join(';');
    })
    .join(',');
}
