// The README's tables, made from the code: what the element takes, tells and shows from its manifest, errors from the
// error table, environment variables from the proxy's. "npm run docs" writes them; a test fails when they are out of date.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import type { ClassMethod } from 'custom-elements-manifest';
import { ERRORS } from '../src/error-table.js';
import { ENVIRONMENT } from '../src/proxy/environment.js';
import { eventDetails } from './event-details.js';
import { elementOf, fieldsOf, readManifest } from './generate/manifest.js';

const ROOT = join(import.meta.dirname, '..');
const README = join(ROOT, 'README.md');

/** A row of a Markdown table; pipes in a cell are escaped. */
const row = (...cells: string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
const table = (head: string[], rows: string[]) =>
  [row(...head), row(...head.map(() => '---')), ...rows].join('\n');

const manifest = readManifest();
const element = elementOf(manifest);
const fields = fieldsOf(element);
const details = eventDetails();

const TABLES: Record<string, () => string> = {
  attributes: () =>
    table(
      ['attribute', 'type', 'default', 'meaning'],
      element.attributes!.map(({ name, type, default: initial, description }) =>
        row(`\`${name}\``, `\`${type!.text}\``, initial ? `\`${initial}\`` : '', description!),
      ),
    ),
  properties: () =>
    table(
      ['property', 'type', 'meaning'],
      fields
        .filter(({ attribute }) => !attribute)
        .map(({ name, type, readonly, description }) =>
          row(`\`${name}\`${readonly ? ' (read-only)' : ''}`, `\`${type!.text}\``, description!),
        ),
    ),
  methods: () =>
    table(
      ['method', 'what it does'],
      (element.members ?? [])
        .filter((member) => member.kind === 'method' && member.description)
        .map((member) => row(`\`${signature(member as ClassMethod)}\``, member.description!)),
    ),
  events: () =>
    table(
      ['event', 'when', 'detail'],
      element.events!.map(({ name, description }) => {
        const fields = details.get(name)?.map((field) => `\`${field}\``) ?? ['what the far end sent'];
        return row(`\`${name}\``, description!, fields.join('<br>') || 'none');
      }),
    ),
  states: () =>
    table(
      ['state', 'meaning'],
      element.cssStates!.map(({ name, description }) => row(`\`${name}\``, description!)),
    ),
  styling: () =>
    table(
      ['slot, part or custom property', 'what'],
      [
        ...element.slots!.map(({ name, description }) =>
          row(name ? `slot \`${name}\`` : 'default slot', description!),
        ),
        ...element.cssParts!.map(({ name, description }) => row(`\`::part(${name})\``, description!)),
        ...element.cssProperties!.map(({ name, default: initial, description }) =>
          row(`\`${name}\``, description! + (initial ? ` Default \`${initial}\`.` : '')),
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

/** `mute(on = true): Promise<void>` */
function signature({ name, parameters = [], return: result }: ClassMethod): string {
  const taken = parameters.map(({ name, type, default: initial }) =>
    initial ? `${name} = ${initial}` : `${name}: ${type!.text}`,
  );
  return `${name}(${taken.join(', ')}): ${result!.type!.text}`;
}

/** The README with every table between its markers made anew. */
export async function withTables(readme = readFileSync(README, 'utf8')): Promise<string> {
  const filled = readme.replace(
    /(<!-- table:(\w+) -->)[\s\S]*?(<!-- \/table -->)/g,
    (_all, open: string, name: string, close: string) => `${open}\n\n${TABLES[name]!()}\n\n${close}`,
  );
  return format(filled, { ...(await resolveConfig(README)), parser: 'markdown' });
}

if (process.argv[1] === import.meta.filename) writeFileSync(README, await withTables());
