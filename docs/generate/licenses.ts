// The licences of what is bundled into dist/cdn/, whose terms want them to travel with the code.
// The packages are read off the source maps of the build, so that none is forgotten.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, normalize } from 'node:path';

interface Bundled {
  readonly name: string;
  readonly version: string;
  readonly license: string;
}

/** The text of THIRD-PARTY-LICENSES.txt for a folder of files with their maps. */
export function thirdPartyLicenses(folder: string): string {
  const parts = [...packagesIn(folder)].sort().map((root) => {
    const { name, version, license } = JSON.parse(
      readFileSync(join(root, 'package.json'), 'utf8'),
    ) as Bundled;
    const file = readdirSync(root).find((entry) => /^licen[cs]e(\.\w+)?$/i.test(entry));
    const text = file ? readFileSync(join(root, file), 'utf8').trim() : `License: ${license}`;
    return `${name} ${version} (${license})\n\n${text}\n`;
  });
  return `The files in this folder contain these packages.\n\n${parts.join(`\n${'-'.repeat(72)}\n\n`)}`;
}

/** Folders of the packages that the maps name. */
function packagesIn(folder: string): Set<string> {
  const roots = new Set<string>();
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.js.map')) continue;
    const { sources } = JSON.parse(readFileSync(join(folder, name), 'utf8')) as { sources: string[] };
    for (const source of sources) {
      const path = normalize(join(folder, name, '..', source)).replaceAll('\\', '/');
      const root = /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0];
      if (root && existsSync(join(root, 'package.json'))) roots.add(root);
    }
  }
  return roots;
}
