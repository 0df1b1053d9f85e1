import type { MessageExpression } from '../server/contract/index.js';
import type { ProblemName } from '../server/replies/index.js';
import type { Arazzo } from './workflow/arazzo.js';

/** One thing that the contract promises, as a request to make and the answer to expect. Plain data. */
export interface ContractCase {
  /** Stable: it depends on the document and its overlays, not on the run. */
  readonly id: string;
  readonly kind: CaseKind;
  readonly api: string;
  /** `operationId`, else `METHOD /path`. */
  readonly operation: string;
  /** What is done: `without /contactEmail`. */
  readonly title: string;
  /** Of a `workflow`, in place of steps: the Arazzo document, and the name of the workflow in it. */
  readonly workflow?: { readonly arazzo: Arazzo; readonly workflowId: string };
  /** In their order, one after the other; the answer to the last one is judged. */
  readonly steps: readonly Step[];
  readonly expect: Expectation;
  /** Why it can't be run, wherever. */
  readonly blocked?: string;
  /** Why it can't be run on a real service. */
  readonly blockedOnService?: string;
  /** Why it can't be run on a stand-in. */
  readonly blockedOnStandin?: string;
  /** The path names something that nothing in the case has made: a real service need not know it. */
  readonly isGuess?: boolean;
  /** Security schemes whose credential is made up: a real service need not take it. */
  readonly needsCredentials?: readonly string[];
  /** The name of the documented example that it is about. */
  readonly example?: string;
  /** The one constraint on the request that it breaks. */
  readonly breach?: Breached;
}

/** A keyword of a schema that a request breaks: of a parameter (`/name`), or in the body. */
export interface Breached {
  readonly location: 'body' | 'path' | 'query' | 'header' | 'cookie' | 'querystring';
  readonly pointer: string;
  readonly keyword: string;
}

/** `documented` asks for the reply by `Prefer`; the others make requests that must lead to it. */
export type CaseKind =
  | 'documented'
  /** Valid requests, and what they may have in them. */
  | 'positive'
  /** One thing is wrong with the request. */
  | 'negative'
  /** Credentials. */
  | 'auth'
  /** What is remembered from one request to the next; links. */
  | 'state'
  /** HTTP itself: methods, `Accept`, media types, limits. */
  | 'protocol'
  /** Of an Arazzo document. */
  | 'workflow';

export interface Step {
  readonly request: CaseRequest;
  /** How often; 1 by default. */
  readonly times?: number;
  /** What is left open in it, and filled in from the answer to the step before. */
  readonly blanks?: readonly Blank[];
  /** Without its success, nothing can be told. */
  readonly isNeeded?: true;
  /** What its answer must be; without, only the last one's is judged, by what the case expects. */
  readonly expect?: StepExpectation;
}

/** The answer to a step before the last. */
export interface StepExpectation extends Expectation {
  /** `operationId`, else `METHOD /path`. */
  readonly operation: string;
}

/** A text in a request that stands for a value that only the answer before it has. */
export interface Blank {
  readonly text: string;
  readonly value: MessageExpression;
}

export interface CaseRequest {
  /** Upper case. */
  readonly method: string;
  /** Below the API's base URL, percent-encoded, with its query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Segments of the path that are known once a step before has been answered; until then they are a guess. */
  readonly taken?: readonly Taken[];
  /** A tag to send, from the answer to a step before. */
  readonly tag?: { readonly header: 'if-match' | 'if-none-match'; readonly step: number };
  /** Index of the step whose answer's `Location` is asked for in place of the path. */
  readonly located?: number;
}

/** A value that the answer to a step before has, and that stands in the path of this one. */
export interface Taken {
  /** Index of the segment in the path. */
  readonly segment: number;
  /** Index of the step. */
  readonly step: number;
  /** Where in the body of its answer; absent: the last segment of its `Location`. */
  readonly keys?: readonly string[];
  /** Not the value itself, but one of its form that nothing has. */
  readonly isOther?: true;
}

