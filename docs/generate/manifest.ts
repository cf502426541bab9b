// The custom elements manifest, read off the source: what the element takes, tells, shows and lets a page style.
// Everything else that describes the element is made of it: editor data, framework types, the README's tables.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { create, ts } from '@custom-elements-manifest/analyzer';
import type typescript from 'typescript';
import type {
  CustomElementField,
  CustomElementDeclaration,
  Declaration,
  Module,
  Package,
} from 'custom-elements-manifest';

// Its own declarations forget what it documents for programs.
declare module '@custom-elements-manifest/analyzer' {
  export const ts: typeof typescript;
  export function create(options: {
    modules: typescript.SourceFile[];
    plugins: object[];
    context: object;
  }): Package;
}

const SRC = join(import.meta.dirname, '../../src');

/** The doors of the element, and what stands behind them. */
const FILES = ['index', 'define', 'element/sw-click-to-call', 'events'];

export const TAG = 'sw-click-to-call';

/** The manifest of the source as it is now; its paths are those of the published files. */
export function readManifest(): Package {
  const modules = FILES.map((name) =>
    ts.createSourceFile(
      `src/${name}.ts`,
      readFileSync(join(SRC, `${name}.ts`), 'utf8'),
      ts.ScriptTarget.ES2022,
      true,
    ),
  );
  const found = create({ modules, plugins: [], context: {} });
  // The analyzer knows the sources; a reader of the package has what was compiled from them.
  const manifest = JSON.parse(
    JSON.stringify(found)
      .replace(/"src\/([\w/-]+)\.ts"/g, '"dist/$1.js"')
      .replace(/"module":"\.\//g, '"module":"dist/')
      // Lines were broken for the source.
      .replace(/(?<!\\)\\n */g, ' '),
  ) as Package;
  for (const declaration of manifest.modules.flatMap(({ declarations = [] }) => declarations)) {
    if (isElement(declaration)) tidy(declaration);
    // What the event classes have in common is not exported.
    else if (declaration.kind === 'class')
      declaration.superclass = { name: 'CustomEvent', package: 'global:' };
  }
  manifest.readme = 'README.md';
  moduleOf(manifest, 'dist/define.js').exports = [
    {
      kind: 'custom-element-definition',
      name: TAG,
      declaration: { name: elementOf(manifest).name, module: 'dist/element/sw-click-to-call.js' },
    },
  ];
  return manifest;
}

/** The one element in a manifest. */
export function elementOf(manifest: Package): CustomElementDeclaration {
  return manifest.modules.flatMap(({ declarations = [] }) => declarations).find(isElement)!;
}

/** The public fields of an element. */
export function fieldsOf(element: CustomElementDeclaration): CustomElementField[] {
  return (element.members ?? []).filter((member): member is CustomElementField => member.kind === 'field');
}

function moduleOf(manifest: Package, path: string): Module {
  return manifest.modules.find((module) => module.path === path)!;
}

const isElement = (declaration: Declaration): declaration is CustomElementDeclaration =>
  'customElement' in declaration && declaration.customElement;

/** What the browser calls, not the page. */
const LIFECYCLE = /^(connected|disconnected|attributeChanged|adopted)Callback$/;

/** What the analyzer cannot know, or finds where nothing is meant. */
function tidy(element: CustomElementDeclaration): void {
  element.members = element.members?.filter(
    (member) =>
      !member.name.startsWith('#') &&
      !LIFECYCLE.test(member.name) &&
      !member.static &&
      (member.privacy ?? 'public') === 'public',
  );
  // It takes every dispatchEvent() for an event of its own; ours have their words at the class.
  element.events = element.events?.filter(({ name, description }) => name && description);
  // What has no property of ours comes last.
  element.attributes?.sort((one, other) => Number(!one.fieldName) - Number(!other.fieldName));
  // In markup an object is written as JSON.
  for (const attribute of element.attributes ?? [])
    if (/^[A-Z]/.test(attribute.type?.text ?? '')) attribute.type = { text: 'string' };
  for (const member of element.members ?? []) {
    if (member.kind !== 'method') continue;
    for (const parameter of member.parameters ?? [])
      if (/^(true|false)$/.test(parameter.default ?? '')) parameter.type ??= { text: 'boolean' };
  }
}
