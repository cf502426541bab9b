// The one word that is there before any language is loaded, and where an element finds its language.
import { expect } from 'chai';
import { callLabel, languageOf } from '../../src/strings.js';

describe('the default label', () => {
  it('follows the primary language, whatever the region and case', () => {
    expect(callLabel('de')).to.equal('Anrufen');
    expect(callLabel('de-AT')).to.equal('Anrufen');
    expect(callLabel('FR')).to.equal('Appeler');
    expect(callLabel('zh-Hant-TW')).to.equal('呼叫');
  });

  it('is English where the language is not known', () => {
    for (const language of ['', 'en-GB', 'tlh', '-', 'denglish']) {
      expect(String(callLabel(language)), language).to.equal('Call');
    }
  });

  it('takes no word of JavaScript for a language', () => {
    for (const language of ['constructor', '__proto__'])
      expect(String(callLabel(language)), language).to.equal('Call');
  });
});

describe('the language of an element', () => {
  it('is its own before that of anything around it', () => {
    const outer = document.createElement('div');
    const inner = outer.appendChild(document.createElement('div'));
    outer.lang = 'fr';
    expect(languageOf(inner)).to.equal('fr');
    inner.lang = 'es';
    expect(languageOf(inner)).to.equal('es');
  });

  it('comes through shadow roots', () => {
    const host = document.createElement('div');
    host.lang = 'nl';
    const inner = host.attachShadow({ mode: 'open' }).appendChild(document.createElement('div'));
    expect(languageOf(inner)).to.equal('nl');
  });

  it('is empty where nobody says one', () => {
    expect(languageOf(document.createElement('div'))).to.equal('');
  });
});
