// The tag in templates of Vue, as its language tools look it up.
import 'sw-click-to-call/vue';
import type { GlobalComponents } from 'vue';

type Tag = InstanceType<GlobalComponents['sw-click-to-call']>;

export const props: Tag['$props'] = {
  class: { support: true },
  destination: '/public/support',
  'proxy-url': '/token',
  userVariables: { plan: 'gold' },
};
export const listen = (tag: Tag, error: CustomEvent) => {
  // @ts-expect-error an event of the page's own
  tag.$emit('sw-else', error);
  return tag.dial();
};
export type Listener = Parameters<Tag['$emit']>;

// @ts-expect-error one of three words
export const wrongValue: Tag['$props'] = { preload: 'sometimes' };
