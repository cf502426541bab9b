// Syntax highlighting for the snippets of this page. One pattern covers HTML, JavaScript and CSS, because the snippets
// are short and written by us. The text itself never changes, and it is never parsed as markup.

const PATTERN = new RegExp(
  [
    '(?<comment>(?<![:"\'])//[^\\n]*|<!--[\\s\\S]*?-->|/\\*[\\s\\S]*?\\*/)',
    '(?<value>"[^"\\n]*"|\'(?:\\\\.|[^\'\\n])*\'|#[0-9a-f]{3,8}\\b)',
    '(?<tag></?[A-Za-z][\\w-]*|/?>(?!\\s*\\{))',
    '(?<keyword>\\b(?:import|from|export|function|return|const)\\b|--sw-[\\w-]+)',
  ].join('|'),
  'g',
);

/** Shows highlighted code in an element. */
export function showCode(element: HTMLElement, code: string): void {
  const nodes: Node[] = [];
  let end = 0;
  for (const { index, 0: text, groups } of code.matchAll(PATTERN)) {
    const span = document.createElement('span');
    span.className = Object.keys(groups ?? {}).find((kind) => groups?.[kind] !== undefined) ?? '';
    span.textContent = text;
    nodes.push(document.createTextNode(code.slice(end, index)), span);
    end = index + text.length;
  }
  element.replaceChildren(...nodes, document.createTextNode(code.slice(end)));
}
