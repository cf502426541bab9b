// What an AI agent shows, as nodes: text, code, Markdown, HTML. It is the far end's content, and trusted in nothing.
// Promises: nothing in it runs, asks the network for anything, looks like part of the page or is found by a name.
// Must not know: where it is shown, and under which title. Writes no HTML itself: the sanitizer hands over nodes.
import type { SwDisplayContentDetail } from '../../events.js';
import { lazy } from '../../lazy.js';

// Both are well kept and made for exactly this. Fetched when an agent first shows Markdown or HTML.

/** DOMPurify; an instance of our own, because the page may have hooks on the shared one. */
export const loadSanitizer = lazy(async () => (await import('dompurify')).default(window));

/** marked; what it makes is HTML that still has to be sanitized. */
export const loadMarkdown = lazy(() => import('marked'));

/** What is fetched only when an agent shows Markdown or HTML. */
export interface ContentLoaders {
  readonly sanitizer: typeof loadSanitizer;
  readonly markdown: typeof loadMarkdown;
}

/** In UTF-16 units. What is longer is cut. */
const MOST_CONTENT = 64 * 1024;
const MOST_LANGUAGE = 40;
/** What is longer is shown as it is written: the parser's time grows with the square of it. */
const MOST_MARKDOWN = 16 * 1024;
/** A line that opens more quotes or lists than any text has: each costs the Markdown parser another look at the rest. */
const TOO_DEEP = /^(?:[ \t]*(?:>|[*+-][ \t])){64}/m;

const TAGS =
  'a abbr b bdi blockquote br caption cite code dd del dfn div dl dt em h1 h2 h3 h4 h5 h6 hr i ins kbd li mark ol p ' +
  'pre q s samp small span strong sub sup table tbody td tfoot th thead time tr u ul var wbr';

/** None takes an address, a style, or a name by which the page or a label could find the element. */
const ATTRIBUTES = ['align', 'colspan', 'dir', 'lang', 'reversed', 'rowspan', 'scope', 'start', 'title'];

const SCHEMES = ['http:', 'https:', 'mailto:', 'tel:'];

/** Lists of what may stay: what a browser learns to load tomorrow is not on them. */
const RULES = {
  ALLOWED_TAGS: TAGS.split(' '),
  ALLOWED_ATTR: ['href', ...ATTRIBUTES],
  // The sanitizer judges every other attribute by the rule for addresses.
  ADD_URI_SAFE_ATTR: ATTRIBUTES,
  ALLOWED_URI_REGEXP: /^(?:https?|mailto|tel):/i,
  ALLOWED_NAMESPACES: ['http://www.w3.org/1999/xhtml'],
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
  RETURN_DOM_FRAGMENT: true as const,
};

/**
 * An element with the content; never rejects. What cannot be made safe, because the sanitizer did not arrive or the
 * content broke a parser, is shown as plain text.
 */
export async function renderContent(
  { content, format, language }: SwDisplayContentDetail,
  load: ContentLoaders = { sanitizer: loadSanitizer, markdown: loadMarkdown },
): Promise<Node> {
  const kept = content.slice(0, MOST_CONTENT).replace(/[\ud800-\udbff]$/, '');
  const rest = kept.length < content.length ? '…' : '';
  switch (format) {
    case 'text':
      return plain(kept + rest);
    case 'code':
      return code(kept + rest, language);
    case 'markdown':
    case 'html':
      try {
        const [sanitizer, source] = await Promise.all([
          load.sanitizer(),
          format === 'markdown' ? htmlOf(kept, load) : kept,
        ]);
        // Where it is not supported, the sanitizer gives back what it was given.
        if (!sanitizer.isSupported) return plain(kept + rest);
        const fragment = sanitizer.sanitize(source, RULES);
        tame(fragment);
        return made('div', 'shared rich', fragment, rest);
      } catch {
        return plain(kept + rest);
      }
  }
}

async function htmlOf(content: string, load: ContentLoaders): Promise<string> {
  // WebKit would be busy with it for many seconds, and the page would stand still.
  if (content.length > MOST_MARKDOWN || TOO_DEEP.test(content)) throw new RangeError('too long or too deep');
  const { Marked } = await load.markdown();
  // An instance, because the page may have settings of its own. Images and inputs become what can be said of them.
  const marked = new Marked({
    async: false,
    renderer: { image: ({ text }) => text, checkbox: ({ checked }) => (checked ? '☑ ' : '☐ ') },
  });
  return marked.parse(content) as string;
}

/** Makes links leave the page without a trace of it, and headings stand below those of the interface. */
function tame(fragment: DocumentFragment): void {
  for (const link of fragment.querySelectorAll('[href]')) {
    if (!link.matches('a') || !SCHEMES.includes(schemeOf(link.getAttribute('href')!))) {
      link.removeAttribute('href');
      continue;
    }
    link.setAttribute('target', '_blank');
    link.setAttribute('rel', 'noopener noreferrer nofollow');
  }
  for (const heading of fragment.querySelectorAll('h1, h2, h3, h4, h5, h6')) {
    const lower = document.createElement(`h${Math.min(6, Number(heading.localName[1]) + 2)}`);
    for (const { name, value } of heading.attributes) lower.setAttribute(name, value);
    lower.append(...heading.childNodes);
    heading.replaceWith(lower);
  }
}

function schemeOf(address: string): string {
  return URL.canParse(address) ? new URL(address).protocol : '';
}

function plain(text: string): HTMLElement {
  const box = made('div', 'shared text', text);
  // By the object model, which a policy against inline styles allows.
  box.style.whiteSpace = 'pre-wrap';
  return box;
}

function code(text: string, language = ''): HTMLElement {
  const box = made('figure', 'shared code');
  const label = language.trim().slice(0, MOST_LANGUAGE);
  if (label) box.append(made('figcaption', 'language', label));
  const block = made('pre', 'block');
  block.dir = 'ltr';
  // Scrolls sideways, by keyboard too.
  block.tabIndex = 0;
  block.append(made('code', 'source', text));
  box.append(block);
  return box;
}

function made(tag: string, className: string, ...content: (Node | string)[]): HTMLElement {
  const element = document.createElement(tag);
  element.className = className;
  element.append(...content);
  // Last: a browser looks for the direction again with every child that is put in.
  element.dir = 'auto';
  return element;
}
