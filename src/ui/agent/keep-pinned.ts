// Keeps a scrolling region at its newest line, as chats do, unless the reader has scrolled up.
import { Directive, directive, nothing, type ElementPart } from '../panel/template.js';

/** Closer to the end than this counts as being at the end, in CSS pixels. */
const AT_END_PX = 24;

/** Keeps the end of the element in view while the reader is there. Call it once per element; it ends with the element. */
export function keepPinned(element: Element): void {
  let following = true;
  const follow = () => {
    if (following) element.scrollTop = element.scrollHeight;
  };
  element.addEventListener('scroll', () => {
    following = element.scrollHeight - element.clientHeight - element.scrollTop <= AT_END_PX;
  });
  new MutationObserver(follow).observe(element, { childList: true, characterData: true, subtree: true });
  // For lines added while the element was hidden or larger. The first callback scrolls for the first time.
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

/** `keepPinned` as a template directive: `<div ${pinned()}>`. */
export const pinned: () => unknown = directive(Pinned);
