// The theme editor: it offers the documented properties, applies changes at once, and writes the CSS.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { THEME_PROPERTIES } from '../../demo/theme/theme-properties.js';
import { Demo, section } from './demo-page.js';

const ELEMENT = readFileSync(join(import.meta.dirname, '../../src/element/sw-click-to-call.ts'), 'utf8');

describe('the theme editor', { timeout: 400_000 }, () => {
  let demo: Demo;
  before(async () => {
    demo = await Demo.start();
  });
  after(() => demo.close());

  it('offers the properties that the element documents, with the same defaults', () => {
    const documented = [...ELEMENT.matchAll(/@cssprop \[([\w-]+)(?:=([^\],]+).*?)?\]/g)].map(
      ([, name, initial = '']) => [name, initial],
    );
    const offered = THEME_PROPERTIES.map(({ name, initial }) => [name, initial]);
    assert.deepEqual(offered.sort(), documented.sort());
  });

  it('styles the element, writes the CSS, and warns about low contrast', async () => {
    const { page, pageErrors, close } = await demo.open();
    const theme = section(page, 'Theme');
    const background = () =>
      theme
        .locator('sw-click-to-call')
        .getByRole('button', { name: 'Call us' })
        .evaluate((button) => getComputedStyle(button).backgroundColor);
    assert.match((await theme.locator('#theme-css').textContent())!, /^\/\*/);
    await theme.getByLabel(/^Accent/).fill('#336699');
    await theme.getByLabel(/^Padding/).fill('1em 2em');
    assert.equal(await background(), 'rgb(51, 102, 153)');
    assert.equal(
      await theme.locator('#theme-css').textContent(),
      'sw-click-to-call {\n  --sw-c2c-accent: #336699;\n  --sw-c2c-padding: 1em 2em;\n}\n',
    );
    await theme.getByText(/^Button 6\.\d:1, readable$/).waitFor();
    await theme.getByLabel(/^Accent/).fill('#ffee00');
    await theme.getByText(/^Button 1\.\d:1, too low$/).waitFor();
    await theme.getByRole('button', { name: 'Default' }).click();
    assert.equal(await background(), 'rgb(10, 112, 72)');
    assert.deepEqual(pageErrors, []);
    await close();
  });

  it('shows the call interface in the chosen theme', async () => {
    const { page, close } = await demo.open();
    const theme = section(page, 'Theme');
    await theme.getByRole('button', { name: 'Harbour' }).click();
    assert.equal(await theme.getByRole('radio', { name: 'dark' }).isChecked(), true);
    await theme.getByRole('button', { name: 'Call us' }).click();
    const dialog = theme.getByRole('dialog');
    await dialog.waitFor();
    const surface = await dialog.evaluate((panel) => getComputedStyle(panel).backgroundColor);
    assert.equal(surface, 'rgb(11, 22, 38)');
    await close();
  });
});
