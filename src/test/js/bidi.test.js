// Directions are closed, and emoji are told from text.

import assert from 'node:assert/strict';
import test from 'node:test';
import { closersOf } from '../../../webapp/bidi.js';
import { isEmojiOnly } from '../../../webapp/emoji-only.js';

test('what is left open is closed, from the inside out', () => {
  assert.equal(closersOf('plain'), '');
  assert.equal(closersOf('\u202eabc'), '\u202c');
  assert.equal(closersOf('\u202eabc\u202c'), '');
  assert.equal(closersOf('\u2067a\u202eb'), '\u202c\u2069');
  assert.equal(closersOf('\u2067a\u202eb\u2069'), '', 'an isolate ends what was opened in it');
  assert.equal(closersOf('\u202c\u2069'), '', 'nothing to end');
  assert.equal(closersOf('\u202e'.repeat(1000)).length, 125);
});

test('one to three emoji are large, with all their parts', () => {
  for (const content of ['🎉', '👍🏽', '👩🏽‍🚒', '🇩🇪', '1️⃣', '❤️', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', '👨‍👩‍👧‍👦', '😀 😀\n😀', '😀😀😀']) assert.ok(isEmojiOnly(content), content);
  for (const content of ['', ' ', 'a', '1', '#', '😀😀😀😀', '😀!', '©', '™', '12', '*', '🇩']) assert.ok(!isEmojiOnly(content), content);
});
