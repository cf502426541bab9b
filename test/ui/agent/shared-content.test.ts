// Shared content is displayed and can do no harm. Each attack is put into the document, where it would run or load if it
// could. A frame with a strict Content Security Policy shows that rendering works there too.
import { expect } from 'chai';
import {
  loadMarkdown,
  loadSanitizer,
  renderContent,
  type ContentLoaders,
} from '../../../src/ui/agent/shared-content.js';
import type { SwDisplayContentDetail } from '../../../src/events.js';
import { quickest } from '../../quickest.js';

type Format = SwDisplayContentDetail['format'];
type Ran = typeof globalThis & { ran?: unknown[] };

const places: HTMLElement[] = [];

/** Renders into the document, where scripts would run and images would load. */
async function shown(format: Format, content: string, load?: ContentLoaders): Promise<HTMLElement> {
  const node = (await renderContent({ format, content }, load)) as HTMLElement;
  places.push(node);
  return document.body.appendChild(node);
}

/** The markup as the browser serializes it. */
const markup = async (format: Format, content: string) => (await shown(format, content)).innerHTML;

const event = (target: EventTarget, type: string) =>
  new Promise((done) => target.addEventListener(type, done, { once: true }));
const nextFrame = () => new Promise((done) => requestAnimationFrame(done));

let pictures = 0;

/** An image that fails to load. Requests that started earlier have been made when it has failed. */
function brokenPicture() {
  const picture = document.createElement('img');
  const failed = event(picture, 'error');
  places.push(picture);
  picture.src = `/package.json?picture=${(pictures += 1)}`;
  document.body.append(picture);
  return { picture, failed };
}

/** Resolves when scripts, event handlers and failed loads have had the chance to run. */
async function allAttempts(): Promise<void> {
  await brokenPicture().failed;
  for (let frames = 0; frames < 3; frames += 1) await nextFrame();
}

afterEach(() => {
  for (const place of places.splice(0)) place.remove();
});

describe('shared text', () => {
  it('is shown as text, with its line breaks', async () => {
    const box = await shown('text', 'a  <b>b</b>\n  &amp; c');
    expect(box.textContent).to.equal('a  <b>b</b>\n  &amp; c');
    expect(box.childElementCount).to.equal(0);
    expect(getComputedStyle(box).whiteSpace).to.equal('pre-wrap');
  });

  it('has the direction of its own language', async () => {
    for (const format of ['text', 'markdown', 'html'] as const) {
      expect(getComputedStyle(await shown(format, 'שלום, world')).direction, format).to.equal('rtl');
      expect(getComputedStyle(await shown(format, 'Hello שלום')).direction, format).to.equal('ltr');
    }
  });
});

describe('shared code', () => {
  it('is shown as text with the name of its language', async () => {
    const box = (await renderContent({
      format: 'code',
      content: 'let a =\n  "<b>";',
      language: 'javascript',
    })) as Element;
    expect(box.querySelector('figcaption')?.textContent).to.equal('javascript');
    expect(box.querySelector('pre > code')?.textContent).to.equal('let a =\n  "<b>";');
    expect(box.querySelector('pre')?.dir).to.equal('ltr');
    expect(box.querySelector('pre')?.tabIndex).to.equal(0);
  });

  it('has no label without a language, and a label of 40 characters at most', async () => {
    const label = async (language?: string) =>
      ((await renderContent({ format: 'code', content: 'x', language })) as Element).querySelector(
        'figcaption',
      )?.textContent;
    expect(await label()).to.equal(undefined);
    expect(await label('  ')).to.equal(undefined);
    expect(await label('<b>'.repeat(100))).to.have.length(40);
  });
});

