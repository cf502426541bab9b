// How the button looks before, during and after a call. Custom properties first, the official element's names as fallbacks.
// Small on purpose: it is downloaded before any click. The call interface brings its own styles.
import { css } from '@lit/reactive-element/css-tag.js';

export const buttonStyles = css`
  :host {
    display: inline-block;
    position: relative;
    font: var(
      --sw-c2c-font,
      500 var(--type-size-body, 1rem) / 1.25 var(--type-family-body, system-ui, sans-serif)
    );
    letter-spacing: normal;
    text-align: start;
    text-transform: none;
    white-space: normal;
  }
  :host([display='inline']) {
    display: block;
  }
  :host([hidden]),
  [hidden] {
    display: none !important;
  }
  button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 0.55em;
    min-block-size: 2.75rem;
    padding: var(--sw-c2c-padding, 0.5em 1.25em);
    border: 1px solid transparent;
    border-radius: var(--sw-c2c-radius, var(--radius-md, 1.5rem));
    background: var(--sw-c2c-accent, var(--interactive-status-success, #0a7048));
    color: var(--sw-c2c-on-accent, #fff);
    font: inherit;
    cursor: pointer;
    transition: filter var(--transition-fast, 0.15s);
  }
  button:hover {
    filter: brightness(1.1);
  }
  button:focus-visible {
    outline: 3px solid var(--sw-c2c-focus, #2f6fed);
    outline-offset: 2px;
  }
  button:disabled {
    opacity: 0.55;
    cursor: not-allowed;
  }
  [part='icon'] {
    display: inline-flex;
    inline-size: 1.2em;
  }
  /* Dimmed for those, too, who want nothing to move. */
  button[aria-busy='true'] [part='icon'] {
    opacity: 0.55;
    animation: pulse 1.2s infinite;
  }
  @keyframes pulse {
    50% {
      opacity: 0.3;
    }
  }
  [part='status'] {
    margin-block-start: 0.5em;
    max-inline-size: 22em;
    font-size: 0.9em;
  }
  .quiet {
    position: absolute;
    overflow: hidden;
    inline-size: 1px;
    block-size: 1px;
    margin: 0;
    clip-path: inset(50%);
  }
  @media (prefers-reduced-motion: reduce) {
    button,
    button [part='icon'] {
      transition: none;
      animation: none !important;
    }
  }
`;
