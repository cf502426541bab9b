// Where a program of the system is. Order: an environment variable, names on the PATH, usual places.
// JavaScript with types in comments, because web-test-runner.config.mjs imports it without a compiler.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/**
 * @param {{ variable: string, names: readonly string[], paths: readonly string[] }} places
 * @returns {{ path: string, from: string } | undefined}
 */
export function findProgram({ variable, names, paths }) {
  const chosen = process.env[variable];
  if (chosen) return { path: chosen, from: variable };
  for (const name of names) {
    const path = which(name);
    if (path) return { path, from: 'the system' };
  }
  const path = paths.find((candidate) => existsSync(candidate));
  return path ? { path, from: 'the system' } : undefined;
}

/**
 * @param {string} name
 * @returns {string | undefined}
 */
function which(name) {
  try {
    const finder = process.platform === 'win32' ? 'where' : 'which';
    return execFileSync(finder, [name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).split(
      /\r?\n/,
    )[0];
  } catch {
    return undefined;
  }
}
