/** What the control API answers: generated from server/control/openapi.yaml by `npm run build`. Do not edit. */

export type SessionId = string;

/** Whether the request kept to its documentation. */
export type Verdict = "valid" | "invalid" | "undocumented";

export type Problem = {
  type: string;
  title: string;
  status: number;
  detail: string;
  violations?: Violation[];
};

export type Violation = {
  location: string;
  pointer: string;
  keyword: string;
  message: string;
};

export type Api = {
  name: string;
  title: string;
  version: string;
  /** How many it has. */
  operations: number;
  /** Where it is served; empty at the root. */
  path: string;
  /** Its document, where the APIs are listed. */
  file?: string;
};

export type DocumentProblem = {
  severity: "error" | "warning" | "note";
  /** See docs/check.md. */
  rule: string;
  message: string;
  /** What the author of the document can do about it. */
  advice?: string;
  /** file:line:column */
  place: string;
  pointer?: string;
};

export type Content = {
  mediaType: string;
  /** What a request says that it is, where a single operation is read. */
  contentType?: string;
  pointer?: string;
  /** Those that are documented; where a single operation is read, those that are made for want of any, too. */
  examples: Example[];
};

export type Example = {
  name?: string;
  summary?: string;
  origin?: "documented" | "schema" | "generated";
  /** By its own schema. */
  isValid?: boolean;
  pointer: string;
  /** Where a single operation is read. */
  value?: unknown;
  /** The same as it goes over the wire, where that is text but no JSON. */
  text?: string;
};

export type Parameter = {
  name: string;
  in: "path" | "query" | "header" | "cookie" | "querystring";
  required: boolean;
  pointer: string;
  style: string;
  explode: boolean;
  allowReserved: boolean;
  /** Of a parameter that is described by `content`. */
  mediaType?: string;
  itemDelimiters?: string[];
  /** Where a single operation is read. */
  examples?: unknown[];
};

export type Response = {
  /** `200`, `4XX` or `default`. */
  status: string;
  description: string;
  pointer: string;
  headers: string[];
  content: Content[];
};

/** A security scheme, as an operation asks for it. */
export type Scheme = {
  name: string;
  type: "apiKey" | "http" | "oauth2" | "openIdConnect" | "mutualTLS";
  /** Of HTTP authentication: `bearer`, say. */
  scheme?: string;
  in?: "query" | "header" | "cookie";
  /** Of the header, cookie or parameter with the key. */
  parameterName?: string;
  scopes: string[];
};

export type Operation = {
  id: string;
  method: string;
  path: string;
  pointer: string;
  /** file:line:column */
  place?: string;
  summary?: string;
  deprecated: boolean;
  tags: string[];
  parameters: Parameter[];
  requestBody?: {
    required: boolean;
    content: Content[];
  };
  responses: Response[];
  /** Alternatives, each of which needs all its schemes. */
  security: Scheme[][];
  collection?: string;
  effect?: string;
  limit?: {
    requests: number;
    seconds: number;
  };
};

export type Collection = {
  api: string;
  collection: string;
  /** JSON Pointer to what tells an item from the others. */
  key: string;
  /** The path parameters that partition it. */
  scope: string[];
  isInferred: boolean;
  partitions: {
    scope: string[];
    /** How many there are. */
    items: number;
  }[];
};

export type Partition = {
  api: string;
  collection: string;
  scope: string[];
  items: unknown[];
};

export type Snapshot = {
  /** The version that wrote it. */
  standin?: string;
  collections: {
    api: string;
    collection: string;
    scope: string[];
    hasBegun: boolean;
    hasLived: boolean;
    lastNumber: number;
    entries: {
      key: string;
      item: unknown;
      unique: {
        pointer: string;
        values: string[];
      }[];
    }[];
  }[];
};

/** An Arazzo criterion object. */
export type Criterion = {
  condition: string;
  context?: string;
  type?: "simple" | "regex" | "jsonpath";
};

export type ForcedReply = {
  /** How many requests get it. */
  times?: string | number;
  /** What must hold of a request, all of it. */
  criteria?: Criterion[];
  status?: number;
  /** Name of a documented example. */
  example?: string;
  /** One that the response documents. */
  mediaType?: string;
  /** The body, as a value; it must fit the documented schema. */
  body?: unknown;
  headers?: { [name: string]: string };
  /** In milliseconds. */
  delay?: number;
};

export type ForcedRequest = {
  /** Needed where several have such an operation. */
  api?: string;
  /** An `operationId`, or `METHOD /path`. */
  operation?: string;
  method?: string;
  /** The path template. */
  path?: string;
} & ForcedReply & ({
  operation: unknown;
} | {
  method: unknown;
  path: unknown;
});

export type Forced = {
  id: string;
  api: string;
  operation: string;
  times: unknown;
} & ForcedReply;

export type Body = {
  /** Octets that there were. */
  size: number;
  /** Of a long body only the start is kept. */
  isWhole: boolean;
  text?: string;
  /** Of what is no text. */
  base64?: string;
};

export type Headers = { [name: string]: string | string[] };

export type Entry = {
  number: number;
  time: string;
  /** In milliseconds, until the reply was made. */
  duration: number;
  /** Empty for the shared one. */
  session: string;
  api?: string;
  operation?: string;
  verdict: Verdict;
  /** How the reply was chosen. */
  reason: "forced" | "preference" | "condition" | "state" | "example" | "generated" | "problem";
  /** What was wrong, as the last part of a problem's type; also where a documented reply says so. */
  problem?: string;
  /** Name of the documented example that the reply is made from. */
  example?: string;
  violations?: Violation[];
  request: {
    method: string;
    url: string;
    headers?: Headers;
    body?: Body;
  };
  response: {
    status: number;
    headers?: Headers;
    body?: Body;
  };
};

export type Coverage = {
  summary: { [name: string]: Share };
  apis: {
    name: string;
    operations: OperationCoverage[];
  }[];
};

export type Share = {
  met: number;
  documented: number;
};

export type OperationCoverage = {
  id: string;
  method: string;
  path: string;
  requests: number;
  parameters: {
    name: string;
    in: string;
    requests: number;
  }[];
  requestBodies: {
    mediaType: string;
    requests: number;
  }[];
  responses: {
    status: string;
    requests: number;
    content: {
      mediaType: string;
      requests: number;
      examples: {
        name?: string;
        requests: number;
      }[];
    }[];
  }[];
};
