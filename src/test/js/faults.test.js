// What the server's codes are in words.

import assert from 'node:assert/strict';
import test from 'node:test';
import { closeMeaning } from '../../../webapp/protocol.js';
import { closeWords, closedWords, errorWords } from '../../../webapp/faults.js';

test('the reason of an admin is told; what the server says by itself is said in the words of the page', () => {
  assert.equal(closeWords(closeMeaning(4403, 'No blanks.')), 'You may not come in. No blanks.');
  for (const code of [4400, 4401, 4409, 4410, 1011]) assert.ok(!closeWords(closeMeaning(code, 'no such')).includes('no such'), String(code));
});

test('why no connection is taken has words, also a reason not known', () => {
  assert.match(closedWords('full'), /is full/);
  assert.match(closedWords('crowded'), /your network/);
  for (const other of [null, 'new_one', 'toString']) assert.match(closedWords(other), /does not take/);
});

test('every error has words, also one not known', () => {
  assert.match(errorWords({ code: 'too_large' }), /too long/);
  assert.equal(errorWords({ code: 'new_one', content: 'The server says so.' }), 'The server says so.');
  assert.ok(errorWords({ code: 'new_one' }).length > 0);
});
