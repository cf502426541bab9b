// A button with an icon. Its name is the label for screen readers and the tooltip.
import { cssVariables } from './css-variables.js';
import { icon, type IconName } from './icons.js';
import { html, nothing, type TemplateResult } from './template.js';

export interface IconButton {
  readonly name: string;
  readonly icon: IconName;
  readonly act: (event: Event) => void;
  /** `control` by default. */
  readonly part?: string;
  readonly look?: string;
  /** Whether a toggle button is on. */
  readonly pressed?: boolean;
  /** Whether the sheet that the button opens is open. */
  readonly expanded?: boolean;
  readonly disabled?: boolean;
  /** A level to show around the button, 0 to 1. */
  readonly level?: number;
}

export function iconButton(button: IconButton): TemplateResult {
  const { name, act, part = 'control', look, pressed, expanded, disabled, level } = button;
  return html`<button
    part=${part}
    class=${look ?? nothing}
    type="button"
    aria-label=${name}
    title=${name}
    aria-pressed=${pressed ?? nothing}
    aria-expanded=${expanded ?? nothing}
    ?disabled=${disabled}
    ?data-level=${level !== undefined}
    ${level === undefined ? nothing : cssVariables({ level: Math.round(Math.sqrt(level) * 10) })}
    @click=${act}
  >
    ${icon(button.icon)}
  </button>`;
}