describe('shared Markdown', () => {
  it('is rendered with its formatting', async () => {
    const box = await shown(
      'markdown',
      '**Hours**\n\n- Mon\n- Tue\n\n| a | b |\n|:-:|---|\n| 1 | 2 |\n\n```js\na < b\n```\n\n- [x] done',
    );
    expect(box.querySelector('strong')?.textContent).to.equal('Hours');
    expect(box.querySelectorAll('li')).to.have.length(3);
    expect(box.querySelector('td')?.getAttribute('align')).to.equal('center');
    expect(box.querySelector('pre code')?.textContent).to.equal('a < b\n');
    expect(box.textContent).to.contain('☑ done');
  });

  it('opens links in a new tab without opener or referrer', async () => {
    const box = await shown('markdown', '[Map](https://a.example/x "t") https://b.example <c@d.example>');
    const links = [...box.querySelectorAll('a')];
    expect(links.map((a) => a.getAttribute('href'))).to.deep.equal([
      'https://a.example/x',
      'https://b.example',
      'mailto:c@d.example',
    ]);
    for (const link of links) {
      expect(link.target).to.equal('_blank');
      expect(link.rel).to.equal('noopener noreferrer nofollow');
    }
  });

  it('has no links of other kinds, and shows images as their alternative text', async () => {
    const box = await shown(
      'markdown',
      '[a](javascript:ran) [b](<java\nscript:ran>) [c](&#106;avascript:ran) [d](data:text/html,x) [e](/x) [f](//g.example) ' +
        '<javascript:ran> [g][r] ![a map](https://h.example/i.png) <vbscript:ran>\n\n[r]: JaVaScRiPt:ran',
    );
    expect(box.querySelectorAll('[href], [src], img')).to.have.length(0);
    expect(box.textContent).to.contain('a map');
  });

  it('is sanitized like HTML', async () => {
    expect(await markup('markdown', 'a <img src=x onerror=ran> <script>ran</script>\n\n<p id=b>c')).to.equal(
      '<p>a  </p>\n<p>c</p>',
    );
  });
});

describe('shared HTML', () => {
  it('keeps harmless markup', async () => {
    expect(await markup('html', '<p lang="de" dir="rtl">An <em>order</em><br>form</p>')).to.equal(
      '<p lang="de" dir="rtl">An <em>order</em><br>form</p>',
    );
  });

  it('lowers headings below those of the interface', async () => {
    expect(await markup('html', '<h1 lang=de>a <i>b</i></h1><h2>c</h2><h6>d</h6>')).to.equal(
      '<h3 lang="de">a <i>b</i></h3><h4>c</h4><h6>d</h6>',
    );
    expect(await markup('markdown', '# a')).to.equal('<h3>a</h3>\n');
  });

  it('keeps only http, https, mailto and tel links', async () => {
    const good = ['http://a.example', 'HTTPS://a.example/', 'mailto:a@b.example', 'tel:+4912345'];
    const bad = [
      'javascript:ran',
      ' JaVaScRiPt:ran',
      'java\tscript:ran',
      'java\nscript:ran',
      '\x01javascript:ran',
      '\u00a0javascript:ran',
      'java&#x0A;script:ran',
      '&#0000106avascript:ran',
      'javascript&colon;ran',
      'javascript&Tab;:ran',
      'view-source:https://a.example',
      'data:text/html;base64,PHA+',
      'vbscript:ran',
      'blob:https://a.example/1',
      'file:///etc/passwd',
      'ftp://a.example',
      'sms:1',
      '//a.example',
      '/x',
      '#x',
      'x',
      '?x',
      'https:',
      'http://[',
      '',
    ];
    for (const href of good) {
      const link = (await shown('html', `<a href="${href}" target=_top rel=opener ping=/p>x</a>`))
        .firstElementChild!;
      expect(link.getAttribute('href')).to.equal(href);
      expect(link.getAttributeNames().sort()).to.deep.equal(['href', 'rel', 'target']);
      expect(link.getAttribute('target')).to.equal('_blank');
    }
    for (const href of bad)
      expect(await markup('html', `<a href="${href}">x</a>`), href).to.equal('<a>x</a>');
    expect(await markup('html', '<p href="https://a.example">x</p>')).to.equal('<p>x</p>');
  });

  it('removes is attributes, which would make custom elements', async () => {
    expect(await markup('html', 'a<p is=x-y>b</p>')).to.not.contain('is=');
  });

  it('removes ids, names, classes, parts, roles and styles', async () => {
    expect(
      await markup(
        'html',
        '<p id=body name=x class=alert part=control slot=y data-a=1 aria-live=assertive role=alert hidden style="position:fixed" ' +
          'tabindex=1 autofocus contenteditable popover itemid=z exportparts=q accesskey=a>x</p><a id=cookie name=location>y</a>',
      ),
    ).to.equal('<p>x</p><a>y</a>');
    expect(Reflect.get(document, 'location')).to.equal(window.location);
  });
});

