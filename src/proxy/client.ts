// Who a client is: one key per address, the same however the address is written.
// Promise: an IPv6 client is its /64, an IPv4 address in IPv6 clothes is that IPv4 address, and everything that is
// not an address is one and the same client. Pure. Must not know: limits, logs, where the address was found.

/** No address is longer, whatever is written around it. */
const MAX_ADDRESS = 100;

/** The key under which a client is counted. */
export function clientKey(address: string): string {
  // A header may be long, and who comes around the hops may write one.
  if (address.length > MAX_ADDRESS) return 'unknown';
  // Some gateways write a port behind: "192.0.2.1:4711", "[2001:db8::1]:4711". A zone ends in nothing of use.
  const [, bracketed, plain = ''] = /^\s*(?:\[([^\]]*)\](?::\d+)?|(.*?))\s*$/.exec(address) ?? [];
  const bare = (bracketed ?? plain).replace(/%.*$/, '');
  const v4 = ipv4(/^[\d.]+:\d+$/.test(bare) ? bare.slice(0, bare.indexOf(':')) : bare);
  return v4 ?? ipv6Network(bare) ?? 'unknown';
}

function ipv4(text: string): string | undefined {
  const parts = text.split('.');
  return parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256)
    ? parts.map(Number).join('.')
    : undefined;
}

function ipv6Network(text: string): string | undefined {
  if (!text.includes(':') || !/^[0-9a-f:.]{2,45}$/i.test(text)) return undefined;
  let canonical: string;
  try {
    // The URL parser knows every spelling, and leaves hexadecimal groups only.
    canonical = new URL(`http://[${text}]`).hostname.slice(1, -1);
  } catch {
    return undefined;
  }
  const [head = '', tail] = canonical.split('::');
  const left = head ? head.split(':') : [];
  const right = tail ? tail.split(':') : [];
  const groups = [...left, ...Array<string>(8 - left.length - right.length).fill('0'), ...right];
  const mapped = groups.slice(0, 6).join(':') === '0:0:0:0:0:ffff';
  if (!mapped) return `${groups.slice(0, 4).join(':')}::/64`;
  return groups
    .slice(6)
    .map((group) => parseInt(group, 16))
    .map((group) => `${group >> 8}.${group & 255}`)
    .join('.');
}
