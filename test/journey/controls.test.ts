// Every control of the call interface in a real call, checked at the far end.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Stage, type TestPage } from './stage.js';

describe('the controls of a call', { timeout: 600_000 }, () => {
  let stage: Stage;
  before(async () => {
    // An agent's conversation takes 16 s at full pace.
    stage = await Stage.open({ pace: 0.3 });
  });
  after(() => stage.close());

  async function call(attributes: Record<string, string | true> = {}) {
    const incoming = stage.platform.nextCall();
    const test = await stage.page({ body: stage.tag(attributes) });
    await button(test, 'Call support').click();
    await test.state('active');
    return { test, far: await incoming };
  }
  const button = (test: TestPage, name: string) => test.page.getByRole('button', { name, exact: true });
  const pressed = (test: TestPage, name: string) =>
    test.page.getByRole('button', { name, exact: true, pressed: true });

  it('sends silence while the microphone is muted, and shows the state', async () => {
    const { test, far } = await call();
    await far.untilLoudness((loudness) => loudness > 1e-3);
    await button(test, 'Mute microphone').click();
    await pressed(test, 'Mute microphone').waitFor();
    await far.untilLoudness((loudness) => loudness < 1e-4);
    await button(test, 'Mute microphone').click();
    await far.untilLoudness((loudness) => loudness > 1e-3);
    await test.close();
  });

  it('sends and shows keypad digits, clicked or typed', async () => {
    const { test, far } = await call();
    await button(test, 'Keypad').click();
    await button(test, 'Key 1').click();
    await test.page.keyboard.type('2#');
    await far.until(({ dtmf }) => dtmf === '12#');
    await test.page.getByText('12#').waitFor();
    await test.page.keyboard.press('Escape');
    await button(test, 'Key 1').waitFor({ state: 'hidden' });
    await test.close();
  });

  it('changes the microphone without ending the call', async (context) => {
    const { test, far } = await call();
    await button(test, 'Sound and devices').click();
    const choices = test.page.getByRole('combobox', { name: 'Microphone' });
    // They are asked for in the background.
    const microphones = await test.page.evaluate(async () => {
      const devices = await navigator.mediaDevices.enumerateDevices();
      return devices.filter(({ kind }) => kind === 'audioinput').length;
    });
    await choices
      .locator('option')
      .nth(microphones - 1)
      .waitFor({ state: 'attached' });
    const values = await choices
      .locator('option')
      .evaluateAll((options) => options.map((option) => (option as HTMLOptionElement).value));
    if (values.length === 1) {
      context.skip('this browser has one made-up microphone');
      return test.close();
    }
    const other = values.find((value) => value !== 'default')!;
    await choices.selectOption(other);
    await test.page.waitForFunction(() => {
      const { tracks } = window;
      return tracks.length === 2 && tracks[0]!.readyState === 'ended';
    });
    const { audioPackets } = far.received;
    await far.until(({ received }) => received.audioPackets > audioPackets + 50);
    await far.untilLoudness((loudness) => loudness > 1e-3);
    await test.close();
  });

  it('changes the volume and mutes the speaker', async () => {
    const { test } = await call();
    await button(test, 'Sound and devices').click();
    await test.page.getByRole('slider', { name: 'Volume' }).fill('0.25');
    await button(test, 'Mute speaker').click();
    await pressed(test, 'Mute speaker').waitFor();
    await test.close();
  });

  it('sends and shows video, and stops it while the camera is off', async () => {
    const { test, far } = await call({ video: true });
    assert.ok(far.video);
    await far.until(({ received }) => received.videoFrames > 5);
    await test.page.waitForFunction(() => {
      const root = document.querySelector('sw-click-to-call')!.shadowRoot!;
      const video = root.querySelector<HTMLVideoElement>('[part="remote-video"]');
      return !!video && video.videoWidth > 0 && video.currentTime > 0;
    });
    await button(test, 'Turn camera off').click();
    await pressed(test, 'Turn camera off').waitFor();
    await test.page.evaluate(() => document.querySelector('sw-click-to-call')!.hangup());
    assert.deepEqual(await test.held(), { tracks: 0, peers: 0 });
    await test.close();
  });

  it('goes on without video when the video chunk cannot be loaded', async () => {
    const test = await stage.page({ body: stage.tag({ video: true }) });
    await test.page.route('**/chunks/video-stage-*', (route) => route.abort());
    await test.page.getByRole('button', { name: 'Call support' }).click();
    await test.state('active');
    await test.untilHeard();
    assert.equal(await test.page.getByLabel('Video of the other side').count(), 0);
    await test.page.getByRole('button', { name: 'Hang up' }).click();
    await test.state('ended');
    await test.close();
  });

  it('minimises on Escape without hanging up, and leaves the page usable', async () => {
    const { test } = await call();
    await test.page.keyboard.press('Escape');
    await test.page.getByRole('button', { name: 'Show the call' }).waitFor();
    await test.page.evaluate(() => {
      const other = document.createElement('button');
      other.textContent = 'Buy';
      other.onclick = () => (other.textContent = 'Bought');
      document.body.prepend(other);
    });
    await button(test, 'Buy').click();
    await button(test, 'Bought').waitFor();
    assert.equal((await test.outcome()).includes('sw-call-ended'), false);
    await test.page.getByRole('button', { name: 'Show the call' }).click();
    await button(test, 'Hang up').click();
    await test.event('sw-call-ended');
    await test.close();
  });

  for (const [what, attributes, open] of [
    ['with the keypad', {}, 'Keypad'],
    ['with video', { video: true }, undefined],
  ] as const) {
    it(`keeps the hang-up button visible on a phone in landscape, ${what}`, async () => {
      const screen = { width: 844, height: 390 };
      const test = await stage.page({ body: stage.tag(attributes), context: { viewport: screen } });
      await button(test, 'Call support').click();
      await test.state('active');
      if (open) await button(test, open).click();
      else
        await test.page.waitForFunction(() => {
          const root = document.querySelector('sw-click-to-call')!.shadowRoot!;
          return !!root.querySelector<HTMLVideoElement>('[part="remote-video"]')?.videoWidth;
        });
      const hangUp = button(test, 'Hang up');
      await hangUp.evaluate(async (element) => {
        // Until it stands still.
        for (let before = NaN, now; (now = element.getBoundingClientRect().y) !== before; before = now)
          await new Promise(requestAnimationFrame);
      });
      const box = (await hangUp.boundingBox())!;
      assert.ok(box.y + box.height <= screen.height, `ends at ${box.y + box.height}`);
      // At once, without scrolling there.
      await test.page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
      await test.event('sw-call-ended');
      await test.close();
    });
  }

  it('works with the keyboard alone', async () => {
    const test = await stage.page({ body: stage.tag() });
    await test.page.keyboard.press('Tab');
    await test.page.keyboard.press('Enter');
    await test.state('active');
    // The panel has the focus: on to its controls.
    for (let tabs = 0; tabs < 12; tabs++) {
      await test.page.keyboard.press('Tab');
      const name = await test.page.evaluate(() => {
        const { activeElement } = document.querySelector('sw-click-to-call')!.shadowRoot!;
        return activeElement?.getAttribute('aria-label');
      });
      if (name === 'Hang up') break;
    }
    await test.page.keyboard.press('Enter');
    await test.event('sw-call-ended');
    await test.close();
  });

  it('shows captions and shared content, and runs no script in it', async () => {
    const { test } = await call({ destination: '/public/agent', transcript: true });
    const log = test.page.getByRole('log', { name: 'Captions' });
    await log.getByText(/demo agent/).waitFor();
    await test.event('sw-user-event', 60_000);
    await test.page.locator('sw-click-to-call [part="content"]').first().waitFor();
    assert.equal(await test.page.locator('sw-click-to-call [part="content"] script').count(), 0);
    await test.close();
  });

  it('warns about a call in another tab', async () => {
    const { test } = await call();
    const tab = await test.context.newPage();
    await tab.goto(test.page.url());
    await tab.getByRole('button', { name: 'Call support' }).click();
    await tab.getByText('A call is going on in another tab of this site.').first().waitFor();
    await test.close();
  });

  it('contacts no host except the token endpoint and the gateway', async () => {
    const hosts = new Set<string>();
    const test = await stage.page({
      body: stage.tag({ destination: '/public/agent', transcript: true, lang: 'de' }),
    });
    test.page.on('request', (request) => hosts.add(new URL(request.url()).host));
    test.page.on('websocket', (socket) => hosts.add(new URL(socket.url()).host));
    await button(test, 'Call support').click();
    await test.event('sw-user-event', 60_000);
    await button(test, 'Auflegen').click();
    await test.event('sw-call-ended');
    assert.deepEqual([...hosts], [new URL(stage.origin).host]);
    await test.close();
  });
});
