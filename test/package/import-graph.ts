// Reads the imports of TypeScript files, for tests about who imports what. Paths are relative to the repository.
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import ts from 'typescript';

export const ROOT = join(import.meta.dirname, '../..');

export interface Import {
  readonly from: string;
  /** A file of the repository, or the specifier of a package. */
  readonly to: string;
  /** `dynamic` is `import()`. */
  readonly kind: 'value' | 'type' | 'dynamic';
  /** The function whose argument contains an `import()`. */
  readonly within?: string | undefined;
}

/** Files below a directory that end in one of the extensions, in alphabetical order. */
export function filesBelow(directory: string, ...extensions: string[]): string[] {
  return readdirSync(join(ROOT, directory), { recursive: true, encoding: 'utf8' })
    .map((name) => posix.join(directory, name.replaceAll('\\', '/')))
    .filter((name) => extensions.some((extension) => name.endsWith(extension)))
    .sort();
}

export function read(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

/** The imports and re-exports of a file. */
export function importsOf(from: string): Import[] {
  const found: Import[] = [];
  const add = (specifier: ts.Node, kind: Import['kind'], within?: string) => {
    if (!ts.isStringLiteral(specifier)) return;
    found.push({ from, to: target(from, specifier.text), kind, within });
  };
  const visit = (node: ts.Node, within?: string): void => {
    if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, isTypeOnly(node) ? 'type' : 'value');
    else if (ts.isExportDeclaration(node) && node.moduleSpecifier)
      add(node.moduleSpecifier, node.isTypeOnly ? 'type' : 'value');
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument))
      add(node.argument.literal, 'type');
    else if (ts.isCallExpression(node)) {
      if (node.expression.kind === ts.SyntaxKind.ImportKeyword) add(node.arguments[0]!, 'dynamic', within);
      else if (ts.isIdentifier(node.expression)) within = node.expression.text;
    }
    ts.forEachChild(node, (child) => visit(child, within));
  };
  visit(ts.createSourceFile(from, read(from), ts.ScriptTarget.Latest));
  return found;
}

function isTypeOnly({ importClause }: ts.ImportDeclaration): boolean {
  return importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
}

function target(from: string, specifier: string): string {
  if (!specifier.startsWith('.')) return specifier;
  return posix.join(posix.dirname(from), specifier).replace(/\.js$/, '.ts');
}

/** Everything that a file loads with it: files and packages reached by value imports. */
export function loadedWith(entry: string, imports: readonly Import[]): Set<string> {
  const seen = new Set<string>();
  const follow = (file: string): void => {
    if (seen.has(file)) return;
    seen.add(file);
    for (const { from, to, kind } of imports) if (from === file && kind === 'value') follow(to);
  };
  follow(entry);
  return seen;
}

/** The first circle that is found, as a list of files; undefined when there is none. */
export function findCircle(imports: readonly Import[]): string[] | undefined {
  const targets = new Map<string, string[]>();
  for (const { from, to } of imports) targets.set(from, [...(targets.get(from) ?? []), to]);
  const done = new Set<string>();
  const search = (file: string, path: readonly string[]): string[] | undefined => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return undefined;
    for (const next of targets.get(file) ?? []) {
      const circle = search(next, [...path, file]);
      if (circle) return circle;
    }
    done.add(file);
    return undefined;
  };
  for (const file of targets.keys()) {
    const circle = search(file, []);
    if (circle) return circle;
  }
  return undefined;
}
