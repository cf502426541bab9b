// Styles of the video stage. Colours and the look of the controls come from the panel.
import { css } from '../panel/style-sheet.js';

export const stageStyles = css`
  .stage {
    position: relative;
    overflow: hidden;
    aspect-ratio: 4 / 3;
    border-radius: 1rem;
    background: #000;
  }
  [part='remote-video'] {
    inline-size: 100%;
    block-size: 100%;
    object-fit: contain;
  }
  [part='local-video'] {
    --w: 28%;
    position: absolute;
    inset-block-start: calc(var(--y, 100) * (100% - var(--w) - 1rem) / 100 + 0.5rem);
    left: calc(var(--x, 100) * (100% - var(--w) - 1rem) / 100 + 0.5rem);
    inline-size: var(--w);
    /* The same ratio as the stage, whatever the camera delivers, so that --w is also its share of the height. */
    aspect-ratio: 4 / 3;
    object-fit: cover;
    border-radius: 0.6rem;
    background: #222;
    cursor: move;
    touch-action: none;
    transform: scaleX(-1);
  }
  .stage-controls {
    position: absolute;
    inset-block-start: 0.5rem;
    inset-inline-end: 0.5rem;
    display: flex;
    gap: 0.4rem;
  }
`;
