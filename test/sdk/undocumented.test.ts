// The list of undocumented members, compared with the source that the installed SDK ships. A new version of the SDK that
// removes or moves one fails here, by name, before a call fails in a way that is hard to explain.
import { readFile } from '@web/test-runner-commands';
import { expect } from 'chai';
import { UNDOCUMENTED } from '../../src/sdk/undocumented.js';

/** Files below `@signalwire/`; undefined for one that does not exist. */
const sources = new Map<string, string | undefined>();

before(async () => {
  const files = new Set(UNDOCUMENTED.map(({ where }) => where));
  await Promise.all(
    [...files].map(async (where) =>
      sources.set(where, await readFile({ path: `../../node_modules/@signalwire/${where}` })),
    ),
  );
});

/** A member of a class or interface, or a property of an object literal that passes on one of the same name. */
function isDefined(member: string, source: string): boolean {
  const modifiers = '(?:(?:public|private|protected|override|readonly|async|get) )*';
  const ofClass = new RegExp(`^ {2}${modifiers}${member}\\??[(:]`, 'm');
  const ofLiteral = new RegExp(`^ {4,}${member}: \\w+\\.${member}\\b`, 'm');
  return ofClass.test(source) || ofLiteral.test(source);
}

describe('the undocumented members that we use', () => {
  it('are all defined in the installed SDK, where the list says', () => {
    const gone = UNDOCUMENTED.filter(({ member, where }) => !isDefined(member, sources.get(where) ?? ''));
    expect(gone.map(({ member, where }) => `${member} in ${where}`)).to.deep.equal([]);
  });

  it('include the log lines for a lost and a failed socket, which the SDK still writes', () => {
    const gone = ['_onSocketClose', '_onSocketError'].filter(
      (line) => !sources.get('core/src/BaseSession.ts')?.includes(`this.logger.debug('${line}', event`),
    );
    expect(gone).to.deep.equal([]);
  });

  it('are listed once each, with a reason', () => {
    const members = UNDOCUMENTED.map(({ member, where }) => `${member} in ${where}`);
    expect(members).to.deep.equal([...new Set(members)]);
    expect(UNDOCUMENTED.filter(({ reason }) => !reason.endsWith('.'))).to.deep.equal([]);
  });

  it('would be missed: a removed member, a call of it and a parameter of that name do not count', () => {
    const source = 'class Session {\n  connect(): void {\n    this.forceClose()\n    status: string\n  }\n}';
    expect(['connect', 'forceClose', 'status'].map((member) => isDefined(member, source))).to.deep.equal([
      true,
      false,
      false,
    ]);
  });
});
