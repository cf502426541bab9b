// How the parts of the call interface look that are not always there: keypad, devices, captions, shared content.
// The colours come from the panel around them.
import { css } from './style-sheet.js';

export const sheetStyles = css`
  [part='keypad'] {
    display: grid;
    grid-template-columns: repeat(3, 1fr);
    gap: 0.5rem;
  }
  [part='keypad'] [part='control'] {
    min-inline-size: 0;
    font-size: 1.2rem;
  }
  .digits {
    grid-column: 1 / -1;
    min-block-size: 1.5em;
    font-size: 1.2rem;
    letter-spacing: 0.12em;
    text-align: center;
    overflow-wrap: anywhere;
  }
  [part='devices'] {
    display: grid;
    gap: 0.75rem;
  }
  [part='devices'] label {
    display: grid;
    gap: 0.25rem;
    color: var(--quiet);
    font-size: 0.9rem;
  }
  [part='devices'] select {
    inline-size: 100%;
    min-block-size: 2.75rem;
    padding-inline: 0.6rem;
    border: 1px solid var(--quiet);
    border-radius: 0.75rem;
    background: var(--surface);
    color: var(--text);
    font: inherit;
  }
  .volume {
    display: flex;
    align-items: end;
    gap: 0.75rem;
  }
  .volume label {
    flex: 1;
    min-inline-size: 0;
  }
  .volume input {
    min-inline-size: 0;
    min-block-size: 2.75rem;
    accent-color: var(--accent);
  }
  [part='transcript'],
  .drawer-body {
    overflow: auto;
    max-block-size: 12rem;
    overflow-wrap: anywhere;
  }
  [part='transcript'] p + p {
    margin-block-start: 0.5rem;
  }
  [part='transcript'] .open {
    color: var(--quiet);
  }
  [part='content'] {
    padding: 0.25rem 0.25rem 0.75rem 0.9rem;
    border: 1px solid var(--line);
    border-radius: 1rem;
  }
  .drawer-head {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 0.5rem;
  }
  .drawer-head h3 {
    margin: 0;
    font-size: 1rem;
    overflow-wrap: anywhere;
  }
  .drawer-body :is(pre, p, ul, ol, table) {
    margin: 0.4em 0;
  }
  .drawer-body pre {
    white-space: pre-wrap;
  }
  .drawer-body a {
    color: inherit;
  }
`;
