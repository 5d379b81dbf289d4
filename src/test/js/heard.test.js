// What is said of messages that come in, and how days are called.

import assert from 'node:assert/strict';
import test from 'node:test';
import { dayWords } from '../../../webapp/view/times.js';
import { spokenOf } from '../../../webapp/view/heard.js';

const message = (content) => ({ sender: 'bob', content });

test('a few messages are said one by one, of many only how many', () => {
  assert.deepEqual(spokenOf([message('hi'), message('there')]), ['bob: hi', 'bob: there']);
  assert.deepEqual(spokenOf(Array.from({ length: 200 }, () => message('hi'))), ['200 new messages']);
});

test('of a very long message the beginning is said', () => {
  const [said] = spokenOf([message('x'.repeat(3000))]);

  assert.ok(said.length < 400);
  assert.ok(said.endsWith('…'));
});

test('today and yesterday are called so, other days by their date, with the year when it is another', () => {
  const now = new Date(2024, 2, 1, 0, 5);

  assert.equal(dayWords(new Date(2024, 2, 1, 23), now), 'Today');
  assert.equal(dayWords(new Date(2024, 1, 29, 23), now), 'Yesterday');
  assert.ok(!dayWords(new Date(2024, 1, 28), now).includes('2024'));
  assert.ok(dayWords(new Date(2023, 2, 1), now).includes('2023'));
});