/** Each tries to run a script, make a request or take over a part of the page. */
const ATTACKS = [
  '<script>ran.push(1)</script>',
  '<script src="/hit.js"></script>',
  '<ScRiPt >ran.push(1)</sCrIpT >',
  '<scr<script>ipt>ran.push(1)</scr</script>ipt>',
  '<img src=/hit onerror=ran.push(1)>',
  '<img src=x:x onerror=ran.push(1) srcset="/hit 2x">',
  '<img/src="/hit"/onerror=ran.push(1)//',
  '<image src=/hit onerror=ran.push(1)>',
  '<picture><source srcset=/hit><img src=/hit></picture>',
  '<video src=/hit poster=/hit onerror=ran.push(1) autoplay><source src=/hit onerror=ran.push(1)></video>',
  '<audio src=/hit onerror=ran.push(1) autoplay></audio><track src=/hit default>',
  '<iframe src="javascript:parent.ran.push(1)"></iframe>',
  '<iframe srcdoc="<script>parent.ran.push(1)</script>"></iframe>',
  '<frameset onload=ran.push(1)><frame src=/hit></frameset>',
  '<object data=/hit></object><embed src=/hit><applet code=/hit></applet>',
  '<svg onload=ran.push(1)><script>ran.push(1)</script></svg>',
  '<svg><animate onbegin=ran.push(1) attributeName=x dur=1s></svg>',
  '<svg><a xlink:href="javascript:ran.push(1)"><text y=9>x</text></a><use href="/hit#x"/><image href=/hit /></svg>',
  '<svg><foreignObject><iframe src=/hit></iframe><body onload=ran.push(1)></foreignObject></svg>',
  '<math href="javascript:ran.push(1)">x</math><math><mtext><img src=/hit onerror=ran.push(1)></mtext></math>',
  '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=/hit onerror=ran.push(1)&gt;">',
  '<form><math><mtext></form><form><mglyph><style></math><img src=/hit onerror=ran.push(1)></style></mglyph></form>',
  '<svg></p><style><a id="</style><img src=/hit onerror=ran.push(1)>">',
  '<noscript><p title="</noscript><img src=/hit onerror=ran.push(1)>">',
  '<template><img src=/hit onerror=ran.push(1)></template>',
  '<div><template shadowrootmode=open><img src=/hit onerror=ran.push(1)></template></div>',
  '<xmp><p title="</xmp><img src=/hit onerror=ran.push(1)>"></xmp>',
  '<textarea><p title="</textarea><img src=/hit onerror=ran.push(1)>"></textarea>',
  '<title><p title="</title><img src=/hit onerror=ran.push(1)>"></title>',
  '<select><template><style><!--</style><img src=/hit onerror=ran.push(1)>--></style></template></select>',
  '<!--><img src=/hit onerror=ran.push(1)>--><!--!><img src=/hit onerror=ran.push(1)>-->',
  '<![CDATA[><img src=/hit onerror=ran.push(1)>]]><?xml ?><img src=/hit>',
  '<style>@import "/hit"; p { background: url(/hit) } * { display: none }</style><p>x',
  '<p style="background:url(/hit)">x</p><table background=/hit><td background=/hit>x</table><body background=/hit>',
  '<link rel=stylesheet href=/hit><link rel=preload as=image href=/hit><link rel=prefetch href=/hit>',
  '<meta http-equiv=refresh content="0;url=/hit"><base href="//a.example/">',
  '<form action="javascript:ran.push(1)" id=f><input name=action type=image src=/hit><button formaction=/hit>x</button></form>',
  '<input autofocus onfocus=ran.push(1)><select autofocus onfocus=ran.push(1)></select><textarea autofocus onfocus=ran.push(1)>',
  '<details open ontoggle=ran.push(1)>x</details><p onpointerover=ran.push(1) onanimationstart=ran.push(1)>x',
  '<marquee onstart=ran.push(1)>x</marquee><dialog open>x</dialog><p popover id=p>x</p><button popovertarget=p>y</button>',
  '<x-el onclick=ran.push(1)>x</x-el><sw-click-to-call token=c2c_1>x</sw-click-to-call><slot name=x></slot>',
  '<a href="javascript:ran.push(1)">x</a><area href="javascript:ran.push(1)"><map name=m></map>',
  '<bgsound src=/hit><keygen autofocus onfocus=ran.push(1)><isindex action=/hit><portal src=/hit></portal><fencedframe></fencedframe>',
  '<blockquote cite=/hit>x</blockquote><del cite="javascript:ran.push(1)">x</del><q cite=/hit>x</q>',
  '<b '.repeat(50) + 'onclick=ran.push(1)>x',
  '<p>'.repeat(200) + '<b>'.repeat(400) + '<img src=/hit onerror=ran.push(1)>',
];

const SAFE = new Set(
  'a abbr b bdi blockquote br caption cite code dd del dfn div dl dt em h3 h4 h5 h6 hr i ins kbd li mark ol p pre q s samp small span strong sub sup table tbody td tfoot th thead time tr u ul var wbr'.split(
    ' ',
  ),
);

