// Compiles or runs every code block of the documents against the built package.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { chromium, type Browser, type Page } from 'playwright';
import { compile as compileSvelte } from 'svelte/compiler';
import { compileTemplate, parse as parseVue } from 'vue/compiler-sfc';
import ts from 'typescript';
import { chromiumPath, CHROMIUM_ARGS } from '../browser/chromium.mjs';

const ROOT = join(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };

interface Block {
  readonly name: string;
  readonly language: string;
  readonly code: string;
}

const papers = [
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  ...readdirSync(join(ROOT, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];
const blocks = papers.flatMap((paper) =>
  [...read(paper).matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].map(
    ([, language = '', code = ''], index): Block => {
      const line = read(paper).slice(0, read(paper).indexOf(code)).split('\n').length;
      return { name: `${paper}:${line} (${index + 1})`, language, code };
    },
  ),
);
const inLanguage = (...languages: string[]) => blocks.filter(({ language }) => languages.includes(language));

/** What is wrong with scripts, as TypeScript sees it with the package's own declarations. */
function typeErrors(sources: readonly Block[]): string[] {
  const virtual = new Map(
    sources.map(({ code, language }, index) => {
      // A block of a page's script knows no types; what the DOM gives it is taken on trust.
      const isModule = /^\s*(import|export)\b/m.test(code);
      return [join(ROOT, 'docs', `block-${index}.${language}`), isModule ? code : `${code}\nexport {};`];
    }),
  );
  const options: ts.CompilerOptions = {
    ...ts.parseJsonConfigFileContent(
      (ts.readConfigFile(join(ROOT, 'tsconfig.json'), (path) => ts.sys.readFile(path)) as { config: unknown })
        .config,
      ts.sys,
      ROOT,
    ).options,
    noEmit: true,
    declaration: false,
    noUnusedLocals: false,
    // What is written for JavaScript states no types.
    noImplicitAny: false,
    jsx: ts.JsxEmit.ReactJSX,
    paths: {},
    experimentalDecorators: true,
  };
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (path) => virtual.has(path) || fileExists(path);
  host.readFile = (path) => virtual.get(path) ?? readFile(path);
  host.getSourceFile = (path, version, ...rest) => {
    const code = virtual.get(path);
    return code === undefined
      ? getSourceFile(path, version, ...rest)
      : ts.createSourceFile(path, code, version);
  };
  const program = ts.createProgram([...virtual.keys()], options, host);
  return [...virtual.keys()].flatMap((path, index) =>
    ts
      .getPreEmitDiagnostics(program, program.getSourceFile(path))
      .map(
        ({ messageText }) => `${sources[index]!.name}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`,
      ),
  );
}

describe('code in the documents', () => {
  let browser: Browser;
  before(async () => {
    browser = await chromium.launch({ executablePath: chromiumPath(), args: CHROMIUM_ARGS });
  });
  after(() => browser.close());

  /** A page with the built files below `/sw-click-to-call/` of any host, and nothing else to be had. */
  async function open(html: string): Promise<{ page: Page; errors: string[] }> {
    const page = await browser.newPage({ baseURL: 'https://page.example' });
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    await page.route('**/*', (route) => {
      const url = new URL(route.request().url());
      if (url.hostname === 'page.example' && url.pathname === '/')
        return route.fulfill({ contentType: 'text/html', body: `<!doctype html>${html}` });
      const [, name] = /^\/sw-click-to-call\/(.+)$/.exec(url.pathname) ?? [];
      const file = name && join(ROOT, 'dist/cdn', name);
      if (!file || !existsSync(file)) return route.abort();
      const headers = { 'access-control-allow-origin': '*' };
      return route.fulfill({ contentType: 'text/javascript', headers, body: readFileSync(file, 'utf8') });
    });
    await page.goto('/');
    return { page, errors };
  }

  it('is in a language that is checked here', () => {
    const known = ['html', 'css', 'csp', 'js', 'ts', 'tsx', 'vue', 'svelte', 'json', 'sh', 'mermaid'];
    assert.deepEqual(
      blocks.filter(({ language }) => !known.includes(language)).map(({ name }) => name),
      [],
    );
    assert.ok(blocks.length > 20, 'blocks were found');
  });

  it('passes the type checker', () => {
    assert.deepEqual(typeErrors(inLanguage('js', 'ts', 'tsx')), []);
  });

  it('runs as a page without errors, with known attributes only', async () => {
    for (const { name, code } of inLanguage('html')) {
      const { page, errors } = await open(
        `<script type="module" src="https://your.site/sw-click-to-call/sw-click-to-call.js"></script>${code}`,
      );
      if (/<sw-click-to-call/.test(code)) {
        const unknown = await page.evaluate(async () => {
          await customElements.whenDefined('sw-click-to-call');
          const known = (
            customElements.get('sw-click-to-call') as unknown as { observedAttributes: string[] }
          ).observedAttributes;
          const global = /^(id|class|slot|style|title|hidden|lang|dir|data-[\w-]+)$/;
          return [...document.querySelectorAll('sw-click-to-call')].flatMap((element) =>
            element
              .getAttributeNames()
              .filter((attribute) => !known.includes(attribute) && !global.test(attribute)),
          );
        });
        assert.deepEqual(unknown, [], name);
        await page.getByRole('button').first().click();
      }
      assert.deepEqual(errors, [], name);
      await page.close();
    }
  });

  for (const [answer, says] of [
    [false, 'no call without it'],
    [true, 'and then calls'],
  ] as const) {
    it(`asks for consent: ${says}`, async () => {
      const { code } = inLanguage('js').find((block) => block.code.includes('hasConsent'))!;
      const { page } = await open(`
        <script type="importmap">
          { "imports": { "sw-click-to-call/define": "/sw-click-to-call/sw-click-to-call.js" } }
        </script>
        <sw-click-to-call token="c2c_7acc0e5e968706a032983cd80cdca219" destination="/public/support"></sw-click-to-call>
        <script type="module">${code}</script>`);
      const asked: string[] = [];
      page.on('dialog', (dialog) => {
        asked.push(dialog.message());
        void (answer ? dialog.accept() : dialog.dismiss());
      });
      // Listens before anybody clicks; what is waited for is inside the handle.
      const listening = await page.evaluateHandle(() => {
        const states = new Promise<string[]>((resolve) => {
          const seen: string[] = [];
          document.addEventListener('sw-call-state', ({ detail }) => {
            seen.push(detail.state);
            if (detail.state === 'failed') resolve(seen);
          });
          // Nobody calls: the click is over when its event has gone all the way up.
          window.addEventListener('sw-dial', (event) => event.defaultPrevented && resolve(seen));
        });
        return { states };
      });
      await page.getByRole('button', { name: 'Call' }).click();
      // There is no one to exchange the token with here.
      assert.deepEqual(
        await listening.evaluate(({ states }) => states),
        answer ? ['preparing', 'failed'] : [],
      );
      assert.equal(asked.length, 1);
      await page.close();
    });
  }

  it('has valid styles, with existing custom properties', async () => {
    const page = await browser.newPage();
    const source = read('src/element/sw-click-to-call.ts');
    for (const { name, code } of inLanguage('css')) {
      const kept = await page.evaluate((text) => {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(text);
        return [...sheet.cssRules].map((rule) => (rule as CSSStyleRule).style.length);
      }, code);
      const written = code.replace(/\/\*[\s\S]*?\*\//g, '').match(/\{[^}]*\}/g) ?? [];
      assert.equal(kept.length, written.length, `${name}: a rule was dropped`);
      written.forEach((body, index) => {
        const declarations = body.match(/[\w-]+\s*:/g) ?? [];
        assert.ok(kept[index]! >= declarations.length, `${name}: a declaration was dropped in ${body}`);
      });
      for (const [property] of code.matchAll(/--sw-c2c-[\w-]+/g))
        assert.ok(source.includes(property), property);
    }
    await page.close();
  });

  it('names existing commands only', () => {
    for (const { name, code } of inLanguage('sh')) {
      for (const [, command] of code.matchAll(/npm run ([\w:-]+)/g))
        assert.ok(command! in scripts, `${name}: ${command}`);
      for (const [path] of code.matchAll(/\btest\/[\w./-]+/g)) assert.ok(existsSync(join(ROOT, path)), path);
    }
  });

  it('compiles as a Vue or Svelte component', () => {
    for (const { name, code } of inLanguage('vue')) {
      const { descriptor, errors } = parseVue(code);
      const source = descriptor.template!.content;
      const template = compileTemplate({ id: name, filename: name, source });
      assert.deepEqual([...errors, ...template.errors], [], name);
    }
    for (const { name, code } of inLanguage('svelte'))
      assert.deepEqual(compileSvelte(code, {}).warnings, [], name);
  });

  it('is valid JSON', () => {
    for (const { code } of inLanguage('json')) assert.doesNotThrow(() => JSON.parse(code));
  });

  it('has policies with known directives', () => {
    const directives =
      /^(default|script|style|connect|img|media|font|frame|worker)-src$|^(require-trusted-types-for|trusted-types|frame-ancestors|base-uri|form-action)$/;
    for (const { name, code } of inLanguage('csp')) {
      for (const directive of code.split(';')) {
        const [word = ''] = directive.trim().split(/\s+/);
        assert.match(word, directives, name);
      }
    }
  });

  it('names existing files in diagrams', () => {
    for (const { code } of inLanguage('mermaid')) {
      for (const [file] of code.matchAll(/[\w/-]+\.ts\b/g))
        assert.ok(existsSync(join(ROOT, 'src', file)), file);
    }
  });

  it('has working relative links', () => {
    for (const paper of papers) {
      for (const [, path = ''] of read(paper).matchAll(/\]\((?!https?:|#|tel:)([^)#]+)/g))
        assert.ok(existsSync(join(ROOT, paper, '..', path)), `${paper}: ${path}`);
    }
  });
});
