// npm run bench: what the README's "Numbers" say, measured anew on this machine, in one run, with nothing compared
// across runs. Prints Markdown; with --write puts it between the README's markers. Loopback only; it stops by itself.
// Peers come from the npm registry; without it they are told and left out.
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { measure, type Weight } from '../package/sizes.js';
import { openBenchServer } from './bench-server.js';
import { LINE, measureCall } from './call-timeline.js';
import { CPU_THROTTLE, measureLoad } from './load-cost.js';
import { ROUNDS, table } from './spread.js';

const README = join(import.meta.dirname, '../../README.md');
const MARKED = /(<!-- bench -->)[\s\S]*(<!-- \/bench -->)/;

function sizes(): string {
  const stages = measure();
  const row = (stage: string, when: string, { files, brotli, gzip }: Weight) => [
    stage,
    when,
    String(files.length),
    brotli.toLocaleString('en'),
    gzip.toLocaleString('en'),
  ];
  return table(
    ['JavaScript', 'fetched', 'files', 'brotli', 'gzip'],
    [
      row('the button', 'with the page', stages.before),
      row('settings, token, outcome', 'on intent', stages.path),
      row('the call interface', 'on intent', stages.ui),
      row('captions and shared content', 'when an AI agent has some', stages.agent),
      row('the pictures', 'when a call has video', stages.video),
      row('the SDK and its adapter', 'on intent', stages.sdk),
    ],
  );
}

const report = (progress: string) => console.error(progress);
const loadBefore = loadavg()[0]!;
const server = await openBenchServer();
const version = server.browser.version();
try {
  const load = await measureLoad(server, report);
  const call = await measureCall(server, report);
  const [processor] = cpus();
  const busy = Math.max(loadBefore, loadavg()[0]!).toFixed(1);
  const text = [
    `Measured on ${new Date().toISOString().slice(0, 10)}: ${cpus().length} × ${processor!.model.trim()}, Node ${process.versions.node}, Chromium ${version}, load average up to ${busy}. ${ROUNDS} rounds, each of which measures everything once; every figure is a median with the smallest and the largest of its runs. Compare within a table only.`,
    '**Bytes** by stage; what is fetched on intent is fetched once for all elements of a page.',
    sizes(),
    `**At load**, before anybody shows interest; main thread at ${CPU_THROTTLE}× CPU throttling. The browser reaches nothing but this machine: what a widget would fetch from its own service, and do with it, is not in its figures.`,
    load,
    `**From the click to the call**, over ${LINE.roundTripMs} ms there and back and ${(LINE.bytesPerSecond * 8) / 1e6} Mbit/s, page and token endpoint on two origins. The lower bound is the longest chain of steps that must wait for each other, each of them made alone in the same round with nothing but the browser: code, token, session, offer, answer, sound.`,
    call,
  ].join('\n\n');
  console.log(text);
  if (process.argv.includes('--write')) {
    const readme = readFileSync(README, 'utf8').replace(
      MARKED,
      (_all, open, close) => `${open}\n\n${text}\n\n${close}`,
    );
    writeFileSync(README, await format(readme, { ...(await resolveConfig(README)), parser: 'markdown' }));
  }
} finally {
  await server.close();
}
// The far ends' sockets may outlive their calls.
process.exit();
