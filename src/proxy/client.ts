// Turns a client's address into the key under which the client is counted, however the address is spelled.
// An IPv6 client is its /64, an IPv4-mapped IPv6 address is the IPv4 address, and whatever is not an address is `unknown`.

/** Longer than any address, with room for a port and a zone. */
const MAX_ADDRESS = 100;

/** The key under which a client is counted. */
export function clientKey(address: string): string {
  // The address may come from a header, which can be long when the client bypassed the trusted hops.
  if (address.length > MAX_ADDRESS) return 'unknown';
  // Some gateways append a port: "192.0.2.1:4711", "[2001:db8::1]:4711". A zone ("%eth0") is dropped.
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
  const groups = ipv6Groups(text);
  if (!groups) return undefined;
  const isMapped = groups.slice(0, 6).join(':') === '0:0:0:0:0:ffff';
  if (!isMapped) return `${groups.slice(0, 4).join(':')}::/64`;
  return groups
    .slice(6)
    .map((group) => parseInt(group, 16))
    .map((group) => `${group >> 8}.${group & 255}`)
    .join('.');
}

/** The eight groups of an IPv6 address in lower-case hexadecimal without leading zeros. */
function ipv6Groups(text: string): string[] | undefined {
  if (!text.includes(':') || !/^[0-9a-f:.]{2,45}$/i.test(text)) return undefined;
  let canonical: string;
  try {
    // The URL parser accepts every spelling and writes the canonical one, in hexadecimal groups only.
    canonical = new URL(`http://[${text}]`).hostname.slice(1, -1);
  } catch {
    return undefined;
  }
  const [head = '', tail] = canonical.split('::');
  const left = head ? head.split(':') : [];
  const right = tail ? tail.split(':') : [];
  return [...left, ...Array<string>(8 - left.length - right.length).fill('0'), ...right];
}
