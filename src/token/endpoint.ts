// The URL at which tokens are exchanged, from the `host` and `proxy-url` of a page. It is https, of the page's own origin,
// or loopback. Errors never quote a value.
import { ClickToCallError } from '../errors.js';

/** Path of the exchange on a SignalWire host. */
export const EXCHANGE_PATH = '/api/fabric/embeds/tokens';

/** Host that exchanges the public tokens of all spaces. */
const DEFAULT_HOST = 'embeds.signalwire.com';

/** The endpoint as the page's author writes it. */
export interface EndpointConfig {
  /**
   * A space name (`example`), or a host with an optional port. Default `embeds.signalwire.com`. Uses https; `http://` is
   * allowed for loopback hosts only. Ignored when `proxyUrl` is set.
   */
  readonly host?: string | undefined;
  /** Exchanges at this URL instead: absolute or relative to `pageUrl`; https, same-origin, or loopback. */
  readonly proxyUrl?: string | undefined;
  /** URL of the page. Without it `proxyUrl` must be absolute. */
  readonly pageUrl?: string | undefined;
}

/**
 * The absolute URL of the endpoint.
 * @throws ClickToCallError `config-endpoint-invalid`
 */
export function tokenEndpoint({ host, proxyUrl, pageUrl }: EndpointConfig): string {
  return proxyUrl?.trim()
    ? proxyEndpoint(proxyUrl.trim(), pageUrl)
    : hostEndpoint(host?.trim() || DEFAULT_HOST);
}

/** Whether a URL points to this machine, where http is as safe as https. */
export function isLoopback({ hostname }: URL): boolean {
  return /^(?:(?:.+\.)?localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
}

function proxyEndpoint(proxyUrl: string, pageUrl: string | undefined): string {
  const url = parseUrl(proxyUrl, pageUrl);
  if (!url || url.username || url.password || !isAllowed(url, pageUrl)) throw invalidEndpoint('proxy-url');
  url.hash = '';
  return url.href;
}

function isAllowed(url: URL, pageUrl: string | undefined): boolean {
  if (url.protocol === 'https:') return true;
  if (url.protocol !== 'http:') return false;
  return isLoopback(url) || (pageUrl !== undefined && url.origin === parseUrl(pageUrl)?.origin);
}

function hostEndpoint(host: string): string {
  // Accepts the trailing slash that a browser's address bar adds, and nothing else besides scheme, name and port.
  const [, scheme = 'https://', name, port = ''] =
    /^(https?:\/\/)?((?:[a-z0-9-]{1,63}\.)*[a-z0-9-]{1,63}|\[[0-9a-f:.]+\])(:\d{1,5})?\/?$/i.exec(host) ?? [];
  if (!name) throw invalidEndpoint('host');
  const isSpaceName = /^[a-z0-9-]+$/i.test(name) && name.toLowerCase() !== 'localhost';
  const url = parseUrl(scheme + name + (isSpaceName ? '.signalwire.com' : '') + port + EXCHANGE_PATH);
  if (!url || (url.protocol !== 'https:' && !isLoopback(url))) throw invalidEndpoint('host');
  return url.href;
}

function parseUrl(url: string, base?: string): URL | undefined {
  try {
    return new URL(url, base);
  } catch {
    return undefined;
  }
}

/** Names the attribute but not its value, because people paste passwords into URLs. */
function invalidEndpoint(attribute: string): ClickToCallError {
  return new ClickToCallError('config-endpoint-invalid', {
    message: `${attribute} is not a valid address.`,
  });
}
