// Every scene of the call interface is looked at by axe, by finger, on small screens, by keyboard alone, with forced colours
// and reduced motion, in English and in Arabic. A new state gets a scene, and with it all of these.
import { emulateMedia, sendKeys, setViewport } from '@web/test-runner-commands';
import 'axe-core';
import type * as Axe from 'axe-core';
import { expect } from 'chai';
import type { CallPanel } from '../../../src/ui/panel/panel.js';
import type { PanelModel, PanelOptions } from '../../../src/ui/panel/panel-model.js';
import { AgentView } from '../../../src/ui/agent/agent-view.js';
import { createDebugLog } from '../../../src/debug-log.js';
import { ar } from '../../../src/locales/ar.js';
import { en, type Strings } from '../../../src/locales/en.js';
import type { SwClickToCall } from '../../../src/element/sw-click-to-call.js';
import { buttonNamed, isVisible, part } from '../../by-role.js';
import { clearPage, over, place } from '../../placed-element.js';
import { clearPanels, openPanel } from './open-panel.js';

// Not a module: it leaves its name at the window.
const { axe } = window as unknown as { axe: typeof Axe };

const WIDE = { width: 900, height: 700 };

const pictures = () => document.createElement('canvas').captureStream();

const CHOICES: PanelModel['choices'] = {
  available: {
    microphone: [
      { id: 'desk', label: 'Desk microphone with a name that is much longer than any phone is wide' },
      { id: 'headset', label: '' },
    ],
    speaker: [{ id: 'default', label: 'Default' }],
    camera: [{ id: 'front', label: 'Front camera' }],
  },
  current: { microphone: 'desk', speaker: 'default', camera: 'front' },
};

const MENU =
  '# Menu\n\n- [Soup](https://example.com)\n- A_word_that_is_longer_than_a_phone_is_wide_and_more\n\n`x`';

const SENTENCE = 'The microphone is blocked.';

interface Scene {
  readonly news: Partial<PanelModel>;
  readonly options?: Partial<PanelOptions>;
  readonly act?: (panel: CallPanel, words: Strings) => unknown;
}

/** An agent that has spoken and shown something. */
const agentShows = (shared: object) => async (panel: CallPanel, words: Strings) => {
  const log = createDebugLog(false);
  let shown!: () => void;
  let awaited = 3;
  const all = new Promise<void>((resolve) => (shown = resolve));
  const showExtra: CallPanel['showExtra'] = (extra) => {
    panel.showExtra(extra);
    awaited -= 1;
    if (!awaited) shown();
  };
  const agent = new AgentView({
    panel: { showExtra },
    words,
    captions: true,
    emit: () => true,
    announce: () => {},

    log,
  });
  agent.take('ai.completion', { text: 'Here is the menu of today.' });
  agent.take('ai.partial_result', { text: 'Thank you, and' });
  agent.take('user_event', { type: 'display_content', title: 'The menu', ...shared });
  await all;
};

const active = { state: 'active' } as const;
const video = { video: true };

/** Every state that the panel can be in. */
const SCENES: Record<string, Scene> = {
  preparing: { news: {} },
  'preparing, the browser asks': { news: { asking: true } },
  connecting: { news: { state: 'connecting' } },
  ringing: { news: { state: 'ringing' } },
  active: { news: { ...active, microphoneLevel: 0.6 } },
  muted: { news: { ...active, muted: true } },
  keypad: { news: { ...active, sheet: 'keypad', digits: '12#' } },
  'keypad with many digits': { news: { ...active, sheet: 'keypad', digits: '1234567890'.repeat(8) } },
  devices: { news: { ...active, sheet: 'devices', choices: CHOICES } },
  'devices, not known yet': { news: { ...active, sheet: 'devices' } },
  'speaker muted': { news: { ...active, sheet: 'devices', choices: CHOICES, speakerMuted: true } },
  'poor line': { news: { ...active, quality: 'poor' } },
  reconnecting: { news: active, act: (panel) => panel.show({ state: 'reconnecting' }) },
  'sound blocked': { news: { ...active, soundBlocked: true } },
  notice: { news: { ...active, notice: 'Now using Headset' } },
  pill: { news: { ...active, view: 'pill' } },
  inline: { news: active, options: { inline: true } },
  video: { news: { ...active, remoteVideo: pictures(), localVideo: pictures() }, options: video },
  'video, camera off': { news: { ...active, cameraOff: true, localVideo: pictures() }, options: video },
  'video, devices': {
    news: { ...active, localVideo: pictures(), sheet: 'devices', choices: CHOICES },
    options: video,
  },
  'captions and shared content': { news: active, act: agentShows({ format: 'markdown', content: MENU }) },
  'captions and shared code': {
    news: active,
    act: agentShows({ format: 'code', language: 'js', content: 'const veryLong = "x"; '.repeat(9) }),
  },
  ended: { news: { state: 'ended', durationMs: 75_000 } },
  'failed, nothing said': { news: { state: 'failed' } },
  'failed, with another try': { news: { state: 'failed', sentence: SENTENCE, canRetry: true } },
  'failed, with help': {
    news: { state: 'failed', sentence: SENTENCE, help: en.allowChromium, canRetry: true },
  },
};

