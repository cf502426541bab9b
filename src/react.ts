// Entry point "./react": the element as a typed React component, for React 18 and 19.
// Importing it touches no DOM. On the server it renders the tag with its attributes and children. In the browser it registers
// the tag before the first render and sets properties, so values that are not strings keep their type.
// @lit/react is not used, because it renders no properties on the server: the tag would stay empty until hydration.
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

/** One optional handler per event (`onSwDial`, `onSwError`, …), called with the DOM event. */
export type SwClickToCallListeners = {
  [Name in keyof SwClickToCallEventMap as `on${Pascal<Name>}`]?: (event: SwClickToCallEventMap[Name]) => void;
};

/** The element's properties. An omitted property has its default. */
export type SwClickToCallProperties = Partial<Pick<SwClickToCallElement, AttributeName>>;

/** The props of every HTML element, `className` and `style` included, plus the element's properties and events. */
export type SwClickToCallProps = Omit<HTMLAttributes<SwClickToCallElement>, keyof SwClickToCallProperties> &
  SwClickToCallProperties &
  SwClickToCallListeners;

const onServer = typeof window === 'undefined';

/** React 18 warns about useLayoutEffect on a server, where no effect runs anyway. */
const useCommitEffect = onServer ? useEffect : useLayoutEffect;

const PROPERTIES = new Set(Object.keys(properties));

/**
 * `<SwClickToCall destination="/public/support" onSwError={…}>Call support</SwClickToCall>`. A `ref` receives the element,
 * with `dial()` and `hangup()`. The first render in a browser registers the tag, unless it is registered already.
 */
export const SwClickToCall: ForwardRefExoticComponent<
  SwClickToCallProps & RefAttributes<SwClickToCallElement>
> = forwardRef<SwClickToCallElement, SwClickToCallProps>(function SwClickToCall(props, ref) {
  if (!onServer) register();
  const { own, listeners, rest } = sorted(props);
  const element = useRef<SwClickToCallElement>(null);
  const applied = useRef<Values>({});
  const dispatcher = useRef(new Dispatcher());

  useCommitEffect(() => {
    const target = element.current!;
    Object.assign(target, changes(applied.current, own));
    applied.current = own;
    dispatcher.current.listeners = listeners;
    for (const type in listeners) target.addEventListener(type, dispatcher.current);
  });
  useImperativeHandle(ref, () => element.current!, []);

  return createElement('sw-click-to-call', {
    ...rest,
    ...(onServer && markup(own)),
    ref: element,
    // The browser renders no attributes for the properties, and by hydration the element has set attributes of its own.
    suppressHydrationWarning: true,
  });
});

type Values = Record<string, unknown>;
type Listener = (event: Event) => void;

/** A stable listener: adding it on each render has no effect, and the handlers that it calls can change. */
class Dispatcher implements EventListenerObject {
  listeners: Readonly<Record<string, Listener>> = {};

  handleEvent(event: Event): void {
    this.listeners[event.type]?.(event);
  }
}

/** The values to set on the element: changed properties, and the defaults of properties that are gone. */
function changes(before: Values, now: Values): Values {
  const gone = Object.keys(before).filter((name) => !(name in now));
  const initial: Values = gone.length ? { ...defaults() } : {};
  const changed = Object.entries(now).filter(([name, value]) => !Object.is(value, before[name]));
  return { ...Object.fromEntries(gone.map((name) => [name, initial[name]])), ...Object.fromEntries(changed) };
}

/** Splits the props into properties of the element, event listeners, and the rest, which React handles. */
function sorted(props: SwClickToCallProps) {
  const own: Values = {};
  const listeners: Record<string, Listener> = {};
  const rest: Values = {};
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined) continue;
    if (PROPERTIES.has(name)) own[name] = value;
    else if (/^onSw[A-Z]/.test(name)) {
      if (typeof value === 'function') listeners[eventName(name)] = value as Listener;
    }
    // React 18 writes "classname" on a custom element.
    else rest[name === 'className' ? 'class' : name] = value;
  }
  return { own, listeners, rest };
}

/** `onSwCallState` → `sw-call-state` */
const eventName = (prop: string): string =>
  prop.slice(2).replace(/[A-Z]/g, (letter, at) => (at ? '-' : '') + letter.toLowerCase());

/** The properties that can be written as attributes. */
function markup(own: Values): Record<string, string> {
  const attributes: Record<string, string> = {};
  for (const [name, value] of Object.entries(own)) {
    const attribute = attributeOf(name);
    if (attribute && isWritable(name, value)) attributes[attribute] = value === true ? '' : String(value);
  }
  return attributes;
}

function attributeOf(name: string): string | undefined {
  const attribute = properties[name as AttributeName]?.attribute ?? name.toLowerCase();
  return name in properties && attribute !== false ? String(attribute) : undefined;
}

/** Never a guest token, which contains dots: it must not appear in markup. */
function isWritable(name: string, value: unknown): boolean {
  if (value === false || (name === 'token' && String(value).includes('.'))) return false;
  return ['string', 'number', 'boolean'].includes(typeof value);
}
