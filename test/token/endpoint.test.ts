// The URL at which a token may be exchanged. Every spelling that leads anywhere else is refused.
import { expect } from 'chai';
import { isLoopback, tokenEndpoint } from '../../src/token/wire.js';
import { throws } from '../rejects.js';

const PATH = '/api/fabric/embeds/tokens';
const PAGE = 'https://shop.example/help/contact?x=1#top';

describe('tokenEndpoint', () => {
  const good: [host: string | undefined, origin: string][] = [
    [undefined, 'https://embeds.signalwire.com'],
    ['', 'https://embeds.signalwire.com'],
    ['  ', 'https://embeds.signalwire.com'],
    ['example', 'https://example.signalwire.com'],
    [' example ', 'https://example.signalwire.com'],
    ['https://example', 'https://example.signalwire.com'],
    ['example-2', 'https://example-2.signalwire.com'],
    ['Example.SignalWire.com', 'https://example.signalwire.com'],
    ['https://example.signalwire.com', 'https://example.signalwire.com'],
    ['https://example.signalwire.com/', 'https://example.signalwire.com'],
    ['HTTPS://example.signalwire.com', 'https://example.signalwire.com'],
    ['voice.example.org:8443', 'https://voice.example.org:8443'],
    ['localhost', 'https://localhost'],
    ['localhost:5173', 'https://localhost:5173'],
    ['http://localhost:5173', 'http://localhost:5173'],
    ['http://app.localhost:5173', 'http://app.localhost:5173'],
    ['127.0.0.1:3000', 'https://127.0.0.1:3000'],
    ['http://127.0.0.1:3000', 'http://127.0.0.1:3000'],
    ['http://127.8.9.10', 'http://127.8.9.10'],
    ['http://[::1]:3000', 'http://[::1]:3000'],
  ];
  for (const [host, origin] of good) {
    it(`exchanges at ${origin} when host is ${JSON.stringify(host)}`, () => {
      expect(tokenEndpoint({ host })).to.equal(origin + PATH);
    });
  }

  const bad = [
    'http://example',
    'http://example.signalwire.com',
    'http://192.168.0.1',
    'http://128.0.0.1',
    'http://localhost.example.org',
    'http://127.0.0.1.example.org',
    'http://[::2]',
    'example.org/path',
    'example.org?x',
    'example.org#x',
    'user@example.org',
    'user:pass@example.org',
    'https://user:pass@example.org',
    'exam ple.org',
    'exam\nple.org',
    'exam\tple.org',
    'example.org:',
    'example.org:port',
    'example.org:99999',
    'example..org',
    '.example.org',
    'example.org\\@evil.example',
    'example%2eorg',
    'ftp://example.org',
    'javascript:alert(1)',
    '//example.org',
    '[::1',
    '999.1.1.1.',
    'http://1.2.3.999',
  ];
  for (const host of bad) {
    it(`refuses host ${JSON.stringify(host)}`, () => {
      const error = throws(() => tokenEndpoint({ host }), 'config-endpoint-invalid');
      expect(error.message).to.equal('host is not a valid address.');
    });
  }

  const goodProxies: [proxyUrl: string, pageUrl: string | undefined, endpoint: string][] = [
    ['/api/call-token', PAGE, 'https://shop.example/api/call-token'],
    [' token ', PAGE, 'https://shop.example/help/token'],
    ['?token', PAGE, 'https://shop.example/help/contact?token'],
    ['//cdn.example/token', PAGE, 'https://cdn.example/token'],
    ['https://proxy.example/t?k=v', PAGE, 'https://proxy.example/t?k=v'],
    ['https://proxy.example/t#x', undefined, 'https://proxy.example/t'],
    ['http://localhost:8787/t', PAGE, 'http://localhost:8787/t'],
    ['http://127.0.0.1:8787/t', undefined, 'http://127.0.0.1:8787/t'],
    ['/t', 'http://intranet.example:8080/x', 'http://intranet.example:8080/t'],
    ['http://intranet.example:8080/t', 'http://intranet.example:8080/x', 'http://intranet.example:8080/t'],
  ];
  for (const [proxyUrl, pageUrl, endpoint] of goodProxies) {
    it(`exchanges at ${endpoint} when proxy-url is ${JSON.stringify(proxyUrl)} on ${pageUrl}`, () => {
      expect(tokenEndpoint({ host: 'not a host', proxyUrl, pageUrl })).to.equal(endpoint);
    });
  }

  const badProxies: [proxyUrl: string, pageUrl?: string][] = [
    ['http://proxy.example/t', PAGE],
    ['http://shop.example/t', PAGE],
    ['http://intranet.example:8081/t', 'http://intranet.example:8080/x'],
    ['//other.example/t', 'http://intranet.example/'],
    ['https://user:pass@proxy.example/t', PAGE],
    ['https://user@proxy.example/t', PAGE],
    ['//user@shop.example/t', PAGE],
    ['data:application/json,{}', PAGE],
    ['blob:https://shop.example/1', PAGE],
    ['javascript:alert(1)', PAGE],
    ['java\nscript:alert(1)', PAGE],
    ['file:///etc/passwd', PAGE],
    ['ws://localhost/t', PAGE],
    ['https://', PAGE],
    ['/t'],
    ['/t', 'about:blank'],
    ['/t', 'file:///home/index.html'],
  ];
  for (const [proxyUrl, pageUrl] of badProxies) {
    it(`refuses proxy-url ${JSON.stringify(proxyUrl)} on ${pageUrl}`, () => {
      const error = throws(() => tokenEndpoint({ proxyUrl, pageUrl }), 'config-endpoint-invalid');
      expect(error.message).to.equal('proxy-url is not a valid address.');
    });
  }

  it('falls back to the host when proxy-url is blank', () => {
    expect(tokenEndpoint({ proxyUrl: ' ', pageUrl: PAGE })).to.equal(`https://embeds.signalwire.com${PATH}`);
  });

  it('recognizes loopback hosts', () => {
    for (const host of [
      'localhost',
      'a.localhost',
      '127.1.2.3',
      '127.10.20.30',
      '[::1]',
      '2130706433',
      '0x7f.1',
    ]) {
      expect(isLoopback(new URL(`https://${host}`)), host).to.equal(true);
    }
    for (const host of ['localhost.example', 'notlocalhost', '128.0.0.1', '[::2]', '127.0.0.1.example']) {
      expect(isLoopback(new URL(`https://${host}`)), host).to.equal(false);
    }
  });
});
