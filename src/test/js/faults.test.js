// What the server's codes are in words.

import assert from 'node:assert/strict';
import test from 'node:test';
import { closeMeaning } from '../../../webapp/protocol.js';
import { closeWords, errorWords } from '../../../webapp/faults.js';

test('a reason meant for people is told, one for programs is not', () => {
  for (const code of [4400, 4403, 4410]) assert.ok(closeWords(closeMeaning(code, 'No blanks.')).endsWith('No blanks.'), String(code));
  for (const code of [4401, 4409, 1011]) assert.ok(!closeWords(closeMeaning(code, 'no such')).includes('no such'), String(code));
});

test('every error has words, also one not known', () => {
  assert.match(errorWords({ code: 'too_large' }), /too long/);
  assert.equal(errorWords({ code: 'new_one', content: 'The server says so.' }), 'The server says so.');
  assert.ok(errorWords({ code: 'new_one' }).length > 0);
});
