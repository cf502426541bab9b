// The ways in which a page can get its guest token. Plain data: the page sets attributes from it, the server mounts
// proxies.

export interface ExchangeMode {
  readonly id: 'direct' | 'proxy-token' | 'proxy-alias' | 'proxy-held';
  readonly title: string;
  readonly description: string;
  /** What anyone can read in the page's source. */
  readonly visibleInPage: string;
  /** The path of the proxy. Without it the page requests the token from SignalWire. */
  readonly proxyPath?: string;
  /** The value of the `token` attribute, if it is not the public token. */
  readonly token?: string;
}

/** Replaces the public token in the page's source. The proxy knows which token it means. */
export const ALIAS = 'support';

export const EXCHANGE_MODES: readonly ExchangeMode[] = [
  {
    id: 'direct',
    title: 'Direct',
    description:
      'The page requests the guest token from SignalWire. You host nothing; the public token is meant to be public.',
    visibleInPage: 'the public token',
  },
  {
    id: 'proxy-token',
    title: 'Proxy',
    description:
      'Your server requests the guest token for the page. It checks origins, limits rates and can add API credentials.',
    visibleInPage: 'the public token',
    proxyPath: '/token/page',
  },
  {
    id: 'proxy-alias',
    title: 'Proxy, alias',
    description:
      'The page sends an alias, and your server maps it to a token. You can change tokens without changing pages.',
    visibleInPage: `the alias “${ALIAS}”`,
    proxyPath: '/token/alias',
    token: ALIAS,
  },
  {
    id: 'proxy-held',
    title: 'Proxy, no token',
    description: 'Only your server knows the token. The page contains nothing that could be copied.',
    visibleInPage: 'nothing',
    proxyPath: '/token/held',
    token: '',
  },
];
