// The tag in templates of Svelte, as its language tools look it up.
import 'sw-click-to-call/svelte';
import type { SvelteHTMLElements } from 'svelte/elements';

type Tag = SvelteHTMLElements['sw-click-to-call'];

export const props: Tag = {
  class: ['support'],
  destination: '/public/support',
  'proxy-url': '/token',
  userVariables: { plan: 'gold' },
  'onsw-error': (event) => void event.detail.code,
  'on:sw-dial': (event) => event.detail.setUserVariables({ plan: 'gold' }),
};

// @ts-expect-error one of three words
export const wrongValue: Tag = { preload: 'sometimes' };
