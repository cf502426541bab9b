// The video stage: which picture is shown when, and how keys and pointers move the self view. Streams come from a canvas.
import { expect } from 'chai';
import type { PanelModel } from '../../../src/ui/panel/panel-model.js';
import { SelfView, videoStage } from '../../../src/ui/video/video-stage.js';
import { en } from '../../../src/locales/en.js';
import { buttonNamed, buttonNames, part } from '../../by-role.js';
import { FIRST } from '../panel/fake-call.js';
import { clearRendered, rendered } from '../panel/rendered.js';

afterEach(clearRendered);

const picture = () => document.createElement('canvas').captureStream();

function stage(news: Partial<PanelModel> = {}) {
  let model: PanelModel = { ...FIRST, state: 'active', ...news };
  const box = document.createElement('div');
  const draw = () => void rendered(videoStage(model, self, en), box);
  const self = new SelfView(draw);
  draw();
  const video = (name: string) => box.querySelector<HTMLVideoElement>(`[part="${name}"]`);
  return {
    box,
    self,
    remote: () => video('remote-video')!,
    local: () => video('local-video'),
    now(change: Partial<PanelModel>) {
      model = { ...model, ...change };
      draw();
    },
    key(key: string) {
      const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true });
      part(box, 'local-video').dispatchEvent(event);
      return event.defaultPrevented;
    },
    at() {
      const { style } = part(box, 'local-video');
      return [style.getPropertyValue('--x'), style.getPropertyValue('--y')].join();
    },
  };
}

describe('the video stage', () => {
  it('shows the far end when its stream arrives, muted and inline', () => {
    const { remote, now } = stage();
    expect(remote().srcObject).to.equal(null);
    const remoteVideo = picture();
    now({ remoteVideo });
    expect(remote().srcObject === remoteVideo).to.equal(true);
    expect(remote().muted).to.equal(true);
    expect(remote().hasAttribute('playsinline') && remote().autoplay).to.equal(true);
    expect(remote().getAttribute('aria-label')).to.equal('Video of the other side');
    now({ remoteVideo: undefined });
    expect(remote().srcObject).to.equal(null);
  });

  it('shows the self view while there is a stream and the camera is on', () => {
    const { local, now } = stage();
    expect(local()).to.equal(null);
    const localVideo = picture();
    now({ localVideo });
    expect(local()!.srcObject === localVideo).to.equal(true);
    expect(local()!.muted).to.equal(true);
    now({ cameraOff: true });
    expect(local()).to.equal(null);
    now({ cameraOff: false });
    expect(local()).to.not.equal(null);
  });

  it('hides the self view and shows it again', () => {
    const { box, local } = stage({ localVideo: picture() });
    buttonNamed(box, 'Hide your picture').click();
    expect(local()).to.equal(null);
    buttonNamed(box, 'Show your picture').click();
    expect(local()).to.not.equal(null);
    expect(buttonNames(box)).to.deep.equal(['Hide your picture', 'Full screen']);
  });
});

describe('the self view', () => {
  it('moves with the arrow keys and stays inside the stage', () => {
    const { key, at } = stage({ localVideo: picture() });
    expect(at()).to.equal('100,100');
    expect([key('ArrowLeft'), key('ArrowUp'), key('ArrowUp')]).to.deep.equal([true, true, true]);
    expect(at()).to.equal('90,80');
    key('ArrowRight');
    key('ArrowRight');
    key('ArrowDown');
    expect(at()).to.equal('100,90');
    for (let step = 0; step < 12; step += 1) key('ArrowLeft');
    expect(at()).to.equal('0,90');
  });

  it('does not handle other keys', () => {
    const { key, at } = stage({ localVideo: picture() });
    expect(['a', 'Tab', 'Enter', 'Escape', 'Home'].map(key)).to.deep.equal([
      false,
      false,
      false,
      false,
      false,
    ]);
    expect(at()).to.equal('100,100');
  });

  it('follows the pointer that drags it', () => {
    const { box, self } = stage({ localVideo: picture() });
    const mine = part(box, 'local-video');
    const area = mine.parentElement!;
    Object.assign(area.style, { width: '300px', height: '200px', position: 'relative' });
    Object.assign(mine.style, { width: '100px', height: '100px' });
    const held = new Set<number>();
    mine.setPointerCapture = (id) => void held.add(id);
    mine.hasPointerCapture = (id) => held.has(id);
    const pointer = (type: string, pointerId: number, clientX: number, clientY: number) =>
      mine.dispatchEvent(new PointerEvent(type, { pointerId, clientX, clientY, bubbles: true }));
    const move = (pointerId: number, x: number, y: number) => pointer('pointermove', pointerId, x, y);
    // Not captured yet.
    move(7, 250, 150);
    expect([self.x, self.y]).to.deep.equal([100, 100]);
    pointer('pointerdown', 7, 290, 190);
    move(7, 260, 160);
    move(7, 240, 140);
    expect([self.x, self.y]).to.deep.equal([75, 50]);
    // Another pointer.
    move(8, 100, 100);
    expect([self.x, self.y]).to.deep.equal([75, 50]);
  });

  it('keeps its position when it is rendered again', () => {
    const { key, at, now } = stage({ localVideo: picture() });
    key('ArrowLeft');
    now({ cameraOff: true });
    now({ cameraOff: false, muted: true });
    expect(at()).to.equal('90,100');
  });
});

describe('full screen', () => {
  it('shows the whole stage, including its buttons', () => {
    const { box } = stage();
    const button = buttonNamed(box, 'Full screen');
    const asked: Element[] = [];
    const original = Object.getOwnPropertyDescriptor(Element.prototype, 'requestFullscreen')!;
    Element.prototype.requestFullscreen = function (this: Element) {
      asked.push(this);
      return Promise.reject(new TypeError('not allowed'));
    };
    try {
      button.click();
    } finally {
      Object.defineProperty(Element.prototype, 'requestFullscreen', original);
    }
    expect(asked).to.have.lengthOf(1);
    expect(asked[0]!.contains(button) && asked[0]!.contains(part(box, 'remote-video'))).to.equal(true);
  });

  it('does nothing when the browser does not support it', () => {
    const { box } = stage();
    const original = Object.getOwnPropertyDescriptor(Element.prototype, 'requestFullscreen')!;
    let failed: unknown;
    const note = (event: ErrorEvent) => {
      event.preventDefault();
      failed = event.error;
    };
    window.addEventListener('error', note);
    delete (Element.prototype as Partial<Element>).requestFullscreen;
    try {
      buttonNamed(box, 'Full screen').click();
    } finally {
      Object.defineProperty(Element.prototype, 'requestFullscreen', original);
      window.removeEventListener('error', note);
    }
    expect(failed).to.equal(undefined);
  });
});
