/** How content of a media type is written: one codec for each. `other` is not known to be anything but octets. */
export type Family =
  | 'json'
  | 'json-lines'
  | 'json-sequence'
  | 'event-stream'
  | 'xml'
  | 'form'
  | 'multipart'
  | 'csv'
  | 'yaml'
  | 'text'
  | 'binary'
  | 'other';

const exact: Readonly<Record<string, Family>> = {
  'application/json': 'json',
  'text/json': 'json',
  'application/x-json': 'json',
  'application/xml': 'xml',
  'text/xml': 'xml',
  'application/x-www-form-urlencoded': 'form',
  'text/csv': 'csv',
  'application/csv': 'csv',
  'application/yaml': 'yaml',
  'application/x-yaml': 'yaml',
  'text/yaml': 'yaml',
  'text/x-yaml': 'yaml',
  'text/vnd.yaml': 'yaml',
  'text/event-stream': 'event-stream',
  'application/json-seq': 'json-sequence',
  'application/javascript': 'text',
  'application/ecmascript': 'text',
  'application/graphql': 'text',
  'application/sql': 'text',
  'application/toml': 'text',
  'application/rtf': 'text',
  'application/jwt': 'text',
};

/** Types of which each is a line of JSON: https://jsonlines.org, and what Spring calls a stream. */
const jsonLines =
  /^(?:application|text)\/(?:x-)?(?:jsonl|jsonlines|json-lines|ndjson|nd-json|json-stream|stream\+json|ldjson|jsonlines\+json)$/;

const binaryTypes =
  /^application\/(?:octet-stream|pdf|zip|gzip|x-gzip|x-tar|x-bzip2?|x-7z-compressed|x-rar-compressed|vnd\.rar|zstd|zlib|wasm|cbor|msgpack|x-msgpack|vnd\.msgpack|bson|protobuf|x-protobuf|x-google-protobuf|vnd\.(?:[\w-]+\.)*protobuf|grpc(?:-web)?|avro|vnd\.apache\.(?:avro|parquet)|java-archive|x-java-archive|x-shockwave-flash|pkcs\d+|x-pkcs\d+|pkix-cert|pgp-encrypted|ogg|font-\w+|x-font-\w+|epub\+zip|x-sqlite3|vnd\.sqlite3|msword|vnd\.ms-\w+|vnd\.openxmlformats-officedocument\.[\w.-]+|vnd\.oasis\.opendocument\.[\w.-]+|java)$/;

/** @param essence a media type in lower case, without parameters */
export function familyOf(essence: string): Family {
  const known = Object.hasOwn(exact, essence) ? exact[essence] : undefined;
  if (known) return known;
  if (jsonLines.test(essence)) return 'json-lines';
  // Structured syntax suffixes (RFC 6839, RFC 8091, RFC 9512).
  if (essence.endsWith('+json')) return 'json';
  if (essence.endsWith('+xml')) return 'xml';
  if (essence.endsWith('+yaml')) return 'yaml';
  if (essence.endsWith('+json-seq')) return 'json-sequence';
  if (essence.startsWith('multipart/')) return 'multipart';
  if (essence.startsWith('text/')) return 'text';
  if (/^(?:image|audio|video|font|model)\//.test(essence) || /\+(?:zip|gzip|cbor|der|wbxml|zstd)$/.test(essence))
    return 'binary';
  return binaryTypes.test(essence) ? 'binary' : 'other';
}
