// The README's tables, made from the code: attributes, events, slots, parts and custom properties from the element's
// documentation, errors from the error table, environment variables from the proxy's. "npm run docs" writes them; a test
// fails when they are out of date.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { ERRORS } from '../src/error-table.js';
import { ENVIRONMENT } from '../src/proxy/environment.js';

const ROOT = join(import.meta.dirname, '..');
const README = join(ROOT, 'README.md');
const ELEMENT = readFileSync(join(ROOT, 'src/sw-click-to-call.ts'), 'utf8');

/** A row of a Markdown table; pipes in a cell are escaped. */
const row = (...cells: string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
const table = (head: string[], rows: string[]) =>
  [row(...head), row(...head.map(() => '---')), ...rows].join('\n');

function tags(pattern: RegExp): RegExpMatchArray[] {
  return [...ELEMENT.matchAll(pattern)];
}

const TABLES: Record<string, () => string> = {
  attributes: () =>
    table(
      ['attribute', 'type', 'default', 'meaning'],
      tags(/@attr \{(.+?)\} (?:\[([\w-]+)(?:=(.+?))?\]|([\w-]+)) - (.+)/g).map(
        ([, type, name, initial, , meaning]) =>
          row(`\`${name}\``, `\`${type!}\``, initial ? `\`${initial}\`` : '', meaning!),
      ),
    ),
  events: () =>
    table(
      ['event', 'when'],
      tags(/@fires \{\w+\} ([\w-]+) - (.+)/g).map(([, name, when]) => row(`\`${name}\``, when!)),
    ),
  styling: () =>
    table(
      ['slot, part or custom property', 'what'],
      [
        ...tags(/@slot (?:([\w-]+) )?- (.+)/g).map(([, name, what]) =>
          row(name ? `slot \`${name}\`` : 'default slot', what!),
        ),
        ...tags(/@csspart ([\w-]+) - (.+)/g).map(([, name, what]) => row(`\`::part(${name})\``, what!)),
        ...tags(/@cssprop \[([\w-]+)(?:=(.+?))?\] - (.+)/g).map(([, name, initial, what]) =>
          row(`\`${name}\``, what! + (initial ? ` Default \`${initial}\`.` : '')),
        ),
      ],
    ),
  errors: () =>
    table(
      ['code', 'what happened', 'what to do', 'may work later'],
      Object.entries(ERRORS).map(([code, { message, remediation, retryable }]) =>
        row(`\`${code}\``, message, remediation, retryable ? 'yes' : 'no'),
      ),
    ),
  environment: () =>
    table(
      ['variable', 'meaning', 'default'],
      Object.entries(ENVIRONMENT).map(([name, { what, default: initial }]) =>
        row(`\`${name}\``, what, initial),
      ),
    ),
};

/** The README with every table between its markers made anew. */
export async function withTables(readme = readFileSync(README, 'utf8')): Promise<string> {
  const filled = readme.replace(
    /(<!-- table:(\w+) -->)[\s\S]*?(<!-- \/table -->)/g,
    (_all, open: string, name: string, close: string) => `${open}\n\n${TABLES[name]!()}\n\n${close}`,
  );
  return format(filled, { ...(await resolveConfig(README)), parser: 'markdown' });
}

if (process.argv[1] === import.meta.filename) writeFileSync(README, await withTables());