describe('an attack in shared content', () => {
  for (const attack of ATTACKS) {
    it(`fails: ${attack.slice(0, 90)}`, async () => {
      const ran: unknown[] = ((globalThis as Ran).ran = []);
      const before = performance.getEntriesByType('resource').length;
      for (const [format, content] of [
        ['html', attack],
        ['markdown', `a\n\n${attack}\n\nb`],
        ['markdown', `**a** ${attack}`],
        ['text', attack],
      ] as const) {
        const box = await shown(format, content);
        for (const element of box.querySelectorAll('*')) {
          expect(SAFE.has(element.localName), element.outerHTML).to.equal(true);
          expect(element.namespaceURI).to.equal('http://www.w3.org/1999/xhtml');
          for (const name of element.getAttributeNames()) {
            expect(['title', 'align', 'lang', 'dir'], element.outerHTML).to.include(name);
          }
        }
        // The nodes stay safe when they are serialized and parsed again.
        const again = new DOMParser().parseFromString(box.innerHTML, 'text/html');
        expect(again.querySelectorAll('script, img, iframe, svg, math, style, [src]')).to.have.length(0);
        for (const element of box.querySelectorAll<HTMLElement>('*')) element.click();
      }
      await allAttempts();
      expect(ran).to.deep.equal([]);
      const requests = performance.getEntriesByType('resource').slice(before);
      // The libraries are loaded once, from the element's own origin.
      expect(
        requests.map(({ name }) => name).filter((name) => !/marked|purify|picture=/.test(name)),
      ).to.deep.equal([]);
    });
  }

  it('would be noticed by this test if it succeeded', async () => {
    const ran: unknown[] = ((globalThis as Ran).ran = []);
    const { picture, failed } = brokenPicture();
    picture.setAttribute('onerror', 'ran.push(1)');
    await failed;
    await allAttempts();
    expect(ran).to.deep.equal([1]);
    expect(performance.getEntriesByType('resource').some(({ name }) => name === picture.src)).to.equal(true);
  });
});

describe('shared content', () => {
  it('is cut after 64 K characters, never inside one', async () => {
    const long = 'x'.repeat(64 * 1024);
    expect((await shown('text', long)).textContent).to.equal(long);
    expect((await shown('text', `${long}y`)).textContent).to.equal(`${long}…`);
    expect((await shown('text', `${long.slice(1)}😀`)).textContent).to.equal(`${long.slice(1)}…`);
    expect((await shown('code', `${long}y`)).textContent).to.equal(`${long}…`);
    expect((await shown('markdown', `${long}y`)).textContent).to.match(/^x+\s*…$/);
    expect((await shown('html', `<p>${long}</p><script>`)).textContent).to.match(/^x+…$/);
    expect(
      (await shown('html', `<p>x</p>${' '.repeat(64 * 1024 - 20)}<a href="https://a.example">`)).textContent,
    ).to.match(/^x\s*…$/);
  });

  it('is plain text when the sanitizer or the Markdown parser does not load', async () => {
    const fails = () => Promise.reject(new TypeError('Failed to fetch'));
    for (const [format, load] of [
      ['html', { sanitizer: fails, markdown: loadMarkdown }],
      ['markdown', { sanitizer: fails, markdown: loadMarkdown }],
      ['markdown', { sanitizer: loadSanitizer, markdown: fails }],
    ] as const) {
      const box = await shown(format, '<b>a</b>\n*b*', load);
      expect(box.textContent).to.equal('<b>a</b>\n*b*');
      expect(box.childElementCount).to.equal(0);
    }
  });

  it('is plain text when the sanitizer does not support the browser', async () => {
    const sanitizer = { ...(await loadSanitizer()), isSupported: false } as Awaited<
      ReturnType<typeof loadSanitizer>
    >;
    const load = { sanitizer: () => Promise.resolve(sanitizer), markdown: loadMarkdown };
    expect((await shown('html', '<b>a</b>', load)).textContent).to.equal('<b>a</b>');
  });

  for (const marker of ['>', '> ', '- ', ' * ']) {
    it(`is plain text when its nesting would slow down the parser: ${marker}`, async () => {
      const deep = `a\n${marker.repeat(60_000 / marker.length)}`;
      expect((await shown('markdown', deep)).textContent).to.equal(deep);
    });
  }

  it('may nest quotes and contain horizontal rules', async () => {
    const quotes = await shown('markdown', `${'> '.repeat(20)}a\n\n${'-'.repeat(90)}\n`);
    expect(quotes.querySelectorAll('blockquote')).to.have.lengthOf(20);
    expect(quotes.querySelectorAll('hr')).to.have.lengthOf(1);
  });

  it('is plain text when it is Markdown of more than 16 K, which could block the page for seconds', async () => {
    const longest = '*a* '.repeat(4 * 1024);
    expect((await shown('markdown', longest)).querySelectorAll('em')).to.have.length(4 * 1024);
    const longer = await shown('markdown', `${longest}*b*`);
    expect(longer.textContent).to.equal(`${longest}*b*`);
    expect(longer.childElementCount).to.equal(0);
    const run = async () => {
      for (const piece of ['_a', '__a', 'a**', '[', '`', '<', '1. '])
        await shown('markdown', piece.repeat(64 * 1024));
    };
    expect(await quickest(run, 2000)).to.be.below(2000);
  });

  it('is rendered in linear time when it consists of many small elements', async () => {
    const run = async () => {
      for (const piece of ['<p><b>', '<h1>', '<li>']) {
        const content = piece.repeat((64 * 1024) / piece.length);
        const box = (await renderContent({ format: 'html', content })) as HTMLElement;
        expect(box.dir).to.equal('auto');
        expect(box.childElementCount).to.be.above(10_000);
      }
    };
    // Takes almost a second; half a minute if the time grew with the square of the number of elements.
    expect(await quickest(run, 8000)).to.be.below(8000);
  });

  it('is plain text when the parser throws', async () => {
    const markdown = () => Promise.reject(new RangeError('Maximum call stack size exceeded'));
    expect((await shown('markdown', '**a**', { sanitizer: loadSanitizer, markdown })).textContent).to.equal(
      '**a**',
    );
  });

  it('loads no library for text and code, and no parser for HTML', async () => {
    const never = () => Promise.reject(new Error('asked for'));
    let asked = 0;
    const count = () => (asked++, never());
    await shown('text', 'a', { sanitizer: count, markdown: count });
    await shown('code', 'a', { sanitizer: count, markdown: count });
    await shown('html', 'a', { sanitizer: loadSanitizer, markdown: count });
    expect(asked).to.equal(0);
  });
});

