// Writes what describes the package into dist/: the manifest, editor data, framework types, licences
// of bundled code. The last step of the build.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { editorData } from './editor-data.js';
import { frameworkTypes } from './framework-types.js';
import { writeIntegrity } from './integrity.js';
import { thirdPartyLicenses } from './licenses.js';
import { readManifest } from './manifest.js';

const DIST = join(import.meta.dirname, '../../dist');

const manifest = readManifest();
mkdirSync(join(DIST, 'types'), { recursive: true });
for (const [name, content] of Object.entries({ 'custom-elements.json': manifest, ...editorData(manifest) }))
  writeFileSync(join(DIST, name), `${JSON.stringify(content, null, 2)}\n`);
for (const [name, text] of Object.entries(await frameworkTypes(manifest)))
  writeFileSync(join(DIST, 'types', name), text);
writeFileSync(join(DIST, 'cdn/THIRD-PARTY-LICENSES.txt'), thirdPartyLicenses(join(DIST, 'cdn')));
// Anew, with the file that has just come.
writeIntegrity(join(DIST, 'cdn'));
