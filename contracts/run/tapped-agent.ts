import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';

/** Connections whose octets are counted: Node drops those that come after an answer without a body. */
interface Tap {
  readonly agent: HttpAgent;
  /** The final head, and how many octets came after it; `undefined` before it is there. */
  readonly seen: () =>
    | { readonly status: number; readonly headers: Record<string, string>; readonly excess: number }
    | undefined;
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
    seen: () => {
      const found = finalHead(head);
      return found && { ...read(found.text), excess: octets - found.end };
    },
  };
}

function read(text: string): { status: number; headers: Record<string, string> } {
  const [line = '', ...fields] = text.split('\r\n');
  const headers = fields.map((field): [string, string] => {
    const [name = '', value = ''] = field.split(/:(.*)/s);
    return [name.trim().toLowerCase(), value.trim()];
  });
  return { status: Number(line.split(' ')[1]), headers: Object.fromEntries(headers) };
}

/** Informational heads come before it (RFC 9110 §15.2). */
function finalHead(octets: Buffer): { readonly text: string; readonly end: number } | undefined {
  let start = 0;
  for (;;) {
    const blank = octets.indexOf('\r\n\r\n', start, 'latin1');
    if (blank < 0) return undefined;
    const isInformational = /^HTTP\/1\.\d 1\d\d/.test(octets.subarray(start, start + 13).toString('latin1'));
    if (!isInformational) return { text: octets.subarray(start, blank).toString('latin1'), end: blank + 4 };
    start = blank + 4;
  }
}
