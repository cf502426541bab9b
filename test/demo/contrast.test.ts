// Contrast ratios as WCAG defines them.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { contrast } from '../../demo/theme/contrast.js';

describe('contrast', () => {
  it('is 21 for black on white, and does not depend on the order of the colours', () => {
    assert.equal(contrast('#000', '#ffffff').toFixed(2), '21.00');
    assert.equal(contrast('#777777', '#fff').toFixed(2), '4.48');
    assert.equal(contrast('#fff', '#777777'), contrast('#777777', '#fff'));
  });
});
