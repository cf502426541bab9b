// The ways in which a page can come by a guest token, as the demo offers them.
// Plain data, read by the page (which sets the attributes) and by the server (which mounts the proxies).

/** One way of exchanging, and what the page has to hold for it. */
export interface ExchangeMode {
  readonly id: 'direct' | 'proxy-token' | 'proxy-alias' | 'proxy-held';
  readonly title: string;
  /** What it is good for. */
  readonly what: string;
  /** What anybody can read in the page's source. */
  readonly inPage: string;
  /** Path of the proxy; without it the page asks SignalWire itself. */
  readonly proxyPath?: string;
  /** What the `token` attribute holds where it is not the public token. */
  readonly token?: string;
}

/** Stands for the public token in the page's source and in the proxy's configuration. */
export const ALIAS = 'support';

export const EXCHANGE_MODES: readonly ExchangeMode[] = [
  {
    id: 'direct',
    title: 'Direct',
    what: 'The page asks SignalWire itself. Nothing to host; the public token is made to be seen.',
    inPage: 'the public token',
  },
  {
    id: 'proxy-token',
    title: 'Proxy',
    what: 'Your server asks on the page’s behalf: it checks origins, limits rates and may add API credentials.',
    inPage: 'the public token',
    proxyPath: '/token/page',
  },
  {
    id: 'proxy-alias',
    title: 'Proxy, alias',
    what: 'The page names a desk, your server knows which token that is. Tokens can be changed without touching a page.',
    inPage: `the alias “${ALIAS}”`,
    proxyPath: '/token/alias',
    token: ALIAS,
  },
  {
    id: 'proxy-held',
    title: 'Proxy, no token',
    what: 'Your server holds the only token. The page holds nothing that could be copied.',
    inPage: 'nothing',
    proxyPath: '/token/held',
    token: '',
  },
];