describe('shared content under a strict Content Security Policy', () => {
  // Not 'self': in Firefox and WebKit a srcdoc page has no origin.
  const { origin } = location;
  const STRICT = `default-src 'none'; script-src ${origin}; style-src ${origin}; require-trusted-types-for 'script'`;

  async function pageWith(policy: string) {
    const frame = document.createElement('iframe');
    places.push(frame);
    frame.srcdoc = `<!doctype html><meta http-equiv="Content-Security-Policy" content="${policy}">
      <script type="module" src="/test/ui/agent/strict-page.ts"></script>`;
    document.body.append(frame);
    await event(frame, 'load');
    const page = frame.contentWindow as Window & { renderContent?: typeof renderContent };
    const reports: string[] = [];
    page.document.addEventListener('securitypolicyviolation', ({ violatedDirective, sample }) => {
      reports.push(`${violatedDirective} ${sample}`);
    });
    const show = async (format: Format, content: string) =>
      page.document.body.appendChild((await page.renderContent!({ format, content })) as HTMLElement);
    return { page, reports, show };
  }

  it('is rendered without a violation report', async () => {
    const { page, reports, show } = await pageWith(STRICT);
    const html = await show('html', '<h1>a</h1><script>ran</script>');
    const markdown = await show('markdown', '**a**');
    const text = await show('text', 'a');
    expect(html.innerHTML).to.equal('<h3>a</h3>');
    expect(markdown.innerHTML).to.equal('<p><strong>a</strong></p>\n');
    expect(page.getComputedStyle(text).whiteSpace).to.equal('pre-wrap');
    await allAttempts();
    expect(reports).to.deep.equal([]);
    expect(() => page.document.body.setHTMLUnsafe('<b>x</b>'), 'the policy is on').to.throw(
      /Trusted|Sink type/,
    );
  });

  it('has no styles; the browser may report them while parsing, and applies none', async () => {
    const { reports, show } = await pageWith(STRICT);
    const styled = await show(
      'html',
      '<p style="color: red">a</p><style>p { color: red }</style><img src=/hit>',
    );
    expect(styled.innerHTML).to.equal('<p>a</p>');
    await allAttempts();
    for (const report of reports) expect(report).to.match(/^style-src/);
  });

  it('is plain text when the page does not allow the sanitizer its Trusted Types policy', async () => {
    const { show } = await pageWith(`${STRICT}; trusted-types of-the-page`);
    expect((await show('html', '<b>a</b>')).textContent).to.equal('<b>a</b>');
    expect((await show('markdown', '**a**')).textContent).to.equal('**a**');
  });
});
