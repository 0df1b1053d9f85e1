/** Why nothing may be sent to a URL; `undefined` where it may: to this machine, and to hosts that were named. */
export function whyNotAllowed(target: string, allowedHosts: readonly string[]): string | undefined {
  const url = URL.canParse(target) ? new URL(target) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) return 'this is no absolute http or https URL';
  if (isLoopback(url.hostname)) return undefined;
  if (allowedHosts.some((host) => isHostOf(host, url))) return undefined;
  return `${url.host} is not on this machine; allow it with --allow-callbacks ${url.host}`;
}

/** Whether a text is a host that can be allowed, with or without a port. */
export function isHost(text: string): boolean {
  return /^[^\s/?#@\\]+$/.test(text) && URL.canParse(`http://${text}`) && !/:$/.test(text);
}

/** RFC 6761 §6.3, RFC 1122 §3.2.1.3, RFC 4291 §2.5.3. The URL parser has brought addresses to their usual form. */
function isLoopback(hostname: string): boolean {
  return isLoopbackName(hostname) || /^127\.\d+\.\d+\.\d+$/.test(hostname) || hostname === '[::1]';
}

/** Names that mean this machine, whatever a name server says of them. */
export function isLoopbackName(hostname: string): boolean {
  return hostname === 'localhost' || hostname.endsWith('.localhost');
}

const usualPorts: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443' };

/** Names and addresses are compared in the form that the URL parser gives them. */
function isHostOf(host: string, { hostname, port, protocol }: URL): boolean {
  if (!isHost(host)) return false;
  const [, wanted] = /:(\d+)$/.exec(host) ?? [];
  if (new URL(`http://${host}`).hostname !== hostname) return false;
  return wanted === undefined || Number(wanted) === Number(port || usualPorts[protocol]);
}
