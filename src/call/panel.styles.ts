// How the call interface looks. Adopted into the element's shadow root when the first call starts.
import { css } from '@lit/reactive-element/css-tag.js';

export const panelStyles = css`
  dialog {
    --surface: var(--sw-c2c-surface, light-dark(#ffffff, #1b1f24));
    --text: var(--sw-c2c-text, light-dark(#1b1f24, #f2f4f6));
    --quiet: var(--sw-c2c-quiet, light-dark(#56606b, #a9b3bd));
    --control: var(--sw-c2c-control, light-dark(#eceff2, #2c333a));
    --danger: var(--sw-c2c-danger, #c62828);
    --accent: var(--sw-c2c-accent, var(--interactive-status-success, #0a7048));
    color-scheme: light dark;
    position: fixed;
    inset: auto 1rem 1rem auto;
    box-sizing: border-box;
    inline-size: min(20rem, calc(100vw - 2rem));
    max-block-size: calc(100dvh - 2rem);
    margin: 0;
    padding: 0;
    overflow: auto;
    border: 1px solid light-dark(#dfe3e8, #343c45);
    border-radius: 1.25rem;
    background: var(--surface);
    color: var(--text);
    font-weight: 400;
    box-shadow: 0 1rem 3rem rgb(0 0 0 / 25%);
  }
  dialog[data-theme='light'] {
    color-scheme: light;
  }
  dialog[data-theme='dark'] {
    color-scheme: dark;
  }
  dialog.inline {
    position: static;
    inline-size: 100%;
    min-inline-size: 16rem;
    box-shadow: none;
  }
  dialog:focus-visible {
    outline: none;
  }
  [part='panel'] {
    display: grid;
    gap: 1.25rem;
    padding: 1.5rem 1.25rem;
    text-align: center;
  }
  [part='panel'] h2 {
    margin: 0;
    font-size: 1.25em;
    font-weight: 600;
    overflow-wrap: anywhere;
  }
  [part='panel'] p {
    margin: 0.35em 0 0;
    color: var(--quiet);
    overflow-wrap: anywhere;
  }
  [part='panel'] p.alert {
    color: var(--text);
  }
  .timer {
    font-variant-numeric: tabular-nums;
  }
  [part='remote-video'] {
    inline-size: 100%;
    border-radius: 0.75rem;
    background: #000;
  }
  [part='controls'] {
    display: flex;
    flex-wrap: wrap;
    justify-content: center;
    gap: 0.75rem;
  }
  [part~='control'] {
    min-block-size: 2.75rem;
    padding-inline: 1.1em;
    border-color: transparent;
    border-radius: 1.5rem;
    background: var(--control);
    color: var(--text);
  }
  [part~='control'][aria-pressed='true'] {
    background: var(--text);
    color: var(--surface);
  }
  [part~='hangup'] {
    background: var(--danger);
    color: #fff;
  }
  [part~='control'].go {
    background: var(--accent);
    color: var(--sw-c2c-on-accent, #fff);
  }
  @media (max-width: 30rem) {
    dialog:not(.inline) {
      inset: auto 0 0;
      inline-size: 100%;
      border-radius: 1.25rem 1.25rem 0 0;
      border-inline: 0;
      padding-block-end: env(safe-area-inset-bottom);
    }
  }
  @media (forced-colors: active) {
    [part~='control'] {
      border-color: ButtonText;
    }
  }
`;
