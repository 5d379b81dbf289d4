// How high a log is, and what of it is near the screen, while one measures it.

import assert from 'node:assert/strict';
import test from 'node:test';
import { Heights } from '../../../webapp/view/heights.js';
import { MOST_SELECTED, selected, united, windowAt } from '../../../webapp/view/window.js';

const messagesOf = (seqs) => seqs.map((seq) => ({ seq }));
const upTo = (count) => messagesOf(Array.from({ length: count }, (_, i) => i + 1));

test('what was not measured is as high as what was, on average', () => {
  const messages = upTo(10);
  const heights = new Heights();
  heights.set(2, 100);
  heights.set(3, 50);

  assert.equal(heights.offset(messages, 0), 0);
  assert.equal(heights.offset(messages, 1), 75);
  assert.equal(heights.offset(messages, 3), 225);
  assert.equal(heights.offset(messages, 10), 750);
});

test('offsets are the sums of heights, whatever was measured in whatever order', () => {
  for (let seed = 1; seed <= 100; seed++) {
    const random = lehmer(seed);
    const below = (most) => Math.floor(random() * most);
    const heights = new Heights();
    const known = new Map();
    let seqs = Array.from({ length: 2000 }, (_, i) => 5000 + i).filter(() => below(9) > 0);
    for (let round = 0; round < 30; round++) {
      const what = below(10);
      if (what === 0) seqs = [...Array.from({ length: below(300) }, (_, i) => seqs[0] - 1 - i).reverse(), ...seqs];
      else if (what === 1) seqs = [...seqs, ...Array.from({ length: below(300) }, (_, i) => seqs.at(-1) + 1 + i)];
      else if (what === 2) {
        seqs = seqs.slice(below(200));
        heights.forgetBelow(seqs[0]);
        for (const seq of known.keys()) if (seq < seqs[0]) known.delete(seq);
      } else {
        for (let i = 0; i < 40; i++) {
          const seq = seqs[below(seqs.length)];
          known.set(seq, 20 + below(100));
          heights.set(seq, known.get(seq));
        }
      }
      if (known.size === 0) continue;
      const messages = messagesOf(seqs);
      const guess = (heights.offset(messages, seqs.length) - sum(known.values())) / Math.max(1, seqs.length - known.size);
      const index = below(seqs.length + 1);
      const expected = sum(seqs.slice(0, index).map((seq) => known.get(seq) ?? guess));
      assert.ok(Math.abs(heights.offset(messages, index) - expected) < 1e-6 * (1 + expected), `seed ${seed}`);

      const at = heights.at(messages, heights.offset(messages, index) + 1);
      assert.equal(at, Math.min(index, seqs.length - 1), `seed ${seed}`);
    }
  }
});

test('an offset beyond the log is at its nearest message', () => {
  const heights = new Heights();

  assert.equal(heights.at(upTo(5), -100), 0);
  assert.equal(heights.at(upTo(5), 1e9), 4);
  assert.equal(heights.at([], 10), 0);
});

test('a height that is known already is no news', () => {
  const heights = new Heights();

  assert.equal(heights.set(1, 20), true);
  assert.equal(heights.set(1, 20), false);
  assert.equal(heights.set(1, 21), true);
});

test('when the lines break elsewhere nothing is known any more', () => {
  const heights = new Heights();
  heights.set(1, 500);
  heights.clear();

  assert.ok(heights.offset(upTo(1), 1) < 500);
});

test('the window covers the screen, and is no longer than it must be', () => {
  const messages = upTo(100_000);
  const heights = new Heights();
  for (let seq = 500; seq < 600; seq++) heights.set(seq, 10 + (seq % 50));
  const top = heights.offset(messages, 520) + 3;
  const { from, to } = windowAt(heights, messages, top, top + 800);

  assert.equal(from, 520);
  assert.ok(heights.offset(messages, to) > top + 800);
  assert.ok(heights.offset(messages, to - 1) <= top + 800);
  assert.deepEqual(windowAt(heights, [], 0, 800), { from: 0, to: 0 });
});

test('ranges that meet, or nearly, are one', () => {
  assert.deepEqual(united([{ from: 50, to: 60 }, { from: 10, to: 20 }, { from: 15, to: 30 }, { from: 32, to: 33 }]), [
    { from: 10, to: 33 },
    { from: 50, to: 60 },
  ]);
  assert.deepEqual(united([{ from: 10, to: 20 }, { from: 90, to: 90 }]), [{ from: 10, to: 20 }, { from: 90, to: 90 }]);
});

test('a selection is held where it began, up to a bound', () => {
  assert.deepEqual(selected(10, 15), { from: 10, to: 16 });
  assert.deepEqual(selected(15, 10), { from: 10, to: 16 });
  assert.deepEqual(selected(10, 99_999), { from: 10, to: 11 + MOST_SELECTED });
  assert.deepEqual(selected(99_999, 10), { from: 99_999 - MOST_SELECTED, to: 100_000 });
});

function sum(numbers) {
  return [...numbers].reduce((total, each) => total + each, 0);
}

function lehmer(seed) {
  let state = seed * 7919;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}
