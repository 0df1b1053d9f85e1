import autocannon from 'autocannon';

/** Ten connections that ask as fast as they are answered. An answer that is not the scenario's ends the run: it would count for nothing. */
export async function load(url, { method, path, headers, body, status }, seconds) {
  const result = await autocannon({ url: `${url}${path}`, method, headers, body, connections: 10, duration: seconds });
  const answered = Object.entries(result.statusCodeStats ?? {}).filter(([code]) => Number(code) !== status);
  if (answered.length > 0 || result.errors > 0)
    throw new Error(
      `${url}${path}: expected ${status} only, found ${JSON.stringify(result.statusCodeStats)}, ${result.errors} errors`,
    );
  return { perSecond: result.requests.average, p99Ms: result.latency.p99 };
}
