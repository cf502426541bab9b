// How the call interface looks. Adopted into the element's shadow root when the first call starts.
// The colours that a page may want to change are custom properties, with defaults for light and dark.
import { css } from './style-sheet.js';

export const panelStyles = css`
  dialog {
    --surface: var(--sw-c2c-surface, light-dark(#fff, #171b20));
    --text: var(--sw-c2c-text, light-dark(#171b20, #f3f5f7));
    --quiet: var(--sw-c2c-quiet, light-dark(#55606b, #a8b3be));
    --control: var(--sw-c2c-control, light-dark(#eceff3, #2a3138));
    --line: var(--sw-c2c-line, light-dark(#dde2e8, #353e47));
    --danger: var(--sw-c2c-danger, #c62828);
    --accent: var(--sw-c2c-accent, var(--interactive-status-success, #0a7048));
    --on-accent: var(--sw-c2c-on-accent, #fff);
    color-scheme: light dark;
    box-sizing: border-box;
    margin: 0;
    padding: 0;
    overflow: auto;
    /* What gets the focus must not come to lie behind the controls. */
    scroll-padding-block-end: 5rem;
    border: 1px solid var(--line);
    border-radius: var(--sw-c2c-panel-radius, 1.5rem);
    background: var(--surface);
    color: var(--text);
    font-size: 1rem;
    font-weight: 400;
    text-align: start;
  }
  @supports not (color: light-dark(#000, #fff)) {
    dialog {
      --surface: var(--sw-c2c-surface, #fff);
      --text: var(--sw-c2c-text, #171b20);
      --quiet: var(--sw-c2c-quiet, #55606b);
      --control: var(--sw-c2c-control, #eceff3);
      --line: var(--sw-c2c-line, #dde2e8);
    }
  }
  dialog[data-theme='light'] {
    color-scheme: light;
  }
  dialog[data-theme='dark'] {
    color-scheme: dark;
  }
  dialog:focus {
    outline: none;
  }
  dialog.floating {
    position: fixed;
    /* For browsers without popover; the top layer needs none. */
    z-index: 2147483647;
    inset: auto;
    inset-block-end: 1rem;
    inset-inline-end: 1rem;
    inline-size: min(21rem, calc(100vw - 2rem));
    max-block-size: calc(100dvh - 2rem);
    box-shadow:
      0 0.25rem 0.75rem #0002,
      0 1.25rem 3.5rem #0004;
  }
  dialog.floating[data-view='pill'] {
    inline-size: auto;
    border-radius: 2rem;
  }
  dialog.inline {
    position: static;
    inline-size: 100%;
    min-inline-size: min(16rem, 100%);
    min-block-size: 9rem;
    margin-block-start: 0.75rem;
  }
  [part='panel'] {
    container-type: inline-size;
    display: grid;
    gap: 1.1rem;
    padding: 1.1rem;
  }
  .head {
    display: flex;
    align-items: center;
    gap: 0.85rem;
  }
  .who {
    flex: 1;
    min-inline-size: 0;
  }
  h2,
  dialog p {
    margin: 0;
    overflow-wrap: anywhere;
  }
  h2 {
    font-size: 1.1rem;
    font-weight: 650;
  }
  .state {
    margin-block-start: 0.15em;
    color: var(--quiet);
    font-variant-numeric: tabular-nums;
  }
  .avatar {
    display: grid;
    flex: none;
    place-items: center;
    inline-size: 3rem;
    block-size: 3rem;
    border-radius: 50%;
    background: var(--accent);
    color: var(--on-accent);
  }
  /* Very large text on a small screen: the room is for the words. */
  @container (max-width: 12rem) {
    .avatar {
      display: none;
    }
  }
  /* Ended, failed. */
  [data-call$='ed'] .avatar {
    background: var(--control);
    color: var(--text);
  }
  /* Preparing, connecting, ringing, reconnecting. */
  [data-call$='ing'] .avatar {
    animation: ring 1.6s ease-out infinite;
  }
  @keyframes ring {
    from {
      box-shadow: 0 0 0 0 color-mix(in srgb, var(--accent) 55%, transparent);
    }
    to {
      box-shadow: 0 0 0 0.9rem transparent;
    }
  }
  .icon {
    inline-size: 1.4rem;
    block-size: 1.4rem;
    fill: none;
    stroke: currentColor;
    stroke-width: 2;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  /* Where the screen is low, the rest scrolls behind it: hanging up is always in sight. */
  [part='controls'] {
    position: sticky;
    z-index: 1;
    inset-block-end: 0;
    display: flex;
    flex-wrap: wrap;
    justify-content: center;
    gap: 0.6rem;
    margin-block: -0.6rem -1.1rem;
    padding-block: 0.6rem 1.1rem;
    background: var(--surface);
  }
  [part~='control'] {
    box-sizing: border-box;
    min-inline-size: 3rem;
    min-block-size: 3rem;
    padding: 0.5rem;
    border: 1px solid transparent;
    border-radius: 1.5rem;
    background: var(--control);
    color: var(--text);
    font: inherit;
  }
  [part~='control'][data-level] {
    box-shadow: 0 0 0 calc(var(--level, 0) * 0.5px) var(--accent);
  }
  [part~='control']:is([aria-pressed='true'], [aria-expanded='true']) {
    background: var(--text);
    color: var(--surface);
  }
  [part~='hangup'] {
    min-inline-size: 4rem;
    background: var(--danger);
    color: #fff;
  }
  [part~='control'].wide {
    flex: 1 1 8rem;
    gap: 0.5em;
    padding-inline: 1.1em;
  }
  [part~='control'].go {
    background: var(--accent);
    color: var(--on-accent);
  }
  [part~='control'].corner {
    align-self: start;
    min-inline-size: 2.75rem;
    min-block-size: 2.75rem;
    background: none;
    color: var(--quiet);
  }
  [part='banner'] {
    gap: 0.5em;
    padding: 0.6rem 0.9rem;
    border: 0;
    border-radius: 0.9rem;
    background: light-dark(#fff2d6, #453512);
    color: light-dark(#4d3900, #ffe7b3);
    font: inherit;
  }
  [part='banner'].tap {
    inline-size: 100%;
    background: var(--accent);
    color: var(--on-accent);
  }
  .failure {
    display: grid;
    gap: 0.5rem;
  }
  .help {
    color: var(--quiet);
  }
  [part='pill'] {
    flex-wrap: wrap;
    max-inline-size: calc(100vw - 2.5rem);
    gap: 0.6rem;
    padding: 0.5rem 1rem;
    border: 0;
    border-radius: 2rem;
    background: var(--surface);
    color: var(--text);
    font: inherit;
  }
  [part='pill'] .name {
    overflow: hidden;
    max-inline-size: min(9rem, 100%);
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  [part='pill'] .timer {
    font-variant-numeric: tabular-nums;
  }
  .dot {
    inline-size: 0.6rem;
    block-size: 0.6rem;
    border-radius: 50%;
    background: var(--accent);
  }
  dialog :is(button, select, input, video, [tabindex]):focus-visible {
    outline: 3px solid var(--sw-c2c-focus, light-dark(#2f6fed, #8ab4ff));
    outline-offset: 2px;
  }
  [part='button']:has(~ div dialog.inline[open]) {
    display: none;
  }
  @media (max-width: 30rem) {
    [part='controls'] {
      gap: 0.4rem;
    }
    [part='controls'] [part~='control'] {
      min-inline-size: 2.75rem;
    }
    [part='controls'] [part~='hangup'] {
      min-inline-size: 3.5rem;
    }
    dialog.floating[data-view='card'] {
      inset-inline: 0;
      inset-block-end: 0;
      inline-size: 100%;
      max-inline-size: none;
      border-width: 1px 0 0;
      border-end-start-radius: 0;
      border-end-end-radius: 0;
      padding-block-end: env(safe-area-inset-bottom);
    }
  }
  @media (forced-colors: active) {
    dialog [part~='control'],
    [part='banner'],
    [part='pill'],
    .avatar {
      border: 1px solid ButtonText;
    }
    [part~='control']:is([aria-pressed='true'], [aria-expanded='true']) {
      forced-color-adjust: none;
      background: Highlight;
      color: HighlightText;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .avatar {
      animation: none !important;
    }
  }
`;
