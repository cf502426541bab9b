// Door "./react": the element as a typed React component, for React 18 and 19 alike.
// Promise: importing it touches no DOM. On the server it renders the tag with its attributes and children; in the browser
// it registers the tag before the first element is made, and sets properties, so that rich values arrive as they are.
// Not @lit/react: its server side renders no properties, which leaves an empty tag until hydration.
'use client';
import {
  createElement,
  forwardRef,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  type ForwardRefExoticComponent,
  type HTMLAttributes,
  type RefAttributes,
} from 'react';
import { defaults, properties, type AttributeName } from './element/attributes.js';
import type { SwClickToCallEventMap } from './events.js';
import { register } from './register.js';
import type { SwClickToCall as SwClickToCallElement } from './element/sw-click-to-call.js';

/** `sw-call-state` → `SwCallState` */
type Pascal<Name extends string> = Name extends `${infer Word}-${infer Rest}`
  ? `${Capitalize<Word>}${Pascal<Rest>}`
  : Capitalize<Name>;

/** `onSwDial`, `onSwError` and so on; called with the DOM event itself. */
export type SwClickToCallListeners = {
  [Name in keyof SwClickToCallEventMap as `on${Pascal<Name>}`]?: (event: SwClickToCallEventMap[Name]) => void;
};

/** The element's properties; one that is left out has its default. */
export type SwClickToCallProperties = Partial<Pick<SwClickToCallElement, AttributeName>>;

/** Everything an HTML element takes, `className` and `style` included, with the element's properties and events. */
export type SwClickToCallProps = Omit<HTMLAttributes<SwClickToCallElement>, keyof SwClickToCallProperties> &
  SwClickToCallProperties &
  SwClickToCallListeners;

const onServer = typeof window === 'undefined';

/** React 18 warns about layout effects on a server, where none runs anyway. */
const useCommitted = onServer ? useEffect : useLayoutEffect;

/** What holds when a property is left out. */
const initial = (): Record<string, unknown> => ({ ...defaults() });
const PROPERTIES = new Set(Object.keys(properties));

/**
 * `<SwClickToCall destination="/public/support" onSwError={…}>Call support</SwClickToCall>`. A `ref` gives the element,
 * with `dial()` and `hangup()`. Registers the tag on the first render in a browser; when another class has it, that stays.
 */
export const SwClickToCall: ForwardRefExoticComponent<
  SwClickToCallProps & RefAttributes<SwClickToCallElement>
> = forwardRef<SwClickToCallElement, SwClickToCallProps>(function SwClickToCall(props, ref) {
  if (!onServer) register();
  const { own, listeners, rest } = sorted(props);
  const element = useRef<SwClickToCallElement>(null);
  const applied = useRef<Record<string, unknown>>({});
  const dispatcher = useRef(new Dispatcher());

  useCommitted(() => {
    const target = element.current as unknown as EventTarget & Record<string, unknown>;
    const before = applied.current;
    for (const name in before) if (!(name in own)) target[name] = initial()[name];
    for (const name in own) if (!Object.is(own[name], before[name])) target[name] = own[name];
    applied.current = own;
    dispatcher.current.listeners = listeners;
    for (const type in listeners) target.addEventListener(type, dispatcher.current);
  });
  useImperativeHandle(ref, () => element.current!, []);

  return createElement('sw-click-to-call', {
    ...rest,
    ...(onServer && markup(own)),
    ref: element,
    // The server's attributes are not repeated in the browser, and the element has marked its state by then.
    suppressHydrationWarning: true,
  });
});

type Listener = (event: Event) => void;

/** One listener for all renders: adding it again changes nothing, and what it calls may change. */
class Dispatcher implements EventListenerObject {
  listeners: Readonly<Record<string, Listener>> = {};

  handleEvent(event: Event): void {
    this.listeners[event.type]?.(event);
  }
}

/** Who takes which prop: the element as a property, as a listener, or React. */
function sorted(props: SwClickToCallProps) {
  const own: Record<string, unknown> = {};
  const listeners: Record<string, Listener> = {};
  const rest: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined) continue;
    if (PROPERTIES.has(name)) own[name] = value;
    else if (/^onSw[A-Z]/.test(name)) {
      if (typeof value === 'function') listeners[eventName(name)] = value as Listener;
    }
    // React 18 would write "classname" on a custom element.
    else rest[name === 'className' ? 'class' : name] = value;
  }
  return { own, listeners, rest };
}

/** `onSwCallState` → `sw-call-state` */
const eventName = (prop: string): string =>
  prop.slice(2).replace(/[A-Z]/g, (letter, at) => (at ? '-' : '') + letter.toLowerCase());

/** Properties as attributes, as far as text goes. A guest token never stands in markup. */
function markup(own: Record<string, unknown>): Record<string, string> {
  const attributes: Record<string, string> = {};
  for (const [name, value] of Object.entries(own)) {
    const attribute = properties[name as AttributeName]?.attribute ?? name.toLowerCase();
    if (
      !(name in properties) ||
      attribute === false ||
      !['string', 'number', 'boolean'].includes(typeof value)
    )
      continue;
    if (value === false || (name === 'token' && String(value).includes('.'))) continue;
    attributes[String(attribute)] = value === true ? '' : String(value);
  }
  return attributes;
}
