// "Try the stories": choices in, one element and the HTML for it out.
// Promise: a choice never disturbs a call that is going on; it counts for the next one.
// Must not know how the stories are played.
import type { CallState } from '../src/events.js';
import { byId } from './by-id.js';
import { DESTINATION_STORIES, TOKEN_STORIES } from './platform/stories.js';
import { showSnippet, type Attributes } from './snippet.js';

const LABEL = 'Call us';
const RESTING: readonly CallState[] = ['idle', 'ended', 'failed'];

/** Fills the lists and keeps the element and the snippet in step with the choices. */
export function startStoryBuilder(): void {
  const form = byId('story-form', HTMLFormElement);
  const code = byId('story-snippet', HTMLElement);
  const place = byId('story-call', HTMLElement);
  const tokens = TOKEN_STORIES.map(({ token, ...story }) => ({ value: token, ...story }));
  const destinations = DESTINATION_STORIES.map(({ destination, ...story }) => ({
    value: destination,
    ...story,
  }));
  fill(byId('token-story', HTMLSelectElement), byId('token-what', HTMLOutputElement), tokens);
  fill(
    byId('destination-story', HTMLSelectElement),
    byId('destination-what', HTMLOutputElement),
    destinations,
  );

  const build = () => {
    const attributes = attributesOf(new FormData(form));
    showSnippet(code, [...attributes.slice(0, 2), ['host', 'your-space'], ...attributes.slice(2)], LABEL);
    let call = place.querySelector('sw-click-to-call');
    if (!call || RESTING.includes(call.state)) {
      // A new one, so that nothing is left of the last story's end.
      call = document.createElement('sw-click-to-call');
      call.textContent = LABEL;
    }
    for (const name of call.getAttributeNames()) {
      if (name !== 'data-state') call.removeAttribute(name);
    }
    for (const [name, value] of attributes) call.setAttribute(name, value === true ? '' : value);
    call.setAttribute('host', location.origin);
    if (!call.isConnected) place.replaceChildren(call);
  };
  form.addEventListener('change', build);
  form.addEventListener('submit', (event) => event.preventDefault());
  build();
  startCopying(byId('copy', HTMLButtonElement), code);
}

interface Choice {
  readonly value: string;
  readonly title: string;
  readonly what: string;
}

function fill(select: HTMLSelectElement, what: HTMLOutputElement, choices: readonly Choice[]): void {
  select.append(...choices.map(({ title, value }) => new Option(`${title} · ${value}`, value)));
  const tell = () => (what.value = choices[select.selectedIndex]?.what ?? '');
  select.addEventListener('change', tell);
  tell();
}

/** What differs from the defaults, and what a call cannot do without. */
function attributesOf(choices: FormData): Attributes {
  const chosen = (name: string) => String(choices.get(name));
  return [
    ['token', chosen('token')],
    ['destination', chosen('destination')],
    ...(['video', 'transcript', 'page-context'] as const)
      .filter((name) => choices.has(name))
      .map((name) => [name, true] as const),
    ...(chosen('display') === 'dialog' ? [] : [['display', chosen('display')] as const]),
    ...(chosen('theme') === 'auto' ? [] : [['theme', chosen('theme')] as const]),
  ];
}

function startCopying(button: HTMLButtonElement, code: HTMLElement): void {
  let back = 0;
  button.addEventListener('click', () => {
    void navigator.clipboard
      .writeText(code.textContent)
      .then(
        () => 'Copied',
        () => {
          // Without the permission: selected, so that the keyboard can do it.
          getSelection()?.selectAllChildren(code);
          return 'Press Ctrl+C';
        },
      )
      .then((said) => {
        button.textContent = said;
        clearTimeout(back);
        back = window.setTimeout(() => (button.textContent = 'Copy'), 2000);
      });
  });
}