/** What the answer must be. */
export interface Expectation {
  readonly status: number;
  /** The key of the documented response (`404`, `4XX`, `default`); absent where the contract has none, and a problem is due. */
  readonly response?: string;
  readonly problem?: ProblemName;
  /** Without: any of those documented for the response. */
  readonly mediaType?: string;
  /** What a stand-in must answer, down to the values; a real service need not. */
  readonly body?: ExpectedBody;
  /** What the answer must not show. */
  readonly unset?: Unset;
  /** What was sent, which the answer must show as far as it documents it. */
  readonly echo?: Echo;
  /** Why no body that could be answered is valid: the document contradicts itself, and nothing can be proved. */
  readonly unsatisfied?: string;
  /** The client asked for this media type alone, so that a real service too must answer with it. */
  readonly isNegotiated?: boolean;
  /** Statuses that a real service may answer with as well, where the document leaves it open; all must be documented. */
  readonly otherwise?: readonly number[];
  /** What is asked for was deleted: a real service may show it still, as something that is deleted. */
  readonly isGone?: true;
  /** The answer is to HEAD, and must be as those to GET are, but for their content: indexes of their steps. */
  readonly asGet?: readonly number[];
  /** Names that must be there, besides those documented as required. */
  readonly headers: readonly string[];
}

/** A value that a client sent for a property that is the server's to say. */
export interface Unset {
  /** Where the item stands in the answer. */
  readonly within: readonly string[];
  readonly name: string;
  readonly value: unknown;
}

export type ExpectedBody =
  /** Equal to this. */
  | { readonly kind: 'equal'; readonly value: unknown }
  /** At least this: members that are named have these values. */
  | { readonly kind: 'including'; readonly value: unknown }
  /** What was sent in a step before, as far as its answer took it: as the item, or as one of the items of a list. */
  | Remembered
  /** What several answers of a list say together. */
  | Listing;

/** Values that were sent, and where the item that has them stands in the answer. */
export interface Echo {
  readonly sent: Readonly<Record<string, unknown>>;
  /** What is documented to be taken where nothing was sent, as far as the answer shows it. */
  readonly assumed?: Readonly<Record<string, unknown>>;
  readonly within: readonly string[];
  /** Where an item has its key, which a service may choose. */
  readonly key: readonly string[];
}

/** What a list is asked for in several steps, and what the answers must have in common. */
export interface Listing {
  readonly kind: 'listing';
  /** Where the list stands in the body. */
  readonly within: readonly string[];
  /** Where an item has its key. */
  readonly key: readonly string[];
  readonly promise: ListPromise;
}

export type ListPromise =
  /** The last answer has no more items than that. */
  | { readonly kind: 'limit'; readonly most: number }
  /** Pages of one item, which are not the same: the steps that asked for all, for the first page, for the second, and again. */
  | {
      readonly kind: 'pages';
      readonly whole: readonly [number, number];
      readonly first: readonly [number, number];
      readonly second: number;
      /** How many items all were asked for. */
      readonly most?: number;
    }
  /** Pages of one item, each asked for by the token that the one before it tells, and before and after them all items. */
  | {
      readonly kind: 'tokens';
      readonly whole: readonly [number, number];
      readonly pages: readonly number[];
      /** Where a page tells the token of the next. */
      readonly token: readonly string[];
    }
  /** Each item of the last answer has the value, and the item of a step is one of them. */
  | {
      readonly kind: 'filter';
      readonly property: readonly string[];
      readonly value: unknown;
      readonly item: Taken;
      /** The value is a text, which may be looked for in part. */
      readonly isText?: true;
      readonly most?: number;
    }
  /** The items of the last answer are sorted by the property, this way or the other; `against`: a step that asked for the other. */
  | { readonly kind: 'order'; readonly property: readonly string[]; readonly against?: number }
  /** The last answer has no item with the key of a step's item. */
  | { readonly kind: 'without'; readonly item: Taken }
  /** What the last answer says of the number of all is their number, where it has them all. */
  | { readonly kind: 'total'; readonly isFiltered?: true; readonly most?: number };

export interface Remembered {
  readonly kind: 'remembered' | 'listed';
  readonly sent: Readonly<Record<string, unknown>>;
  /** Index of the step that sent it. */
  readonly step: number;
  /** Where the item, or the list, stands in the body. */
  readonly within: readonly string[];
  /** Where the item stands in the answer to that step; absent where the answer has none. */
  readonly echoedWithin?: readonly string[];
  /** Where an item has its key. */
  readonly key: readonly string[];
  /** Where the key of the item is known from. */
  readonly item?: Taken;
  /** How many items the list was asked for; absent where it takes no such wish. */
  readonly most?: number;
}

/** A documented status that no case could be derived for. */
export interface Gap {
  readonly api: string;
  readonly operation: string;
  readonly status: string;
  readonly why: string;
}