async function enter(scene: Scene, options: Partial<PanelOptions> = {}) {
  const opened = openPanel({ ...scene.options, ...options });
  opened.panel.show(scene.news);
  await scene.act?.(opened.panel, options.words ?? en);
  return opened;
}

/** What axe has against it, as sentences; and that it looked. */
async function violations(host: Element): Promise<string[]> {
  const { violations: found, passes } = await axe.run(host, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    rules: {
      'label-content-name-mismatch': { enabled: true },
      'target-size': { enabled: true },
      // Of the page's own structure; the element is one part of it.
      region: { enabled: false },
    },
  });
  expect(passes.map(({ id }) => id)).to.include('button-name');
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.flat().join(' ')}: ${failureSummary}`),
  );
}

/** Buttons, fields and whatever else takes the keyboard, as it is seen. */
const targets = (root: ParentNode) =>
  [...root.querySelectorAll<HTMLElement>('button, select, input, a, [tabindex="0"]')].filter(isVisible);

/** What stands out of the page or of the panel to the side. */
function sidewards(root: ShadowRoot): string[] {
  const scrolled = [document.documentElement, ...root.querySelectorAll('*')].filter(
    (one) =>
      one.scrollWidth > one.clientWidth + 1 &&
      one.clientWidth > 1 &&
      !/^(visible|clip)$/.test(getComputedStyle(one).overflowX),
  );
  const out = targets(root).filter((one) => {
    const { left, right } = one.getBoundingClientRect();
    return left < -0.5 || right > innerWidth + 0.5;
  });
  return [...scrolled, ...out].map((one) => `${one.localName}.${one.className}[${one.getAttribute('part')}]`);
}

/** Skips a test in a browser whose window does not get that small. */
async function inWindow(test: Mocha.Context, size: typeof WIDE) {
  const hasIt = () => innerWidth === size.width && innerHeight === size.height;
  await setViewport(size);
  // The page may hear of it after the runner: a test that could run must not be skipped for that.
  for (let frames = 0; frames < 30 && !hasIt(); frames += 1)
    await new Promise((resolve) => requestAnimationFrame(resolve));
  if (!hasIt()) test.skip();
}

beforeEach(() => setViewport(WIDE));
afterEach(async () => {
  clearPanels();
  document.documentElement.removeAttribute('style');
  await clearPage();
});

describe('axe', () => {
  for (const theme of ['light', 'dark']) {
    for (const [language, words] of [
      ['en', en],
      ['ar', ar],
    ] as const) {
      describe(`in ${theme}, in ${language}`, () => {
        before(() => emulateMedia({ colorScheme: 'no-preference', reducedMotion: 'reduce' }));
        after(() => emulateMedia({ colorScheme: 'light', reducedMotion: 'no-preference' }));
        for (const [name, scene] of Object.entries(SCENES)) {
          it(`has nothing against: ${name}`, async () => {
            const { host } = await enter(scene, { theme, words, language });
            expect(await violations(host)).to.deep.equal([]);
          });
        }
      });
    }
  }

  const elements: Record<string, Partial<SwClickToCall>> = {
    idle: {},
    disabled: { disabled: true },
    'with a label': { label: 'Call support' },
  };
  for (const [name, settings] of Object.entries(elements)) {
    it(`has nothing against the button: ${name}`, async () => {
      const { element } = place(settings);
      await element.updateComplete;
      expect(await violations(element)).to.deep.equal([]);
    });
  }

  it('has nothing against a failure beside the button', async () => {
    const { element } = place({ destination: '' });
    const failed = over(element);
    await element.dial();
    await failed;
    expect(isVisible(part(element.shadowRoot!, 'status'))).to.equal(true);
    expect(part(element.shadowRoot!, 'status').innerText).to.not.equal('');
    expect(await violations(element)).to.deep.equal([]);
  });

  it('would have something against a button without a name', async () => {
    const { host, dialog } = await enter({ news: active });
    dialog().append(document.createElement('button'));
    expect((await violations(host)).join()).to.contain('button-name');
  });
});

describe('targets', () => {
  for (const [name, scene] of Object.entries(SCENES)) {
    it(`are large enough for a finger: ${name}`, async function () {
      await inWindow(this, { width: 320, height: 640 });
      const { dialog } = await enter(scene);
      const found = targets(dialog());
      expect(found).to.not.have.lengthOf(0);
      for (const target of found) {
        // A link in a sentence is as high as its line, and code is only scrolled.
        if (target.matches('a, pre')) continue;
        const { width, height } = target.getBoundingClientRect();
        const least = target.matches('[part="controls"] *, [part="pill"], [part="banner"]') ? 44 : 24;
        expect(Math.min(width, height), `${target.getAttribute('aria-label')}`).to.be.at.least(least);
      }
    });
  }
});

describe('a small screen', () => {
  for (const [words, language] of [
    [en, 'en'],
    [ar, 'ar'],
  ] as const) {
    for (const [name, scene] of Object.entries(SCENES)) {
      it(`scrolls nothing sideways in ${language}: ${name}`, async function () {
        await inWindow(this, { width: 320, height: 640 });
        const { root } = await enter(scene, { words, language });
        expect(sidewards(root), 'at 320 px').to.deep.equal([]);
        document.documentElement.style.fontSize = '32px';
        expect(sidewards(root), 'with text of twice the size').to.deep.equal([]);
      });
    }
  }

  it('leaves room for the name and the state with text of twice the size', async function () {
    await inWindow(this, { width: 320, height: 640 });
    document.documentElement.style.fontSize = '32px';
    const { dialog } = await enter({ news: { state: 'ringing' } });
    const heading = dialog().querySelector('h2')!;
    expect(heading.innerText).to.equal('Front desk');
    expect(heading.getBoundingClientRect().width).to.be.at.least(100);
  });

  it('is scrolled within the panel when it is too low', async function () {
    await inWindow(this, { width: 568, height: 320 });
    const { root, dialog } = await enter(SCENES['devices']!);
    const { top, bottom } = dialog().getBoundingClientRect();
    expect(top).to.be.at.least(0);
    expect(bottom).to.be.at.most(320);
    buttonNamed(root, 'Hang up').scrollIntoView();
    expect(buttonNamed(root, 'Hang up').getBoundingClientRect().bottom).to.be.at.most(321);
  });
});

describe('the keyboard alone', () => {
  for (const [name, scene] of Object.entries(SCENES)) {
    it(`reaches everything: ${name}`, async () => {
      const { root, dialog, number } = await enter(scene);
      dialog().focus();
      const wanted = new Set<Element>(targets(dialog()).filter((one) => !one.matches(':disabled')));
      if (isVisible(number)) wanted.add(number);
      for (let steps = wanted.size + 2; steps && wanted.size; steps -= 1) {
        await sendKeys({ press: 'Tab' });
        for (const one of [root.activeElement, document.activeElement]) if (one) wanted.delete(one);
      }
      expect([...wanted].map((one) => one.outerHTML.slice(0, 120))).to.deep.equal([]);
    });
  }

  it('mutes, opens the keypad, types, closes it and hangs up', async () => {
    const { dialog, asked, root } = await enter({ news: active });
    const press = async (...keys: string[]) => {
      for (const key of keys) await sendKeys({ press: key });
    };
    dialog().focus();
    await press('Tab', 'Tab', 'Space', 'Tab', 'Enter');
    expect(isVisible(part(root, 'keypad'))).to.equal(true);
    await press('7', 'Escape');
    expect(() => part(root, 'keypad')).to.throw();
    await press('Tab', 'Tab', 'Enter');
    expect(asked).to.deep.equal(['mute true', 'digit 7', 'hangup']);
  });

  it('changes the device and the volume', async () => {
    const audio = new Audio();
    const { root, asked } = await enter(SCENES['devices']!, { audio });
    part(root, 'devices').querySelector('select')!.focus();
    await sendKeys({ press: 'ArrowDown' });
    expect(asked).to.deep.equal(['use microphone headset']);
    part(root, 'devices').querySelector('input')!.focus();
    await sendKeys({ press: 'ArrowLeft' });
    expect(audio.volume).to.equal(0.95);
  });

  it('moves one’s own picture', async () => {
    const { root } = await enter(SCENES['video']!);
    const before = part(root, 'local-video').getBoundingClientRect();
    part(root, 'local-video').focus();
    await sendKeys({ press: 'ArrowLeft' });
    await sendKeys({ press: 'ArrowUp' });
    const after = part(root, 'local-video').getBoundingClientRect();
    expect(after.left).to.be.below(before.left);
    expect(after.top).to.be.below(before.top);
  });

  it('shows where it is', async () => {
    const { dialog, root } = await enter({ news: active });
    dialog().focus();
    await sendKeys({ press: 'Tab' });
    const { outlineStyle, outlineWidth } = getComputedStyle(root.activeElement!);
    expect(outlineStyle).to.equal('solid');
    expect(parseFloat(outlineWidth)).to.be.at.least(2);
  });
});

describe('what a screen reader hears by itself', () => {
  for (const [name, scene] of Object.entries(SCENES)) {
    it(`comes from one place, and from the captions: ${name}`, async () => {
      const { root, status } = await enter(scene);
      const live = root.querySelectorAll(
        '[role="status"], [role="alert"], [aria-live]:not([role="log"]), output',
      );
      expect([...live].map((one) => one === status)).to.deep.equal([true]);
      const logs = root.querySelectorAll('[role="log"]');
      expect(logs).to.have.lengthOf(name.startsWith('captions') ? 1 : 0);
    });
  }
});

describe('what the visitor asks of the system', () => {
  const animated = (root: ShadowRoot) =>
    root.getAnimations().filter(({ playState }) => playState === 'running');
  /** Skips a test in a browser that cannot be made to ask. */
  async function ask(test: Mocha.Context, media: Parameters<typeof emulateMedia>[0], query: string) {
    await emulateMedia(media);
    if (!matchMedia(query).matches) test.skip();
  }
  const FORCED = [{ forcedColors: 'active' }, '(forced-colors: active)'] as const;
  const turning: Partial<PanelModel>[] = [{}, { state: 'connecting' }, { state: 'ringing' }];

  it('is still where motion is reduced', async function () {
    for (const news of turning) {
      await emulateMedia({ reducedMotion: 'no-preference' });
      const { root } = await enter({ news });
      expect(animated(root)).to.not.have.lengthOf(0);
      await ask(this, { reducedMotion: 'reduce' }, '(prefers-reduced-motion: reduce)');
      expect(animated(root)).to.have.lengthOf(0);
    }
    await emulateMedia({ reducedMotion: 'no-preference' });
  });

  it('has borders where colours are forced', async function () {
    await ask(this, ...FORCED);
    for (const [name, scene] of Object.entries(SCENES)) {
      const { dialog } = await enter(scene);
      for (const button of targets(dialog()).filter((one) => one.matches('button'))) {
        const { borderTopStyle, borderTopWidth, borderTopColor, backgroundColor } = getComputedStyle(button);
        const of = `${name}: ${button.getAttribute('aria-label') ?? button.innerText}`;
        expect(borderTopStyle, of).to.equal('solid');
        expect(parseFloat(borderTopWidth), of).to.be.at.least(1);
        expect(borderTopColor, of).to.not.equal(backgroundColor);
      }
      clearPanels();
    }
    await emulateMedia({ forcedColors: 'none' });
  });

  it('tells what is on and what is off where colours are forced', async function () {
    await ask(this, ...FORCED);
    const { panel, root } = await enter({ news: active });
    const ground = () => getComputedStyle(buttonNamed(root, 'Mute microphone')).backgroundColor;
    const off = ground();
    panel.show({ muted: true });
    expect(ground()).to.not.equal(off);
    await emulateMedia({ forcedColors: 'none' });
  });

  it('is light or dark as the page says, and as the system does where it says nothing', async function () {
    const ground = async (theme: string) =>
      getComputedStyle((await enter({ news: active }, { theme })).dialog()).backgroundColor;
    await emulateMedia({ colorScheme: 'light' });
    const light = await ground('auto');
    const dark = await ground('dark');
    expect(light).to.not.equal(dark);
    await ask(this, { colorScheme: 'dark' }, '(prefers-color-scheme: dark)');
    expect(await ground('auto')).to.equal(dark);
    expect(await ground('light')).to.equal(light);
    await emulateMedia({ colorScheme: 'light' });
  });
});
