import { createHash } from 'node:crypto';
import type { RedisConnection } from './redis-connection.js';

/** A script in Lua, which Redis carries out as a whole with nothing in between. */
export interface RedisScript {
  readonly source: string;
  readonly sha: string;
}

export function redisScript(...parts: readonly string[]): RedisScript {
  const source = parts.join('\n');
  return { source, sha: createHash('sha1').update(source).digest('hex') };
}

/** Carries out a script that the server most likely knows already. All keys have one hash tag. */
export async function runScript(
  { send }: RedisConnection,
  { source, sha }: RedisScript,
  keys: readonly string[],
  parameters: readonly string[],
): Promise<unknown> {
  const [first = ''] = keys;
  const rest = [String(keys.length), ...keys, ...parameters];
  try {
    return await send(first, ['EVALSHA', sha, ...rest]);
  } catch (error) {
    // It was not carried out.
    if (error instanceof Error && error.message.startsWith('NOSCRIPT')) return send(first, ['EVAL', source, ...rest]);
    throw error;
  }
}
