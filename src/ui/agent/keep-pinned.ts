// A scrolling region that follows its newest line, as chats and captions do.
// Promise: a reader who has scrolled up is left alone until they come back to the end.
import { Directive, directive, nothing, type ElementPart } from '../panel/template.js';

/** How far from the end still counts as reading along, in CSS pixels. */
const NEAR_THE_END = 24;

/** Keeps the end of the element in view, unless the reader has scrolled up. Once for an element; ends with it. */
export function keepPinned(element: Element): void {
  let following = true;
  const follow = () => {
    if (following) element.scrollTop = element.scrollHeight;
  };
  element.addEventListener('scroll', () => {
    following = element.scrollHeight - element.clientHeight - element.scrollTop <= NEAR_THE_END;
  });
  new MutationObserver(follow).observe(element, { childList: true, characterData: true, subtree: true });
  // Lines that came while it was hidden or larger; the first report is the first follow.
  new ResizeObserver(follow).observe(element);
}

class Pinned extends Directive {
  #done = false;

  override render() {
    return nothing;
  }

  override update({ element }: ElementPart) {
    if (!this.#done) keepPinned(element);
    this.#done = true;
    return nothing;
  }
}

/** The same, written into a template: `<div ${pinned()}>`. */
export const pinned: () => unknown = directive(Pinned);
