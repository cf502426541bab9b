// integrity.json: the SRI hash of every file of a folder, as an integrity attribute and an import map take it.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const NAME = 'integrity.json';

/** Writes `integrity.json` into the folder: file name → `sha384-…`, itself left out. */
export function writeIntegrity(folder: string): void {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name !== NAME && statSync(join(folder, name)).isFile(),
  );
  const hashes = files.sort().map((name) => {
    const hash = createHash('sha384').update(readFileSync(join(folder, name)));
    return [name.replaceAll('\\', '/'), `sha384-${hash.digest('base64')}`];
  });
  writeFileSync(join(folder, NAME), `${JSON.stringify(Object.fromEntries(hashes), null, 2)}\n`);
}
