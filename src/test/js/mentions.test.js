// Who is called by name.

import assert from 'node:assert/strict';
import test from 'node:test';
import { isMentioned } from '../../../webapp/mentions.js';

test('a name after an at sign is a call, in any case', () => {
  for (const content of ['@anna', 'hey @Anna, look', '(@anna)', 'so, @anna.', '@bert @anna']) assert.ok(isMentioned(content, 'anna'), content);
});

test('what only looks like it is none', () => {
  for (const content of ['anna', 'mail@anna', '@annabel', '@ann', '@@anna', '']) assert.ok(!isMentioned(content, 'anna'), content);
  assert.ok(!isMentioned('@anna', null));
});

test('names of any script, and with dots', () => {
  assert.ok(isMentioned('مرحبا @سارة', 'سارة'));
  assert.ok(isMentioned('@j.doe.', 'j.doe'));
  assert.ok(isMentioned('@a._', 'a._'));
});
