// What can be told of a name beforehand.

import assert from 'node:assert/strict';
import test from 'node:test';
import { canonicalName, faultOf, otherName } from '../../../webapp/names.js';

test('a name is written as the server will write it', () => {
  assert.equal(canonicalName(' Anna '), 'anna');
  assert.equal(canonicalName('\uff21\uff4e\uff4e\uff41'), 'anna');
  assert.equal(canonicalName('Zoe\u0308'), 'zo\u00eb');
  assert.equal(canonicalName('A\u00b2'), 'a\u00b2', 'only wide and narrow forms are others of the same');
});

test('who will be called otherwise is told so, and nobody else', () => {
  assert.equal(otherName('Anna'), 'anna');
  assert.equal(otherName('anna'), null);
  assert.equal(otherName(''), null);
  assert.equal(otherName('Anna Lee'), null, 'this cannot be a name');
});

test('what is wrong is seen', () => {
  const faults = {
    empty: [' '], spaces: ['a b', 'a\u3000b'], long: ['x'.repeat(33), '\u{10400}'.repeat(33)], unseen: ['a\u200bb', 'a\u202eb'], signs: ['anna\u{1f600}', 'a\u2022b'],
  };
  for (const [fault, names] of Object.entries(faults)) for (const name of names) assert.equal(faultOf(name), fault, JSON.stringify(name));
  for (const fine of ['anna', 'x'.repeat(32), '\u{10400}'.repeat(32), 'J\u00f6rg_1.2-3', '\u05d0\u05d1', 'a!#$']) assert.equal(faultOf(fine), null, fine);
});
