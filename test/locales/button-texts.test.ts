// The default label, the one text that is needed before a language is loaded.
import { expect } from 'chai';
import { callLabel } from '../../src/locales/button-texts.js';

describe('the default label', () => {
  it('follows the primary subtag, whatever the region and case', () => {
    expect(callLabel('de')).to.equal('Anrufen');
    expect(callLabel('de-AT')).to.equal('Anrufen');
    expect(callLabel('FR')).to.equal('Appeler');
    expect(callLabel('zh-Hant-TW')).to.equal('呼叫');
  });

  it('is English for an unknown language', () => {
    for (const language of ['', 'en-GB', 'tlh', '-', 'denglish']) {
      expect(String(callLabel(language)), language).to.equal('Call');
    }
  });

  it('is English for tags that are names of Object.prototype', () => {
    for (const language of ['constructor', '__proto__'])
      expect(String(callLabel(language)), language).to.equal('Call');
  });
});
