// Registers the element. The first definition of a tag stays.
import { SwClickToCall } from './element/sw-click-to-call.js';

/** Tags with a warning in the console. */
const warned = new Set<string>();

/**
 * Defines the element as `tag`. If another class has the tag already, that class stays and one warning is logged, so that
 * loading the package twice breaks nothing.
 * @param tag any valid custom element name; each name other than the default gets its own subclass.
 * @returns the class registered as `tag`.
 */
export function register(tag = 'sw-click-to-call'): CustomElementConstructor {
  const taken = customElements.get(tag);
  if (taken) {
    const foreign = taken !== SwClickToCall && !(taken.prototype instanceof SwClickToCall);
    if (foreign && !warned.has(tag)) {
      warned.add(tag);
      // eslint-disable-next-line no-console -- the one documented warning
      console.warn(`<${tag}> is registered already. This copy of sw-click-to-call is not used.`);
    }
    return taken;
  }
  // A class can be registered only once.
  const free = customElements.getName?.(SwClickToCall) == null;
  const elementClass = free && tag === 'sw-click-to-call' ? SwClickToCall : class extends SwClickToCall {};
  customElements.define(tag, elementClass);
  return elementClass;
}
