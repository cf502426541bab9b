// The code that a site's author pastes, for each way to build a site, from the settings that differ from the defaults.
// Promise: every snippet is valid where it is meant for, whatever the settings hold (tests parse and compile them).
// Pure text; must not know where settings come from.
import { literal, quoted } from './literal.js';
import type { Written } from './settings.js';

/** A way to build a site. */
export interface Flavour {
  readonly id: 'script' | 'npm' | 'react' | 'vue' | 'svelte';
  readonly title: string;
  readonly write: (settings: readonly Written[]) => string;
}

const SRC = '/sw-click-to-call/sw-click-to-call.js';
const FALLBACK = '<a slot="fallback" href="tel:+15550100">+1 555 0100</a>';
const OWN_BUTTON = 'Talk to us';

export const FLAVOURS: readonly Flavour[] = [
  { id: 'script', title: 'Script tag', write: scriptTag },
  { id: 'npm', title: 'npm', write: npm },
  { id: 'react', title: 'React', write: react },
  { id: 'vue', title: 'Vue', write: vue },
  { id: 'svelte', title: 'Svelte', write: svelte },
];

function scriptTag(settings: readonly Written[]): string {
  const attributes = settings.flatMap(({ attribute, value }) =>
    attribute ? [htmlAttribute(attribute, value)] : [],
  );
  const strings = settings.find(({ property }) => property === 'strings');
  const more = strings
    ? `\n\n<script type="module">\n  document.querySelector('sw-click-to-call').strings = ${literal(strings.value)};\n</script>`
    : '';
  return `<script type="module"
  src="${SRC}"></script>\n\n${ownButton(settings)}${tag('sw-click-to-call', attributes)}${more}\n`;
}

function npm(settings: readonly Written[]): string {
  const lines = settings.map(({ property, value }) =>
    property === 'lang' ? `call.lang = ${literal(value)};` : `call.${property} = ${literal(value)};`,
  );
  return `// npm install sw-click-to-call
import 'sw-click-to-call/define';

const call = document.createElement('sw-click-to-call');
${lines.join('\n')}

const fallback = document.createElement('a');
fallback.slot = 'fallback';
fallback.href = 'tel:+15550100';
fallback.textContent = '+1 555 0100';
call.append(fallback);

document.body.append(call);
`;
}

function react(settings: readonly Written[]): string {
  const props = settings.map(({ property, value }) => {
    if (value === true) return property;
    const plain = typeof value === 'string' && !/["&{}<>\\\n\r]/.test(value);
    return plain ? `${property}="${value}"` : `${property}={${literal(value)}}`;
  });
  const own = ownButton(settings);
  const jsx = own ? `<>\n${indented(own + tag('SwClickToCall', props))}\n</>` : tag('SwClickToCall', props);
  return `// npm install sw-click-to-call
import { SwClickToCall } from 'sw-click-to-call/react';

export function CallButton() {
  return (
${indented(jsx, 4)}
  );
}
`;
}

function vue(settings: readonly Written[]): string {
  const attributes = settings.map(({ property, attribute, value }) =>
    typeof value === 'object'
      ? `:${property}.prop="${escaped(literal(value))}"`
      : htmlAttribute(attribute!, value),
  );
  return `<script setup>
// npm install sw-click-to-call
// In vite.config: vue({ template: { compilerOptions: { isCustomElement: (tag) => tag.startsWith('sw-') } } })
import 'sw-click-to-call/define';
</script>

<template>
${indented(ownButton(settings) + tag('sw-click-to-call', attributes))}
</template>
`;
}

function svelte(settings: readonly Written[]): string {
  const attributes = settings.map(({ property, attribute, value }) => {
    if (typeof value === 'object') return `${property}={${literal(value)}}`;
    // A brace in a string would begin an expression.
    return typeof value === 'string' && /[{}"&]/.test(value)
      ? `${attribute}={${quoted(value)}}`
      : htmlAttribute(attribute!, value);
  });
  return `<script>
  // npm install sw-click-to-call
  import 'sw-click-to-call/define';
</script>

${ownButton(settings)}${tag('sw-click-to-call', attributes)}
`;
}

/** The page's own button, where the call is to start from one. */
function ownButton(settings: readonly Written[]): string {
  const id = settings.find(({ property }) => property === 'htmlFor')?.value;
  return id ? `<button id="${escaped(String(id))}" type="button">${OWN_BUTTON}</button>\n\n` : '';
}

function tag(name: string, attributes: readonly string[]): string {
  const written = attributes.map((attribute) => `\n  ${attribute}`).join('');
  return `<${name}${written}${written && '\n'}>\n  ${FALLBACK}\n</${name}>`;
}

function htmlAttribute(name: string, value: unknown): string {
  if (value === true) return name;
  if (typeof value !== 'object') return `${name}="${escaped(String(value))}"`;
  // JSON is full of double quotes.
  const json = JSON.stringify(value);
  return `${name}='${json.replaceAll('&', '&amp;').replaceAll("'", '&#39;')}'`;
}

function escaped(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
}

function indented(text: string, by = 2): string {
  return text.replace(/^(?=.)/gm, ' '.repeat(by));
}
