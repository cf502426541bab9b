// The manifest says what the element is: compared with the class, the source, and the element of a page that calls.
// Needs "npm run build".
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Package } from 'custom-elements-manifest';
import { elementOf, fieldsOf, readManifest } from '../../docs/generate/manifest.js';
import { defaults } from '../../src/element/attributes.js';
import * as events from '../../src/events.js';
import { SwClickToCall } from '../../src/element/sw-click-to-call.js';
import { Stage, type TestPage } from '../journey/stage.js';

const SRC = join(import.meta.dirname, '../../src');
const SHIPPED = join(import.meta.dirname, '../../dist/custom-elements.json');

const source = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => readFileSync(join(SRC, name), 'utf8'))
  // What documentation says of parts and properties proves nothing.
  .map((code) => code.replace(/\/\*\*[\s\S]*?\*\//g, ''))
  .join('\n');

/** What a pattern's group finds in the source, once each, in order. */
const found = (pattern: RegExp) =>
  [...new Set([...source.matchAll(pattern)].map(([, name]) => name!))].sort();
const names = (things: readonly { name: string }[] = []) => things.map(({ name }) => name).sort();

describe('the manifest', { timeout: 300_000 }, () => {
  const element = elementOf(readManifest());
  const fields = fieldsOf(element);
  const observed = SwClickToCall.observedAttributes;

  it('equals the shipped file', () => {
    assert.deepEqual(JSON.parse(readFileSync(SHIPPED, 'utf8')), readManifest());
  });

  it('lists exactly the attributes that the element reads', () => {
    const asked = found(/(?:this|element)\.hasAttribute\('([\w-]+)'\)/g);
    assert.deepEqual(names(element.attributes), [...new Set([...observed, ...asked])].sort());
  });

  it('pairs attributes and properties as the class does, and marks reflected ones', () => {
    for (const [property, { attribute, reflect }] of SwClickToCall.elementProperties) {
      const field = fields.find(({ name }) => name === property);
      assert.ok(field, String(property));
      const expected = attribute === false ? undefined : (attribute ?? String(property).toLowerCase());
      assert.equal(field.attribute, expected, String(property));
      assert.equal(!!field.reflects, !!reflect, String(property));
    }
  });

  it('states the real defaults', () => {
    for (const [name, value] of Object.entries(defaults())) {
      const { default: stated } = fields.find((field) => field.name === name)!;
      assert.equal(stated?.replaceAll("'", '"'), JSON.stringify(value), name);
    }
  });

  it('lists every event with its class', () => {
    const classes = Object.entries(events).filter(([name]) => name.endsWith('Event'));
    const dispatched = found(/super\('(sw-[\w-]+)'/g);
    assert.deepEqual(names(element.events), dispatched);
    assert.deepEqual(
      element.events!.map(({ type }) => type.text).sort(),
      classes.map(([name]) => name).sort(),
    );
    for (const { name, type } of element.events!) {
      const Event = events[type.text as keyof typeof events] as new (detail: object) => CustomEvent;
      assert.equal(new Event({}).type, name);
    }
  });

  it('lists every rendered part', () => {
    const parts = found(/\bpart(?:=|: )["']([\w -]+)["']/g).flatMap((value) => value.split(' '));
    assert.deepEqual(names(element.cssParts), [...new Set(parts)].sort());
  });

  it('lists every custom property of the styles', () => {
    assert.deepEqual(names(element.cssProperties), found(/var\(\s*(--sw-c2c-[\w-]+)/g));
  });

  it('lists every state', () => {
    const union = /type CallState =([^;]+);/.exec(source)![1]!;
    assert.deepEqual(
      names(element.cssStates),
      [...union.matchAll(/'(\w+)'/g)].map(([, state]) => state).sort(),
    );
  });

  it('has a description for every entry', () => {
    const { attributes, events: fired, slots, cssParts, cssProperties, cssStates } = element;
    for (const thing of [attributes, fired, slots, cssParts, cssProperties, cssStates, fields].flat())
      assert.ok(thing?.description, thing?.name);
  });

  describe('beside a page that calls', () => {
    let stage: Stage;
    let test: TestPage;
    before(async () => {
      stage = await Stage.open();
      test = await stage.page({ body: stage.tag() });
      await test.page.getByRole('button', { name: 'Call support' }).click();
      await test.state('active');
    });
    after(() => stage.close());

    it('has the slots, parts, properties and methods of the element there', async () => {
      const there = await test.page.evaluate(() => {
        const host = document.querySelector('sw-click-to-call')!;
        const all = [...host.shadowRoot!.querySelectorAll('*')];
        const own = [Object.getPrototypeOf(host) as object, host].flatMap((at) =>
          Object.entries(Object.getOwnPropertyDescriptors(at)),
        );
        return {
          slots: all
            .filter(({ localName }) => localName === 'slot')
            .map((slot) => slot.getAttribute('name') ?? ''),
          parts: all.flatMap(({ part }) => [...part]),
          members: own.map(([name]) => name),
          methods: own.filter(([, { value }]) => typeof value === 'function').map(([name]) => name),
        };
      });
      assert.deepEqual(there.slots.sort(), names(element.slots));
      for (const part of there.parts) assert.ok(names(element.cssParts).includes(part), part);
      for (const { name, kind } of element.members!) {
        assert.ok(there.members.includes(name), name);
        if (kind === 'method') assert.ok(there.methods.includes(name), name);
      }
      for (const [name] of SwClickToCall.elementProperties) assert.ok(there.members.includes(String(name)));
    });
  });

  it('is readable by its tools', () => {
    const manifest: Package = readManifest();
    const [defined] = manifest.modules
      .flatMap(({ exports = [] }) => exports)
      .filter(({ kind }) => kind === 'custom-element-definition');
    assert.deepEqual(defined, {
      kind: 'custom-element-definition',
      name: 'sw-click-to-call',
      declaration: { name: 'SwClickToCall', module: 'dist/element/sw-click-to-call.js' },
    });
  });
});
