/** Where Redis is, and what is said of it there. */
export interface RedisAddress {
  /** One server, or nodes of a cluster from which the others are found: `redis:` or `rediss:` URLs. */
  readonly servers: readonly [string, ...string[]];
  readonly isCluster: boolean;
  /** Before each key. */
  readonly prefix: string;
  /** The URL for people to read, without a password. */
  readonly shown: string;
}

const form = 'redis://[[user]:password@]host[:port][/database][?prefix=name]';

/**
 * @param text as `form` has it; `rediss:` for TLS; `redis+cluster:` or `rediss+cluster:` for a cluster, of which several nodes
 *   may be named, separated by commas
 * @throws TypeError that says what was expected
 */
export function parseRedisUrl(text: string): RedisAddress {
  const [, scheme, cluster, credentials = '', hosts = '', database = '', query = ''] =
    /^(rediss?)(\+cluster)?:\/\/([^@/?]*@)?([^@/?]+)(\/\d*)?\/?(\?[^#]*)?$/.exec(text) ?? [];
  const parameters = new URLSearchParams(query);
  const prefix = parameters.get('prefix') ?? 'standin';
  parameters.delete('prefix');
  const [first, ...others] = hosts.split(',').map((host) => `${scheme}://${credentials}${host}${database}`);
  if (scheme === undefined || first === undefined || parameters.size > 0 || !isNamed(prefix))
    throw new TypeError(`expected ${form}, rediss:// for TLS, or redis+cluster://host:port,host:port`);
  if (cluster && database.length > 1)
    throw new TypeError('a cluster has no databases; tell users apart by ?prefix=name');
  if (!cluster && others.length > 0) throw new TypeError('several servers are a cluster: redis+cluster://');
  const servers = [first, ...others] as const;
  for (const server of servers)
    if (!URL.canParse(server)) throw new TypeError(`expected ${form}; percent-encode user and password`);
  return {
    servers,
    isCluster: cluster !== undefined,
    prefix,
    shown: `${scheme}${cluster ?? ''}://${hosts}${database}`,
  };
}

/** Braces would tear the keys of a session apart. */
const isNamed = (prefix: string) => /^[\w.:-]+$/.test(prefix);
