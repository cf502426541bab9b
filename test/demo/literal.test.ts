// JavaScript literals evaluate to the JSON value that they were written from.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { literal } from '../../demo/playground/literal.js';

/** Contains every character that is special in JavaScript or HTML. */
const SPECIAL = `"'\`<>&{}\\$ </script> {{ x }} \u2028\n`;

describe('a literal', () => {
  it('evaluates to the value, and contains no "<" that could end a script', () => {
    const values: unknown[] = [
      SPECIAL,
      { [SPECIAL]: [SPECIAL, 1, null, false, { a: {} }] },
      JSON.parse('{"__proto__":{"a":1}}'),
    ];
    for (const value of values) {
      const text = literal(value);
      assert.doesNotMatch(text, /</);
      const evaluated: unknown = Function(`return (${text})`)();
      assert.equal(JSON.stringify(evaluated), JSON.stringify(value));
    }
  });
});
