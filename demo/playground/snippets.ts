// Writes the code to paste, for plain HTML and for each framework. Every snippet is valid with any settings: the tests
// parse and compile them.
import { literal, quoted } from './literal.js';
import type { ChangedSetting } from './settings.js';

export interface SnippetFormat {
  readonly id: 'script' | 'npm' | 'react' | 'vue' | 'svelte';
  readonly title: string;
  readonly write: (settings: readonly ChangedSetting[]) => string;
}

const SRC = '/sw-click-to-call/sw-click-to-call.js';
const FALLBACK = '<a slot="fallback" href="tel:+15550100">+1 555 0100</a>';
const PAGE_BUTTON = 'Talk to us';

export const SNIPPET_FORMATS: readonly SnippetFormat[] = [
  { id: 'script', title: 'Script tag', write: scriptTag },
  { id: 'npm', title: 'npm', write: npm },
  { id: 'react', title: 'React', write: react },
  { id: 'vue', title: 'Vue', write: vue },
  { id: 'svelte', title: 'Svelte', write: svelte },
];

function scriptTag(settings: readonly ChangedSetting[]): string {
  const attributes = settings.flatMap(({ attribute, value }) =>
    attribute ? [htmlAttribute(attribute, value)] : [],
  );
  const strings = settings.find(({ property }) => property === 'strings');
  const script = strings
    ? `\n\n<script type="module">\n  document.querySelector('sw-click-to-call').strings = ${literal(strings.value)};\n</script>`
    : '';
  return `<script type="module"
  src="${SRC}"></script>\n\n${pageButton(settings)}${tag('sw-click-to-call', attributes)}${script}\n`;
}

function npm(settings: readonly ChangedSetting[]): string {
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

function react(settings: readonly ChangedSetting[]): string {
  const props = settings.map(({ property, value }) => {
    if (value === true) return property;
    const isPlain = typeof value === 'string' && !/["&{}<>\\\n\r]/.test(value);
    return isPlain ? `${property}="${value}"` : `${property}={${literal(value)}}`;
  });
  const button = pageButton(settings);
  const jsx = button
    ? `<>\n${indent(button + tag('SwClickToCall', props))}\n</>`
    : tag('SwClickToCall', props);
  return `// npm install sw-click-to-call
import { SwClickToCall } from 'sw-click-to-call/react';

export function CallButton() {
  return (
${indent(jsx, 4)}
  );
}
`;
}

function vue(settings: readonly ChangedSetting[]): string {
  const attributes = settings.map(({ property, attribute, value }) =>
    typeof value === 'object'
      ? `:${property}.prop="${escapeAttribute(literal(value))}"`
      : htmlAttribute(attribute!, value),
  );
  return `<script setup>
// npm install sw-click-to-call
// In vite.config: vue({ template: { compilerOptions: { isCustomElement: (tag) => tag.startsWith('sw-') } } })
import 'sw-click-to-call/define';
</script>

<template>
${indent(pageButton(settings) + tag('sw-click-to-call', attributes))}
</template>
`;
}

function svelte(settings: readonly ChangedSetting[]): string {
  const attributes = settings.map(({ property, attribute, value }) => {
    if (typeof value === 'object') return `${property}={${literal(value)}}`;
    // A brace in a string would start an expression.
    return typeof value === 'string' && /[{}"&]/.test(value)
      ? `${attribute}={${quoted(value)}}`
      : htmlAttribute(attribute!, value);
  });
  return `<script>
  // npm install sw-click-to-call
  import 'sw-click-to-call/define';
</script>

${pageButton(settings)}${tag('sw-click-to-call', attributes)}
`;
}

/** A button of the page, if one starts the call. */
function pageButton(settings: readonly ChangedSetting[]): string {
  const id = settings.find(({ property }) => property === 'htmlFor')?.value;
  return id ? `<button id="${escapeAttribute(String(id))}" type="button">${PAGE_BUTTON}</button>\n\n` : '';
}

function tag(name: string, attributes: readonly string[]): string {
  const lines = attributes.map((attribute) => `\n  ${attribute}`).join('');
  return `<${name}${lines}${lines && '\n'}>\n  ${FALLBACK}\n</${name}>`;
}

function htmlAttribute(name: string, value: unknown): string {
  if (value === true) return name;
  if (typeof value !== 'object') return `${name}="${escapeAttribute(String(value))}"`;
  // In single quotes, because JSON contains double quotes.
  const json = JSON.stringify(value);
  return `${name}='${json.replaceAll('&', '&amp;').replaceAll("'", '&#39;')}'`;
}

function escapeAttribute(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
}

function indent(text: string, by = 2): string {
  return text.replace(/^(?=.)/gm, ' '.repeat(by));
}
