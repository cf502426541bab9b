// The HTML that a site owner pastes, built from the same attributes as the element on this page.
// Text only: what is shown can be copied as it stands. Must not know where the attributes come from.

/** Attributes in the order in which they are written; `true` stands for one without a value. */
export type Attributes = readonly (readonly [name: string, value: string | true])[];

/** A stretch of the snippet and what it is, for its colour. */
type Stretch = readonly [text: string, kind?: 'tag' | 'name' | 'value'];

/** Shows the snippet for an element with these attributes. */
export function showSnippet(code: HTMLElement, attributes: Attributes, label: string): void {
  code.replaceChildren(...stretches(attributes, label).map(toNode));
}

function stretches(attributes: Attributes, label: string): Stretch[] {
  return [
    ['<script', 'tag'],
    ...written([['type', 'module']], ' '),
    ...written([['src', '/sw-click-to-call/sw-click-to-call.js']], '\n  '),
    ['></script>', 'tag'],
    ['\n\n'],
    ['<sw-click-to-call', 'tag'],
    ...written(attributes, '\n  '),
    ['>', 'tag'],
    [`\n  ${label}\n`],
    ['</sw-click-to-call>', 'tag'],
  ];
}

function written(attributes: Attributes, gap: string): Stretch[] {
  return attributes.flatMap(([name, value]): Stretch[] => [
    [gap],
    [name, 'name'],
    ...(value === true ? [] : ([['='], [`"${escaped(value)}"`, 'value']] as const)),
  ]);
}

function escaped(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
}

function toNode([text, kind]: Stretch): Node {
  if (!kind) return document.createTextNode(text);
  const span = document.createElement('span');
  span.className = kind;
  span.textContent = text;
  return span;
}
