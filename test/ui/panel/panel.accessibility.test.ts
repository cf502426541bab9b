// Every scene of the call interface is checked with axe, for touch, on small screens, with the keyboard alone, with forced
// colours and with reduced motion, in English and in Arabic. Add a scene for each new state: it gets all of these checks.
import { emulateMedia, sendKeys, setViewport } from '@web/test-runner-commands';
import 'axe-core';
import type * as Axe from 'axe-core';
import { expect } from 'chai';
import {
  SwDisplayContentEvent,
  SwTranscriptEvent,
  type SwDisplayContentDetail,
} from '../../../src/events.js';
import type { CallPanel } from '../../../src/ui/panel/panel.js';
import type { PanelModel } from '../../../src/ui/panel/panel-model.js';
import { AgentView } from '../../../src/ui/agent/agent-view.js';
import { createDebugLog } from '../../../src/debug-log.js';
import { ar } from '../../../src/locales/ar.js';
import { en, type Strings } from '../../../src/locales/en.js';
import type { SwClickToCall } from '../../../src/element/sw-click-to-call.js';
import { buttonNamed, isVisible, part } from '../../by-role.js';
import { clearPage, over, place } from '../../placed-element.js';
import { clearPanels, openPanel, type OpenPanel, type Settings } from './open-panel.js';

declare global {
  interface Window {
    /** axe-core is a classic script and defines a global. */
    readonly axe: typeof Axe;
  }
}

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
  readonly settings?: Settings;
  readonly act?: (opened: OpenPanel, words: Strings) => unknown;
}

/** An agent says two sentences and shares content. */
const agentShares =
  (content: Pick<SwDisplayContentDetail, 'content' | 'format' | 'language'>) =>
  async ({ panel, status }: OpenPanel, words: Strings) => {
    let onShown!: () => void;
    let missing = 3;
    const allShown = new Promise<void>((resolve) => (onShown = resolve));
    const showExtra: CallPanel['showExtra'] = (extra) => {
      panel.showExtra(extra);
      missing -= 1;
      if (!missing) onShown();
    };
    const agent = new AgentView({
      panel: { showExtra },
      element: new EventTarget(),
      status,
      words,
      captions: true,
      log: createDebugLog(false),
    });
    agent.take(new SwTranscriptEvent({ speaker: 'agent', text: 'Here is the menu of today.', final: true }));
    agent.take(new SwTranscriptEvent({ speaker: 'caller', text: 'Thank you, and', final: false }));
    agent.take(new SwDisplayContentEvent({ title: 'The menu', ...content }));
    await allShown;
  };

const active = { state: 'active' } as const;
const video = { video: true };

/** Every state of the panel. */
const SCENES: Record<string, Scene> = {
  preparing: { news: {} },
  'preparing, with a permission prompt': { news: { asking: true } },
  connecting: { news: { state: 'connecting' } },
  ringing: { news: { state: 'ringing' } },
  active: { news: { ...active, microphoneLevel: 0.6 } },
  muted: { news: { ...active, muted: true } },
  keypad: { news: { ...active, sheet: 'keypad', digits: '12#' } },
  'keypad with many digits': { news: { ...active, sheet: 'keypad', digits: '1234567890'.repeat(8) } },
  devices: { news: { ...active, sheet: 'devices', choices: CHOICES } },
  'devices, not listed yet': { news: { ...active, sheet: 'devices' } },
  'speaker muted': { news: { ...active, sheet: 'devices', choices: CHOICES, speakerMuted: true } },
  'poor connection': { news: { ...active, quality: 'poor' } },
  reconnecting: { news: active, act: ({ show }) => show({ state: 'reconnecting' }) },
  'sound blocked': { news: { ...active, soundBlocked: true } },
  notice: {
    news: { ...active, notice: { kind: 'changed', device: 'microphone', label: 'Headset', place: 2 } },
  },
  pill: { news: { ...active, view: 'pill' } },
  inline: { news: active, settings: { display: 'inline' } },
  video: { news: { ...active, remoteVideo: pictures(), localVideo: pictures() }, settings: video },
  'video, camera off': { news: { ...active, cameraOff: true, localVideo: pictures() }, settings: video },
  'video, devices': {
    news: { ...active, localVideo: pictures(), sheet: 'devices', choices: CHOICES },
    settings: video,
  },
  'captions and shared content': { news: active, act: agentShares({ format: 'markdown', content: MENU }) },
  'captions and shared code': {
    news: active,
    act: agentShares({ format: 'code', language: 'js', content: 'const veryLong = "x"; '.repeat(9) }),
  },
  ended: { news: { state: 'ended', durationMs: 75_000 } },
  'failed, without a sentence': { news: { state: 'failed' } },
  'failed, can be retried': { news: { state: 'failed', sentence: SENTENCE, error: { retryable: true } } },
  'failed, with help': {
    news: { state: 'failed', sentence: SENTENCE, help: en.allowChromium, error: { retryable: true } },
  },
};

