// Colours for code: what is a tag, a string, a word of the language. One pattern for HTML, JavaScript and CSS, because
// the snippets are short and all of our own making.
// Promise: the text stays what it was, to the letter; only nodes with that text, never markup, come out.

const PATTERN = new RegExp(
  [
    '(?<comment>(?<![:"\'])//[^\\n]*|<!--[\\s\\S]*?-->|/\\*[\\s\\S]*?\\*/)',
    '(?<value>"[^"\\n]*"|\'(?:\\\\.|[^\'\\n])*\'|#[0-9a-f]{3,8}\\b)',
    '(?<tag></?[A-Za-z][\\w-]*|/?>(?!\\s*\\{))',
    '(?<word>\\b(?:import|from|export|function|return|const)\\b|--sw-[\\w-]+)',
  ].join('|'),
  'g',
);

/** Shows code in an element. */
export function showCode(element: HTMLElement, code: string): void {
  const nodes: Node[] = [];
  let done = 0;
  for (const { index, 0: text, groups } of code.matchAll(PATTERN)) {
    const span = document.createElement('span');
    span.className = Object.keys(groups ?? {}).find((kind) => groups?.[kind] !== undefined) ?? '';
    span.textContent = text;
    nodes.push(document.createTextNode(code.slice(done, index)), span);
    done = index + text.length;
  }
  element.replaceChildren(...nodes, document.createTextNode(code.slice(done)));
}
