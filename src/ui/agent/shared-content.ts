// Renders what an AI agent shares (text, code, Markdown or HTML) as DOM nodes. The content is untrusted.
// Nothing in it can run, make a request, imitate the page or be found by id or name. No HTML is written here: the sanitizer
// returns nodes.
import type { SwDisplayContentDetail } from '../../events.js';
import { lazy } from '../../lazy.js';

/** DOMPurify. A separate instance, because the page may have added hooks to the shared one. */
export const loadSanitizer = lazy(async () => (await import('dompurify')).default(window));

/** marked. Its output is HTML that still has to be sanitized. */
export const loadMarkdown = lazy(() => import('marked'));

/** Libraries that are fetched when an agent first shares Markdown or HTML. */
export interface ContentLoaders {
  readonly sanitizer: typeof loadSanitizer;
  readonly markdown: typeof loadMarkdown;
}

/** Longer content is cut. In UTF-16 units, as all limits here. */
const MAX_CONTENT = 64 * 1024;
const MAX_LANGUAGE = 40;
/** Longer Markdown is shown as plain text: parsing time grows with the square of the length. */
const MAX_MARKDOWN = 16 * 1024;
/** A line with this many nested quotes or lists: the Markdown parser reads the rest of the text again for each. */
const TOO_DEEP = /^(?:[ \t]*(?:>|[*+-][ \t])){64}/m;

const TAGS =
  'a abbr b bdi blockquote br caption cite code dd del dfn div dl dt em h1 h2 h3 h4 h5 h6 hr i ins kbd li mark ol p ' +
  'pre q s samp small span strong sub sup table tbody td tfoot th thead time tr u ul var wbr';

/** None holds a URL, a style, or a name by which the page could find the element. */
const ATTRIBUTES = ['align', 'colspan', 'dir', 'lang', 'reversed', 'rowspan', 'scope', 'start', 'title'];

const SCHEMES = ['http:', 'https:', 'mailto:', 'tel:'];

/** Allow lists, so that features which browsers add later stay blocked. */
const RULES = {
  ALLOWED_TAGS: TAGS.split(' '),
  ALLOWED_ATTR: ['href', ...ATTRIBUTES],
  // DOMPurify applies ALLOWED_URI_REGEXP to every attribute that is not listed here.
  ADD_URI_SAFE_ATTR: ATTRIBUTES,
  ALLOWED_URI_REGEXP: /^(?:https?|mailto|tel):/i,
  ALLOWED_NAMESPACES: ['http://www.w3.org/1999/xhtml'],
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
  RETURN_DOM_FRAGMENT: true as const,
};

/**
 * Renders the content. Never rejects: content is shown as plain text when the libraries do not load or cannot process it.
 */
export async function renderContent(
  { content, format, language }: SwDisplayContentDetail,
  load: ContentLoaders = { sanitizer: loadSanitizer, markdown: loadMarkdown },
): Promise<Node> {
  const kept = content.slice(0, MAX_CONTENT).replace(/[\ud800-\udbff]$/, '');
  const rest = kept.length < content.length ? '…' : '';
  switch (format) {
    case 'text':
      return plain(kept + rest);
    case 'code':
      return code(kept + rest, language);
    case 'markdown':
    case 'html':
      try {
        return element('div', 'shared rich', await sanitized(kept, format, load), rest);
      } catch {
        return plain(kept + rest);
      }
  }
}

/** @throws when the content cannot be made safe. */
async function sanitized(
  content: string,
  format: 'markdown' | 'html',
  load: ContentLoaders,
): Promise<DocumentFragment> {
  const [sanitizer, source] = await Promise.all([
    load.sanitizer(),
    format === 'markdown' ? htmlOf(content, load) : content,
  ]);
  // In an unsupported browser, DOMPurify returns its input unchanged.
  if (!sanitizer.isSupported) throw new Error('DOMPurify does not support this browser');
  const fragment = sanitizer.sanitize(source, RULES);
  fragment.querySelectorAll('[href]').forEach(restrictLink);
  fragment.querySelectorAll('h1, h2, h3, h4, h5, h6').forEach(lowerHeading);
  return fragment;
}

async function htmlOf(content: string, load: ContentLoaders): Promise<string> {
  // WebKit would block the page for many seconds.
  if (content.length > MAX_MARKDOWN || TOO_DEEP.test(content)) throw new RangeError('too long or too deep');
  const { Marked } = await load.markdown();
  // A separate instance, because the page may have configured the shared one. Images and checkboxes become text.
  const marked = new Marked({
    async: false,
    renderer: { image: ({ text }) => text, checkbox: ({ checked }) => (checked ? '☑ ' : '☐ ') },
  });
  return marked.parse(content) as string;
}

/** Links open in a new tab that cannot reach this page; links of other schemes are removed. */
function restrictLink(link: Element): void {
  if (!link.matches('a') || !SCHEMES.includes(schemeOf(link.getAttribute('href')!))) {
    link.removeAttribute('href');
    return;
  }
  link.setAttribute('target', '_blank');
  link.setAttribute('rel', 'noopener noreferrer nofollow');
}

/** Two levels down, below the headings of the interface. */
function lowerHeading(heading: Element): void {
  const lower = document.createElement(`h${Math.min(6, Number(heading.localName[1]) + 2)}`);
  for (const { name, value } of heading.attributes) lower.setAttribute(name, value);
  lower.append(...heading.childNodes);
  heading.replaceWith(lower);
}

function schemeOf(url: string): string {
  return URL.canParse(url) ? new URL(url).protocol : '';
}

function plain(text: string): HTMLElement {
  const box = element('div', 'shared text', text);
  // Set through the CSSOM, which a strict style-src allows.
  box.style.whiteSpace = 'pre-wrap';
  return box;
}

function code(text: string, language = ''): HTMLElement {
  const box = element('figure', 'shared code');
  const label = language.trim().slice(0, MAX_LANGUAGE);
  if (label) box.append(element('figcaption', 'language', label));
  const block = element('pre', 'block');
  block.dir = 'ltr';
  // Focusable, so that it can be scrolled sideways with the keyboard.
  block.tabIndex = 0;
  block.append(element('code', 'source', text));
  box.append(block);
  return box;
}

function element(tag: string, className: string, ...content: (Node | string)[]): HTMLElement {
  const created = document.createElement(tag);
  created.className = className;
  created.append(...content);
  // Set last: with `dir="auto"`, browsers determine the direction again for each added child.
  created.dir = 'auto';
  return created;
}
