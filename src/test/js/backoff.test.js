// The tests of the page's pure state. Run: node --test src/test/js/*.test.js (Node 20.19 or later, which sees by itself
// that webapp/*.js are ES modules; an older one needs --experimental-default-type=module).

import assert from 'node:assert/strict';
import test from 'node:test';
import { backoff } from '../../../webapp/parley-client.js';

const CAP_MS = 30_000;

const almostOne = () => 1 - Number.EPSILON;

test('the ceiling doubles with every failure up to the cap', () => {
  const ceilings = [0, 1, 2, 3, 4, 5, 6, 60].map((failures) => backoff(failures, almostOne) + 1);

  assert.deepEqual(ceilings, [1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000]);
});

test('the jitter is full: any wait from zero to the ceiling', () => {
  assert.equal(backoff(3, () => 0), 0);
  assert.equal(backoff(3, () => 0.25), 2000);
  assert.equal(backoff(3, () => 0.5), 4000);
});

test('no number of failures makes it overflow or go below zero', () => {
  for (const failures of [-1, 0, 1023, 1024, 5000]) {
    const waitMs = backoff(failures);
    assert.ok(waitMs >= 0 && waitMs < CAP_MS, `${failures}: ${waitMs}`);
  }
});

test('thousands who lost one server do not come back together', () => {
  const tenths = new Array(10).fill(0);
  for (let i = 0; i < 10_000; i++) tenths[Math.floor((backoff(5) / CAP_MS) * 10)]++;

  assert.ok(tenths.every((count) => count > 800 && count < 1200), tenths.join());
});
