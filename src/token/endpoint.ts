// Where a token is exchanged: the `host` and `proxy-url` of a page as one URL.
// Promise: the URL is https, the page's own origin, or this machine; no value is ever quoted in an error.
// Pure, web standards only; part of the wire contract, which hands it on.
import { ClickToCallError } from '../errors.js';

/** Path of the exchange on a SignalWire host. */
export const EXCHANGE_PATH = '/api/fabric/embeds/tokens';

/** Host that exchanges the public tokens of all spaces. */
export const DEFAULT_HOST = 'embeds.signalwire.com';

/** Where a token is exchanged, as the page's author writes it. */
export interface EndpointConfig {
  /**
   * A space name (`example`), or a host with an optional port. Default `embeds.signalwire.com`. https is meant;
   * `http://` may be written for loopback hosts only. Not looked at with `proxyUrl`.
   */
  readonly host?: string | undefined;
  /** Exchange at this URL instead; absolute or relative to `pageUrl`; https, the page's own origin, or loopback. */
  readonly proxyUrl?: string | undefined;
  /** URL of the page; without it `proxyUrl` must be absolute. */
  readonly pageUrl?: string | undefined;
}

/**
 * The absolute URL to exchange at.
 * @throws ClickToCallError `config-endpoint-invalid`
 */
export function tokenEndpoint({ host, proxyUrl, pageUrl }: EndpointConfig): string {
  return proxyUrl?.trim()
    ? proxyEndpoint(proxyUrl.trim(), pageUrl)
    : hostEndpoint(host?.trim() || DEFAULT_HOST);
}

/** Whether a URL points to this very machine, where http is as good as https. */
export function isLoopback({ hostname }: URL): boolean {
  return /^(?:(?:.+\.)?localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
}

function proxyEndpoint(proxyUrl: string, pageUrl: string | undefined): string {
  const url = parseUrl(proxyUrl, pageUrl);
  const page = pageUrl === undefined ? undefined : parseUrl(pageUrl);
  const isHttp = url?.protocol === 'http:' && (isLoopback(url) || url.origin === page?.origin);
  const isAllowed = url?.protocol === 'https:' || isHttp;
  if (!url || !isAllowed || url.username || url.password) throw invalidEndpoint('proxy-url');
  url.hash = '';
  return url.href;
}

function hostEndpoint(host: string): string {
  // One slash at the end is what a browser's address bar adds. Everything else that is not an authority is refused.
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

/** Says which attribute, never its value: people paste passwords into URLs. */
function invalidEndpoint(attribute: string): ClickToCallError {
  return new ClickToCallError('config-endpoint-invalid', {
    message: `${attribute} is not a usable address.`,
  });
}
