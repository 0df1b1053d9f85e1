/** Why a callback may not go to a URL; `undefined` where it may: to this machine, and to hosts that were named. */
export function whyNotAllowed(target: string, allowedHosts: readonly string[]): string | undefined {
  const url = URL.canParse(target) ? new URL(target) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) return 'this is no absolute http or https URL';
  if (isLoopback(url.hostname)) return undefined;
  const names = [url.hostname, url.host].map((name) => name.toLowerCase());
  if (allowedHosts.some((host) => names.includes(host.toLowerCase()))) return undefined;
  return `${url.host} is not on this machine; allow it with --allow-callbacks ${url.host}`;
}

/** RFC 6761 §6.3, RFC 1122 §3.2.1.3, RFC 4291 §2.5.3. The URL parser has brought addresses to their usual form. */
function isLoopback(hostname: string): boolean {
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    /^127\.\d+\.\d+\.\d+$/.test(hostname) ||
    hostname === '[::1]'
  );
}
