// An element's language: its own, an ancestor's, or none.
import { expect } from 'chai';
import { languageOf } from '../../src/locales/language.js';

describe('the language of an element', () => {
  it('is its own lang before that of an ancestor', () => {
    const outer = document.createElement('div');
    const inner = outer.appendChild(document.createElement('div'));
    outer.lang = 'fr';
    expect(languageOf(inner)).to.equal('fr');
    inner.lang = 'es';
    expect(languageOf(inner)).to.equal('es');
  });

  it('is inherited across shadow roots', () => {
    const host = document.createElement('div');
    host.lang = 'nl';
    const inner = host.attachShadow({ mode: 'open' }).appendChild(document.createElement('div'));
    expect(languageOf(inner)).to.equal('nl');
  });

  it('is empty when no element has a lang', () => {
    expect(languageOf(document.createElement('div'))).to.equal('');
  });
});
