// Pictures of the real thing: every state, phone and desktop, light and dark, left-to-right and right-to-left.
// "npm run screens" writes them to a folder that git does not keep; look at them before you call a change done.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Stage, type TestPage } from './stage.js';

const OUT = process.argv[2] ?? join(import.meta.dirname, '../../screens');

const SIZES = {
  desktop: { viewport: { width: 900, height: 640 } },
  phone: { viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true },
};

interface Scene {
  readonly name: string;
  readonly attributes?: Record<string, string | true>;
  readonly permissions?: readonly string[];
  readonly before?: string;
  readonly act: (test: TestPage) => Promise<unknown>;
}

const active = (test: TestPage) => test.state('active');
const press = (test: TestPage, part: string, index = 0) =>
  test.page.locator(`sw-click-to-call [part~="${part}"]`).nth(index).click();

const SCENES: readonly Scene[] = [
  {
    name: 'preparing',
    before: 'navigator.mediaDevices.getUserMedia = () => new Promise(() => {});',
    act: (test) => test.state('preparing'),
  },
  { name: 'ringing', attributes: { destination: '/public/ringing' }, act: (test) => test.state('ringing') },
  { name: 'active', act: active },
  { name: 'muted', act: async (test) => (await active(test), press(test, 'control', 1)) },
  { name: 'keypad', act: async (test) => (await active(test), press(test, 'control', 2)) },
  { name: 'devices', act: async (test) => (await active(test), press(test, 'control', 3)) },
  { name: 'pill', act: async (test) => (await active(test), press(test, 'control', 0)) },
  { name: 'video', attributes: { video: true }, act: active },
  {
    name: 'agent',
    attributes: { destination: '/public/agent', transcript: true },
    act: (test) => test.event('sw-display-content', 60_000),
  },
  {
    name: 'reconnecting',
    attributes: { destination: '/public/drops' },
    act: (test) => test.state('reconnecting', 30_000),
  },
  { name: 'ended', attributes: { destination: '/public/hangs-up-1' }, act: (test) => test.state('ended') },
  { name: 'busy', attributes: { destination: '/public/busy' }, act: (test) => test.state('failed') },
  { name: 'denied', permissions: [], act: (test) => test.state('failed') },
  { name: 'inline', attributes: { display: 'inline' }, act: active },
];

const wanted = process.argv.slice(3);
mkdirSync(OUT, { recursive: true });
const stage = await Stage.open();
for (const scene of SCENES) {
  if (wanted.length && !wanted.includes(scene.name)) continue;
  for (const [size, device] of Object.entries(SIZES)) {
    for (const [look, colorScheme, lang] of [
      ['light', 'light', 'en'],
      ['dark', 'dark', 'ar'],
    ] as const) {
      const tag = stage.tag({ destination: '/public/echo', lang, ...scene.attributes });
      const dir = lang === 'ar' ? 'rtl' : 'ltr';
      const body = `<main dir="${dir}" style="font:1rem/1.5 system-ui;color:${colorScheme === 'dark' ? '#eee' : '#222'};padding:1rem"><style>html{background:${colorScheme === 'dark' ? '#101418' : '#fff'}}</style><h1>The shop</h1><p>Questions? Talk to us.</p>${tag}</main>`;
      const { permissions, before } = scene;
      const test = await stage.page({
        body,
        context: { ...device, colorScheme },
        ...(permissions && { permissions }),
        ...(before && { before }),
      });
      await test.page.getByRole('button', { name: 'Call support' }).click();
      await scene.act(test);
      await test.page.evaluate(() => new Promise(requestAnimationFrame));
      await test.page.screenshot({ path: join(OUT, `${scene.name}-${size}-${look}.png`) });
      await test.close();
    }
  }
}
await stage.close();
