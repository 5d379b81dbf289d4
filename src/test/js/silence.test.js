// When to ask whether the server is still there, and when to give up.

import assert from 'node:assert/strict';
import test from 'node:test';
import { ANSWER_MS, Silence } from '../../../webapp/silence.js';

/** Checks every five seconds, as the heartbeat does, and tells what it saw and when. */
function watch(silence, from, to) {
  const seen = [];
  for (let now = from; now <= to; now += 5000) {
    const what = silence.check(now);
    if (what !== 'fine') seen.push([now, what]);
  }
  return seen;
}

test('after 25 s of silence it pings, and 10 s later it gives up', () => {
  const silence = new Silence(25_000, 0);

  assert.deepEqual(watch(silence, 5000, 35_000), [[25_000, 'ping'], [35_000, 'dead']]);
});

test('anything heard starts the silence anew', () => {
  const silence = new Silence(25_000, 0);
  watch(silence, 5000, 20_000);
  silence.heard(21_000);

  assert.deepEqual(watch(silence, 25_000, 45_000), []);
});

test('an answer keeps the connection', () => {
  const silence = new Silence(25_000, 0);
  watch(silence, 5000, 25_000);
  silence.heard(25_100);

  assert.deepEqual(watch(silence, 30_000, 55_000), [[55_000, 'ping']]);
});

test('after a sleep it asks again before it judges', () => {
  const silence = new Silence(25_000, 0);
  watch(silence, 5000, 25_000);

  assert.equal(silence.check(3_600_000), 'ping');
  assert.equal(silence.check(3_600_000 + 5000), 'fine');
  assert.equal(silence.check(3_600_000 + ANSWER_MS), 'dead');
});

test('waking up asks at once', () => {
  const silence = new Silence(25_000, 0);

  assert.equal(silence.wake(1000), 'ping');
  assert.equal(silence.check(1000 + ANSWER_MS), 'dead');
});
