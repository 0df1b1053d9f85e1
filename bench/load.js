import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import autocannon from 'autocannon';

const connections = 32;
/** Among many operations Prism takes seconds for each of as many requests at once. */
const patience = '60s';
const folder = mkdtempSync(join(tmpdir(), 'standin-bench-'));
let scripts = 0;

/** wrk takes less of the machine from the servers than autocannon does. */
export const tool = (() => {
  try {
    execFileSync('wrk', ['--version'], { stdio: 'ignore' });
  } catch (error) {
    // wrk has no such option as --version, and says so with status 1.
    return error.status === 1 ? 'wrk' : 'autocannon';
  }
  return 'wrk';
})();

/**
 * Requests per second of a server that is asked as fast as it answers. `body` may hold `[<id>]`, which is another text in
 * each request. An answer of another status ends the run: it would count for nothing.
 */
export function load(url, request, seconds) {
  return tool === 'wrk' ? byWrk(url, request, seconds) : byAutocannon(url, request, seconds);
}

async function byWrk(url, { method, path, headers, body, status }, seconds) {
  const script = join(folder, `${scripts++}.lua`);
  writeFileSync(script, lua({ method, path, headers, body, status }));
  const { stdout } = await promisify(execFile)('wrk', [
    '-t1',
    `-c${connections}`,
    `-d${seconds}s`,
    '--timeout',
    patience,
    '-s',
    script,
    url,
  ]);
  const [, count, micros, wrong, errors] = /RESULT (\d+) (\d+) (\d+) (\d+)/.exec(stdout).map(Number);
  if (wrong > 0 || errors > 0)
    throw new Error(`${url}${path}: ${wrong} answers of another status than ${status}, ${errors} errors`);
  return count / (micros / 1e6);
}

function lua({ method, path, headers, body, status }) {
  const quote = (text) => JSON.stringify(text);
  const fields = Object.entries(headers ?? {})
    .map(([name, value]) => `[${quote(name)}]=${quote(value)}`)
    .join(',');
  const run = Date.now().toString(36) + scripts;
  return `
local headers = {${fields}}
local count = 0
local fixed
wrong = 0
local threads = {}
function setup(thread) table.insert(threads, thread) end
function init()
  headers['Host'] = wrk.host .. ':' .. wrk.port
  fixed = wrk.format(${quote(method)}, ${quote(path)}, headers, ${body === undefined ? 'nil' : quote(body)})
end
local before, after = ${body?.includes('[<id>]') ? body.split('[<id>]').slice(0, 2).map(quote).join(', ') : 'nil, nil'}
function request()
  if not before then return fixed end
  count = count + 1
  return wrk.format(${quote(method)}, ${quote(path)}, headers, before .. '${run}' .. count .. after)
end
function response(status) if status ~= ${status} then wrong = wrong + 1 end end
function done(summary)
  local total = 0
  for _, thread in ipairs(threads) do total = total + thread:get('wrong') end
  local e = summary.errors
  io.write(string.format('RESULT %d %d %d %d\\n', summary.requests, summary.duration, total, e.connect + e.read + e.write + e.timeout))
end
`;
}

async function byAutocannon(url, request, seconds) {
  const { requests, duration } = await shoot(url, request, { duration: seconds });
  return requests.total / duration;
}

/** The 99th percentile of latency, in milliseconds, at a rate that the server can keep up with. */
export async function latency(url, request, rate, seconds) {
  const result = await shoot(url, request, { duration: seconds, overallRate: Math.round(rate) });
  return result.latency.p99;
}

async function shoot(url, { method, path, headers, body, status }, pace) {
  const idReplacement = body?.includes('[<id>]');
  const result = await autocannon({ url: `${url}${path}`, method, headers, body, connections, idReplacement, ...pace });
  check(result, url, path, status);
  return result;
}

function check({ statusCodeStats = {}, errors }, url, path, status) {
  const others = Object.keys(statusCodeStats).filter((code) => Number(code) !== status);
  if (others.length > 0 || errors > 0)
    throw new Error(
      `${url}${path}: expected ${status} only, found ${JSON.stringify(statusCodeStats)}, ${errors} errors`,
    );
}
