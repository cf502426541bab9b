// Workflow jobs with write permission run no code of the repository or its dependencies; actions are pinned.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';

const FOLDER = '.github/workflows/';

/** A workflow's jobs as text, by name. */
function jobsOf(file: string): [name: string, text: string][] {
  const [, jobs = ''] = readFileSync(FOLDER + file, 'utf8').split(/^jobs:\n/m);
  return jobs.split(/^ {2}(?=\w+:\n)/m).flatMap((text): [string, string][] => {
    const name = /^\w+(?=:\n)/.exec(text)?.[0];
    return name === undefined ? [] : [[name, text]];
  });
}

const all = readdirSync(FOLDER).map((file) => ({ file, jobs: jobsOf(file) }));

describe('a workflow', () => {
  for (const { file, jobs } of all) {
    for (const [name, text] of jobs) {
      it(`${file} pins actions to commits in "${name}"`, () => {
        const used = text.match(/uses: .*/g) ?? [];
        assert.ok(used.length > 0);
        for (const action of used) assert.match(action, /^uses: [\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
      });

      it(`${file} persists no credentials in "${name}"`, () => {
        const checkouts = text.match(/uses: actions\/checkout@/g)?.length ?? 0;
        assert.equal(text.match(/persist-credentials: false/g)?.length ?? 0, checkouts);
        if (/: write\b/.test(text))
          assert.doesNotMatch(text, /checkout@|\.ci\/run|npm (?:ci|install|test|run)/);
      });
    }
  }

  it('publishes in one job and writes to the repository in another', () => {
    const { jobs = [] } = all.find(({ file }) => file === 'release.yml') ?? {};
    const may = (permission: string) =>
      jobs.filter(([, text]) => text.includes(permission)).map(([name]) => name);
    assert.deepEqual(may('id-token: write'), ['publish']);
    assert.deepEqual(may('contents: write'), ['release']);
  });
});