async function enter(scene: Scene, settings: Settings = {}) {
  const opened = openPanel({ ...scene.settings, ...settings });
  opened.show(scene.news);
  await scene.act?.(opened, settings.words ?? en);
  return opened;
}

/** The violations that axe finds, as sentences. Also checks that axe has looked at the host. */
async function violations(host: Element): Promise<string[]> {
  const { violations: found, passes } = await window.axe.run(host, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    rules: {
      'label-content-name-mismatch': { enabled: true },
      'target-size': { enabled: true },
      // Is about the structure of the page, of which the element is only a part.
      region: { enabled: false },
    },
  });
  expect(passes.map(({ id }) => id)).to.include('button-name');
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.flat().join(' ')}: ${failureSummary}`),
  );
}

/** All visible elements that take the focus. */
const targets = (root: ParentNode) =>
  [...root.querySelectorAll<HTMLElement>('button, select, input, a, [tabindex="0"]')].filter(isVisible);

/** Elements that scroll sideways or extend beyond the window. */
function overflowing(root: ShadowRoot): string[] {
  const scrolled = [document.documentElement, ...root.querySelectorAll('*')].filter(
    (one) =>
      one.scrollWidth > one.clientWidth + 1 &&
      one.clientWidth > 1 &&
      !/^(visible|clip)$/.test(getComputedStyle(one).overflowX),
  );
  const outside = targets(root).filter((one) => {
    const { left, right } = one.getBoundingClientRect();
    return left < -0.5 || right > innerWidth + 0.5;
  });
  return [...scrolled, ...outside].map(
    (one) => `${one.localName}.${one.className}[${one.getAttribute('part')}]`,
  );
}

/** Resizes the window. Skips the test in a browser whose window cannot become that small. */
async function inWindow(test: Mocha.Context, size: typeof WIDE) {
  const hasSize = () => innerWidth === size.width && innerHeight === size.height;
  await setViewport(size);
  // The page may be resized after the command has returned.
  for (let frames = 0; frames < 30 && !hasSize(); frames += 1)
    await new Promise((resolve) => requestAnimationFrame(resolve));
  if (!hasSize()) test.skip();
}

beforeEach(() => setViewport(WIDE));
afterEach(async () => {
  clearPanels();
  document.documentElement.removeAttribute('style');
  await clearPage();
});

describe('axe finds no violation', () => {
  for (const theme of ['light', 'dark']) {
    for (const [language, words] of [
      ['en', en],
      ['ar', ar],
    ] as const) {
      describe(`with the ${theme} theme, in ${language}`, () => {
        before(() => emulateMedia({ colorScheme: 'no-preference', reducedMotion: 'reduce' }));
        after(() => emulateMedia({ colorScheme: 'light', reducedMotion: 'no-preference' }));
        for (const [name, scene] of Object.entries(SCENES)) {
          it(`in the scene: ${name}`, async () => {
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
    it(`in the button: ${name}`, async () => {
      const { element } = place(settings);
      await element.updateComplete;
      expect(await violations(element)).to.deep.equal([]);
    });
  }

  it('in a failure beside the button', async () => {
    const { element } = place({ destination: '' });
    const failed = over(element);
    await element.dial();
    await failed;
    expect(isVisible(part(element.shadowRoot!, 'status'))).to.equal(true);
    expect(part(element.shadowRoot!, 'status').innerText).to.not.equal('');
    expect(await violations(element)).to.deep.equal([]);
  });

  it('but would find a button without a name', async () => {
    const { host, dialog } = await enter({ news: active });
    dialog().append(document.createElement('button'));
    expect((await violations(host)).join()).to.contain('button-name');
  });
});

describe('touch targets', () => {
  for (const [name, scene] of Object.entries(SCENES)) {
    it(`are large enough: ${name}`, async function () {
      await inWindow(this, { width: 320, height: 640 });
      const { dialog } = await enter(scene);
      const found = targets(dialog());
      expect(found).to.not.have.lengthOf(0);
      for (const target of found) {
        // A link in a sentence is as high as its line; code takes the focus only to be scrolled.
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
      it(`needs no sideways scrolling in ${language}: ${name}`, async function () {
        await inWindow(this, { width: 320, height: 640 });
        const { root } = await enter(scene, { words, language });
        expect(overflowing(root), 'at 320 px').to.deep.equal([]);
        document.documentElement.style.fontSize = '32px';
        expect(overflowing(root), 'at 200 % text').to.deep.equal([]);
      });
    }
  }

  it('leaves room for the name at 200 % text', async function () {
    await inWindow(this, { width: 320, height: 640 });
    document.documentElement.style.fontSize = '32px';
    const { dialog } = await enter({ news: { state: 'ringing' } });
    const heading = dialog().querySelector('h2')!;
    expect(heading.innerText).to.equal('Front desk');
    expect(heading.getBoundingClientRect().width).to.be.at.least(100);
  });

  it('scrolls the panel when the window is too low', async function () {
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
    it(`reaches every control: ${name}`, async () => {
      const { root, dialog, number } = await enter(scene);
      dialog().focus();
      const missing = new Set<Element>(targets(dialog()).filter((one) => !one.matches(':disabled')));
      if (isVisible(number)) missing.add(number);
      for (let steps = missing.size + 2; steps && missing.size; steps -= 1) {
        await sendKeys({ press: 'Tab' });
        for (const one of [root.activeElement, document.activeElement]) if (one) missing.delete(one);
      }
      expect([...missing].map((one) => one.outerHTML.slice(0, 120))).to.deep.equal([]);
    });
  }

  it('mutes, opens the keypad, types, closes it and hangs up', async () => {
    const { dialog, requests, root } = await enter({ news: active });
    const press = async (...keys: string[]) => {
      for (const key of keys) await sendKeys({ press: key });
    };
    dialog().focus();
    await press('Tab', 'Tab', 'Space', 'Tab', 'Enter');
    expect(isVisible(part(root, 'keypad'))).to.equal(true);
    await press('7', 'Escape');
    expect(() => part(root, 'keypad')).to.throw();
    await press('Tab', 'Tab', 'Enter');
    expect(requests).to.deep.equal(['mute true', 'digits 7', 'hangup']);
  });

  it('changes the device and the volume', async () => {
    const { root, requests } = await enter(SCENES['devices']!);
    part(root, 'devices').querySelector('select')!.focus();
    await sendKeys({ press: 'ArrowDown' });
    part(root, 'devices').querySelector('input')!.focus();
    await sendKeys({ press: 'ArrowLeft' });
    expect(requests).to.deep.equal(['use microphone headset', 'volume 0.95']);
  });

  it('moves the self view', async () => {
    const { root } = await enter(SCENES['video']!);
    const before = part(root, 'local-video').getBoundingClientRect();
    part(root, 'local-video').focus();
    await sendKeys({ press: 'ArrowLeft' });
    await sendKeys({ press: 'ArrowUp' });
    const after = part(root, 'local-video').getBoundingClientRect();
    expect(after.left).to.be.below(before.left);
    expect(after.top).to.be.below(before.top);
  });

  it('shows a focus ring', async () => {
    const { dialog, root } = await enter({ news: active });
    dialog().focus();
    await sendKeys({ press: 'Tab' });
    const { outlineStyle, outlineWidth } = getComputedStyle(root.activeElement!);
    expect(outlineStyle).to.equal('solid');
    expect(parseFloat(outlineWidth)).to.be.at.least(2);
  });
});

describe('live regions', () => {
  for (const [name, scene] of Object.entries(SCENES)) {
    it(`are the one of the element, and the log of captions: ${name}`, async () => {
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

describe('system preferences', () => {
  const animated = (root: ShadowRoot) =>
    root.getAnimations().filter(({ playState }) => playState === 'running');
  /** Emulates a preference. Skips the test in a browser that cannot emulate it. */
  async function prefer(test: Mocha.Context, media: Parameters<typeof emulateMedia>[0], query: string) {
    await emulateMedia(media);
    if (!matchMedia(query).matches) test.skip();
  }
  const FORCED = [{ forcedColors: 'active' }, '(forced-colors: active)'] as const;
  const animatedStates: Partial<PanelModel>[] = [{}, { state: 'connecting' }, { state: 'ringing' }];

  it('stop all animations with reduced motion', async function () {
    for (const news of animatedStates) {
      await emulateMedia({ reducedMotion: 'no-preference' });
      const { root } = await enter({ news });
      expect(animated(root)).to.not.have.lengthOf(0);
      await prefer(this, { reducedMotion: 'reduce' }, '(prefers-reduced-motion: reduce)');
      expect(animated(root)).to.have.lengthOf(0);
    }
    await emulateMedia({ reducedMotion: 'no-preference' });
  });

  it('give every button a border with forced colours', async function () {
    await prefer(this, ...FORCED);
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

  it('keep pressed buttons distinguishable with forced colours', async function () {
    await prefer(this, ...FORCED);
    const { show, root } = await enter({ news: active });
    const background = () => getComputedStyle(buttonNamed(root, 'Mute microphone')).backgroundColor;
    const off = background();
    show({ muted: true });
    expect(background()).to.not.equal(off);
    await emulateMedia({ forcedColors: 'none' });
  });

  it('choose the theme unless the page has chosen one', async function () {
    const background = async (theme: string) =>
      getComputedStyle((await enter({ news: active }, { theme })).dialog()).backgroundColor;
    await emulateMedia({ colorScheme: 'light' });
    const light = await background('auto');
    const dark = await background('dark');
    expect(light).to.not.equal(dark);
    await prefer(this, { colorScheme: 'dark' }, '(prefers-color-scheme: dark)');
    expect(await background('auto')).to.equal(dark);
    expect(await background('light')).to.equal(light);
    await emulateMedia({ colorScheme: 'light' });
  });
});
