// The pictures of a video call: the far end large, one's own small, movable and hideable.
// Must not know where the streams come from.
import type { Strings } from '../locales/en.js';
import { icon } from './icons.js';
import type { PanelModel } from './panel-model.js';
import { html, nothing, type TemplateResult } from './template.js';

/** One step of an arrow key, in per cent of the free way. */
const STEP = 10;

/** Where one's own picture stands, in per cent of the free way; and whether it is shown. */
export class SelfView {
  x = 100;
  y = 100;
  hidden = false;
  readonly #changed: () => void;

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
  };

  readonly onPointerMove = (event: PointerEvent): void => {
    const picture = event.currentTarget as HTMLElement;
    const stage = picture.parentElement;
    if (!stage || !picture.hasPointerCapture(event.pointerId)) return;
    const free = { x: stage.clientWidth - picture.offsetWidth, y: stage.clientHeight - picture.offsetHeight };
    this.moveBy((event.movementX / (free.x || 1)) * 100, (event.movementY / (free.y || 1)) * 100);
  };
}

/** The stage. Sound is played elsewhere, so the videos are muted. */
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
            data-x=${Math.round(self.x)}
            data-y=${Math.round(self.y)}
            @keydown=${self.onKey}
            @pointerdown=${self.onPointerDown}
            @pointermove=${self.onPointerMove}
          ></video>`
        : nothing
    }
    <div class="stage-controls">
      <button
        part="control"
        type="button"
        aria-label=${self.hidden ? words.showSelf : words.hideSelf}
        title=${self.hidden ? words.showSelf : words.hideSelf}
        @click=${() => self.toggle()}
      >
        ${icon('self')}
      </button>
      <button
        part="control"
        type="button"
        aria-label=${words.fullScreen}
        title=${words.fullScreen}
        @click=${toggleFullScreen}
      >
        ${icon('fullScreen')}
      </button>
    </div>
  </div>`;
}

function toggleFullScreen(event: Event): void {
  const stage = (event.currentTarget as Element).closest('.stage')!;
  if (document.fullscreenElement) void document.exitFullscreen();
  // Refused in an iframe without allow="fullscreen", and absent on iPhones: then the picture stays as it is.
  else stage.requestFullscreen?.().catch(() => {});
}
