// The video stage: the far end's picture, and the visitor's own in a corner, which can be moved and hidden.
// Loaded for video calls only.
import type { Strings } from '../../locales/en.js';
import { cssVariables } from '../panel/css-variables.js';
import { iconButton } from '../panel/icon-button.js';
import type { PanelModel } from '../panel/panel-model.js';
import { html, nothing, type TemplateResult } from '../panel/template.js';

export { stageStyles } from './video-stage.styles.js';

/** Renders the stage of one call. */
export type Stage = (model: PanelModel) => TemplateResult;

/** @param changed called when the self view was moved, hidden or shown, to render the stage again. */
export function createStage(words: Strings, changed: () => void): Stage {
  const self = new SelfView(changed);
  return (model) => videoStage(model, self, words);
}

/** How far an arrow key moves the self view, in percent of the free space. */
const STEP = 10;

/** Position of the visitor's own picture, in percent of the free space, and whether it is shown. */
export class SelfView {
  x = 100;
  y = 100;
  hidden = false;
  readonly #changed: () => void;
  /** The latest event of the pointer that drags the picture. */
  #dragged: PointerEvent | undefined;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  toggle(): void {
    this.hidden = !this.hidden;
    this.#changed();
  }

  moveBy(x: number, y: number): void {
    this.x = Math.min(100, Math.max(0, this.x + x));
    this.y = Math.min(100, Math.max(0, this.y + y));
    this.#changed();
  }

  readonly onKey = (event: KeyboardEvent): void => {
    const steps: Record<string, [number, number]> = {
      ArrowLeft: [-STEP, 0],
      ArrowRight: [STEP, 0],
      ArrowUp: [0, -STEP],
      ArrowDown: [0, STEP],
    };
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    this.moveBy(...step);
  };

  readonly onPointerDown = (event: PointerEvent): void => {
    (event.currentTarget as Element).setPointerCapture(event.pointerId);
    this.#dragged = event;
  };

  readonly onPointerMove = (event: PointerEvent): void => {
    const picture = event.currentTarget as HTMLElement;
    const stage = picture.parentElement;
    if (!stage || !picture.hasPointerCapture(event.pointerId)) return;
    // Not movementX: its unit differs between browsers, and touch events may lack it.
    const from = this.#dragged ?? event;
    this.#dragged = event;
    const free = { x: stage.clientWidth - picture.offsetWidth, y: stage.clientHeight - picture.offsetHeight };
    this.moveBy(
      ((event.clientX - from.clientX) / (free.x || 1)) * 100,
      ((event.clientY - from.clientY) / (free.y || 1)) * 100,
    );
  };
}

/** The videos are muted, because an audio element plays the sound. */
export function videoStage(model: PanelModel, self: SelfView, words: Strings): TemplateResult {
  const { remoteVideo, localVideo, cameraOff } = model;
  const picture = !self.hidden && !cameraOff && localVideo;
  return html`<div class="stage">
    <video
      part="remote-video"
      autoplay
      playsinline
      .muted=${true}
      aria-label=${words.remoteVideo}
      .srcObject=${remoteVideo ?? null}
    ></video>
    ${
      picture
        ? html`<video
            part="local-video"
            autoplay
            playsinline
            .muted=${true}
            tabindex="0"
            aria-label=${words.selfView}
            .srcObject=${localVideo}
            ${cssVariables({ x: Math.round(self.x), y: Math.round(self.y) })}
            @keydown=${self.onKey}
            @pointerdown=${self.onPointerDown}
            @pointermove=${self.onPointerMove}
          ></video>`
        : nothing
    }
    <div class="stage-controls">
      ${iconButton({
        name: self.hidden ? words.showSelf : words.hideSelf,
        icon: 'self',
        act: () => self.toggle(),
      })}
      ${iconButton({ name: words.fullScreen, icon: 'fullScreen', act: toggleFullScreen })}
    </div>
  </div>`;
}

function toggleFullScreen(event: Event): void {
  const stage = (event.currentTarget as Element).closest('.stage')!;
  if (document.fullscreenElement) void document.exitFullscreen();
  // Rejected in an iframe without allow="fullscreen", and missing on iPhones: the stage keeps its size.
  else stage.requestFullscreen?.().catch(() => {});
}
