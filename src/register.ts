// Registers the element, politely: the first definition of a tag stays.
import { SwClickToCall } from './element/sw-click-to-call.js';

/** Tags that were warned about. */
const warned = new Set<string>();

/**
 * Defines the element under `tag`. When the tag is taken already, the first definition stays and one warning is
 * printed: the page's other scripts must not break because two copies were loaded.
 * @param tag any valid custom element name; another one than the default gets a subclass of its own.
 * @returns the class behind the tag.
 */
export function register(tag = 'sw-click-to-call'): CustomElementConstructor {
  const taken = customElements.get(tag);
  if (taken) {
    const foreign = taken !== SwClickToCall && !(taken.prototype instanceof SwClickToCall);
    if (foreign && !warned.has(tag)) {
      warned.add(tag);
      // eslint-disable-next-line no-console -- the one documented warning
      console.warn(`<${tag}> is registered already; this copy of sw-click-to-call keeps out of the way.`);
    }
    return taken;
  }
  // One class can stand behind one tag only.
  const free = customElements.getName?.(SwClickToCall) == null;
  const elementClass = free && tag === 'sw-click-to-call' ? SwClickToCall : class extends SwClickToCall {};
  customElements.define(tag, elementClass);
  return elementClass;
}
