// The element's attributes, judged: what is to be called, with what, and where its guest token comes from.
// Promise: everything that can be wrong in a page's markup is told here as a config-… code, before anything is sent.
// Must not know: devices, the SDK, the interface.
import { ClickToCallError } from '../errors.js';
import type { UserVariables } from '../events.js';
import { textOf } from '../text-of.js';
import { sharedSource, type SharedSource } from '../token/shared-source.js';
import type { GuestTokenSource } from '../token/source.js';
import { isLoopback, publicToken, tokenEndpoint } from '../token/wire.js';
import { watchPage } from './csp-watch.js';
import type { CallElement } from './call-element.js';

/** The element's settings as they were when the call began: what the page changes later is for the next call. */
export interface CallSettings extends Pick<
  CallElement,
  'token' | 'host' | 'proxyUrl' | 'tokenTtl' | 'tokenProvider' | 'callUi' | 'userVariables' | 'pageContext'
> {
  readonly destination: string;
  readonly video: boolean;
  /** Whether `token` was written into the attribute; a guest token there earns a warning. */
  readonly tokenInAttribute: boolean;
}

/** Takes the settings in. Values may be of any type: frameworks set properties to null and undefined. */
export function settingsOf(element: CallElement): CallSettings {
  const { token, host, proxyUrl, tokenTtl, tokenProvider, callUi, userVariables, pageContext } = element;
  return {
    token: textOf(token),
    destination: textOf(element.destination),
    host: textOf(host),
    proxyUrl: textOf(proxyUrl),
    tokenTtl: Number(tokenTtl ?? NaN),
    tokenProvider,
    callUi,
    // Written for the official element, whose default is video.
    video: !!element.video && !element.hasAttribute('audio-only'),
    userVariables: userVariables ?? {},
    pageContext,
    tokenInAttribute: element.getAttribute('token') === token,
  };
}

/** A call that makes sense. */
export interface CallPlan {
  readonly destination: string;
  readonly userVariables: UserVariables;
  readonly source: GuestTokenSource;
  /** Whether the token endpoint is on this machine, which needs no network. */
  readonly local: boolean;
  /** Something to tell the page's developer once; not a failure. */
  readonly warning?: string;
}

/** Facts of the page that may go along with a call. */
export interface PageFacts {
  readonly url: string;
  readonly title: string;
  readonly referrer: string;
}

/**
 * Judges the settings of a call.
 * @param dialVariables what the page set in `sw-dial`, call by call; each merges over everything before.
 * @throws ClickToCallError of the phase config.
 */
export function planCall(
  settings: CallSettings,
  dialVariables: readonly unknown[],
  page: PageFacts,
  findSource: SharedSource = sharedSource,
): CallPlan {
  const { tokenProvider } = settings;
  const { source, local, kind } = planToken(settings, page, findSource);
  const { destination } = settings;
  if (!destination) throw new ClickToCallError('config-destination-missing');
  const inAttribute = !tokenProvider && kind === 'guest' && settings.tokenInAttribute;
  return {
    destination,
    userVariables: planVariables(settings, dialVariables, page),
    source,
    local,
    ...(inAttribute && { warning: GUEST_TOKEN_IN_ATTRIBUTE }),
  };
}

/**
 * Where the guest token of these settings comes from; enough to fetch one ahead of the click. `endpoint` is the URL that
 * is asked for it, if one is.
 * @throws ClickToCallError `config-token-…`, `config-endpoint-invalid`.
 */
export function planToken(
  settings: CallSettings,
  page: Pick<PageFacts, 'url'>,
  findSource: SharedSource = sharedSource,
) {
  const { tokenProvider, tokenTtl } = settings;
  const tokenTtlSec = tokenTtl >= 0 && Number.isFinite(tokenTtl) ? tokenTtl : undefined;
  if (tokenProvider)
    return { source: findSource({ tokenProvider, tokenTtlSec }), local: true, kind: 'provided' };
  const proxyUrl = settings.proxyUrl.trim();
  const token = publicToken(settings.token, { proxied: !!proxyUrl });
  const endpoint = tokenEndpoint({ host: settings.host, proxyUrl, pageUrl: page.url });
  const source = findSource({ endpoint, token: token.value, tokenTtlSec, watch: watchPage });
  return { source, endpoint, local: isLoopback(new URL(endpoint)), kind: token.kind };
}

const GUEST_TOKEN_IN_ATTRIBUTE =
  'A guest token stands in the token attribute, where every script and extension of the page can read it. ' +
  'Set the token property or a tokenProvider instead.';

function planVariables(
  settings: CallSettings,
  dialVariables: readonly unknown[],
  page: PageFacts,
): UserVariables {
  const own = [settings.userVariables, ...dialVariables].map((variables) => variables ?? {});
  if (!own.every(isVariables)) throw new ClickToCallError('config-variables-invalid');
  const facts = { page_url: page.url, page_title: page.title, referrer: page.referrer };
  return Object.assign({}, settings.pageContext && facts, ...own) as UserVariables;
}

/** Whether a value is an object of names and values that can go over the wire: cycles and BigInts cannot. */
function isVariables(value: unknown): value is UserVariables {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && isJson(value);
}

function isJson(value: unknown): boolean {
  try {
    JSON.stringify(value);
    return true;
  } catch {
    return false;
  }
}
