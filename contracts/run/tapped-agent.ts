import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';

/** Connections whose octets are counted: Node drops those that come after an answer without a body. */
export interface Tap {
  readonly agent: HttpAgent;
  /** Octets after the head of the answer. */
  readonly afterHead: () => number;
}

/** A head that is longer than this is none. */
const headMax = 65_536;

/** For one request, on a connection of its own. */
export function createTap(baseUrl: string): Tap {
  let head = Buffer.alloc(0);
  let octets = 0;
  const agent = baseUrl.startsWith('https:') ? new HttpsAgent() : new HttpAgent();
  const connect = agent.createConnection.bind(agent);
  agent.createConnection = (...given: Parameters<typeof connect>) => {
    const socket = connect(...given);
    socket?.on('data', (chunk: Buffer) => {
      octets += chunk.length;
      if (head.length < headMax) head = Buffer.concat([head, chunk]);
    });
    return socket;
  };
  return {
    agent,
    afterHead: () => {
      const end = endOfHead(head);
      return end === undefined ? 0 : octets - end;
    },
  };
}

/** Where the final head ends: informational ones come before it (RFC 9110 §15.2). */
function endOfHead(octets: Buffer): number | undefined {
  let start = 0;
  for (;;) {
    const blank = octets.indexOf('\r\n\r\n', start, 'latin1');
    if (blank < 0) return undefined;
    const isInformational = /^HTTP\/1\.\d 1\d\d/.test(octets.subarray(start, start + 13).toString('latin1'));
    if (!isInformational) return blank + 4;
    start = blank + 4;
  }
}
