// The icons: line drawings on a 24-unit grid, inline, so that they need no request.
import { html, type TemplateResult } from './template.js';

const PATHS = {
  microphone: 'M12 3a3 3 0 0 0-3 3v5a3 3 0 0 0 6 0V6a3 3 0 0 0-3-3zM5 11a7 7 0 0 0 14 0M12 18v3',
  microphoneOff:
    'M9 9v2a3 3 0 0 0 5 2.2M15 10V6a3 3 0 0 0-5.7-1.3M5 11a7 7 0 0 0 11.5 5.4M19 11a7 7 0 0 1-.4 2.3M12 18v3M4 4l16 16',
  // Zero-length strokes with round ends are dots; doubled, they are drawn as thick as the other icons look.
  keypad: 'M5 4h1M12 4h.5M18 4h1M5 12h1M12 12h.5M18 12h1M5 20h1M12 20h.5M18 20h1',
  devices: 'M4 7h9M17 7h3M4 17h3M11 17h9M15 5v4M9 15v4',
  camera: 'M4 6h10a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2V8a2 2 0 0 1 2-2zM16 11l6-3v8l-6-3',
  cameraOff:
    'M10 6h4a2 2 0 0 1 2 2v4M16 16a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2V8a2 2 0 0 1 2-2M16 11l6-3v8M3 3l18 18',
  handset: 'M6 2 3 5c0 9 7 16 16 16l3-3-5-4-3 2c-3-1-5-3-6-6l2-3z',
  hangUp: 'M2 15c6-6 14-6 20 0l-3 3-4-2v-3c-2-.7-4-.7-6 0v3l-4 2z',
  minimise: 'M6 9l6 6 6-6',
  restore: 'M6 15l6-6 6 6',
  close: 'M6 6l12 12M18 6 6 18',
  speaker: 'M4 9v6h4l5 4V5L8 9zM17 9a4 4 0 0 1 0 6',
  speakerOff: 'M4 9v6h4l5 4V5L8 9zM17 10l4 4M21 10l-4 4',
  self: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 21c1-4 4-6 8-6s7 2 8 6',
  fullScreen: 'M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5',
} as const;

export type IconName = keyof typeof PATHS;

/** An icon, hidden from screen readers: the button around it has a name. */
export function icon(name: IconName): TemplateResult {
  return html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d=${PATHS[name]} /></svg>`;
}
