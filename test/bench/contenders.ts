// What is compared at load: an empty page, a bare Lit button, this element (one, two and ten of it), and the widgets of
// others as their own documentation embeds them, taken from the npm registry at the time of the measurement.
import { execFileSync, type ExecFileSyncOptionsWithStringEncoding } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, type Rolldown } from 'vite';
import type { BenchServer } from './bench-server.js';

export interface Contender {
  readonly name: string;
  /** Path of its page. */
  readonly page: string;
  /** The script that the page loads before anybody shows interest, if any. */
  readonly code: Buffer | undefined;
}

interface Peer {
  readonly package: string;
  /** The file that its documentation embeds. */
  readonly file: string;
  /** Head and body as documented, around the address of the file. */
  readonly embed: (script: string) => readonly [head: string, body: string];
}

const PEERS: readonly Peer[] = [
  {
    // https://elevenlabs.io/docs/agents-platform/customization/widget
    package: '@elevenlabs/convai-widget-embed',
    file: 'dist/index.js',
    embed: (script) => [
      '',
      `<elevenlabs-convai agent-id="agent_demo"></elevenlabs-convai><script src="${script}" async type="text/javascript"></script>`,
    ],
  },
  {
    // The package's README.
    package: '@vapi-ai/client-sdk-react',
    file: 'dist/embed/widget.umd.js',
    embed: (script) => [
      `<script src="${script}"></script>`,
      '<vapi-widget public-key="demo" assistant-id="demo" mode="voice"></vapi-widget>',
    ],
  },
  {
    // docs: Click-to-Call widget
    package: '@signalwire/web-components',
    file: 'dist/embed.js',
    embed: (script) => [
      `<script src="${script}" async></script>`,
      '<sw-click-to-call token="c2c_demo" destination="/public/echo"></sw-click-to-call>',
    ],
  },
];

/** Everything that is measured; what the registry does not have is told and left out. */
export async function lineUp(server: BenchServer): Promise<Contender[]> {
  const tag = '<sw-click-to-call token="c2c_demo" destination="/public/echo">Call support</sw-click-to-call>';
  const head = '<script type="module" src="/cdn/sw-click-to-call.js"></script>';
  const ours = readFileSync(new URL('../../dist/cdn/sw-click-to-call.js', import.meta.url));
  const copies = (count: number) => server.document(`/ours-${count}`, head, tag.repeat(count));
  const lit = await litButton();
  const litScript = server.script('/lit-button.js', lit);
  const peers = PEERS.flatMap((peer) => {
    const fetched = fetchPeer(peer);
    if (!fetched) return [];
    const script = server.script(`/${peer.package}.js`, fetched.code);
    const page = server.document(`/${peer.package}`, ...peer.embed(script));
    return [{ name: `\`${peer.package}\` ${fetched.version}`, page, code: fetched.code }];
  });
  return [
    { name: 'an empty page', page: server.document('/empty', '', ''), code: undefined },
    {
      name: 'a bare Lit button',
      page: server.document(
        '/lit',
        `<script type="module" src="${litScript}"></script>`,
        '<bare-button>Call</bare-button>',
      ),
      code: lit,
    },
    { name: '`<sw-click-to-call>`', page: copies(1), code: ours },
    { name: 'two of them', page: copies(2), code: ours },
    { name: 'ten of them', page: copies(10), code: ours },
    ...peers,
  ];
}

/** A peer's file out of its published package. */
function fetchPeer({ package: name, file }: Peer): { code: Buffer; version: string } | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'bench-peer-'));
  const options: ExecFileSyncOptionsWithStringEncoding = {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'ignore'],
    encoding: 'utf8',
  };
  try {
    const packed = execFileSync('npm', ['pack', name, '--json', '--ignore-scripts'], options);
    const [{ filename, version }] = JSON.parse(packed) as [{ filename: string; version: string }];
    execFileSync('tar', ['xzf', filename.replace('@', '').replace('/', '-')], options);
    return { code: readFileSync(join(folder, 'package', file)), version };
  } catch {
    console.error(`LEFT OUT: ${name} (${file}) could not be had from the npm registry.`);
    return undefined;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const LIT_BUTTON = `
  import { LitElement, html } from 'lit';
  class BareButton extends LitElement {
    render() { return html\`<button><slot></slot></button>\`; }
  }
  customElements.define('bare-button', BareButton);
`;

async function litButton(): Promise<Buffer> {
  // There is no such file; its place says where `lit` is looked for.
  const entry = join(import.meta.dirname, 'lit-button.js');
  const result = (await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      minify: true,
      target: 'es2022',
      lib: { entry, formats: ['es'] },
      rolldownOptions: { output: { minify: true } },
    },
    plugins: [
      {
        name: 'lit-button',
        enforce: 'pre',
        resolveId: (id) => (id === entry ? entry : undefined),
        load: (id) => (id === entry ? LIT_BUTTON : undefined),
      },
    ],
  })) as Rolldown.RolldownOutput[];
  return Buffer.from(result[0]!.output[0].code);
}
