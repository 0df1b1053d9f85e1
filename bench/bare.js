// What Node itself can do: reads the body as JSON, answers a fixed one.
import { createServer } from 'node:http';

const [port, status, bytes] = process.argv.slice(2).map(Number);
const answer = Buffer.from(JSON.stringify({ text: 'x'.repeat(bytes - 11) }));

createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    if (chunks.length > 0) JSON.parse(Buffer.concat(chunks).toString());
    response.writeHead(status, { 'content-type': 'application/json', 'content-length': answer.length });
    response.end(answer);
  });
}).listen(port, '127.0.0.1', () => console.log('listening'));
