// What a person wrote: pending, committed, refused, sent again with the same id.

import assert from 'node:assert/strict';
import test from 'node:test';
import { ANSWER_MS, MOST_ATTEMPTS, MOST_WAITING, Outbox } from '../../../webapp/outbox.js';

const ids = (entries) => entries.map(({ id }) => id);
const states = (outbox) => outbox.entries.map(({ state }) => state);

function outboxOf(...names) {
  const outbox = new Outbox();
  for (const id of names) outbox.add(id, `content of ${id}`, 0);
  return outbox;
}

function sentOf(...names) {
  const outbox = outboxOf(...names);
  for (const id of names) outbox.sending(id, 0);
  return outbox;
}

test('what is written is due at once, in order, and once', () => {
  const outbox = outboxOf('a', 'b');
  assert.deepEqual(ids(outbox.due(0)), ['a', 'b']);

  outbox.sending('a', 0);
  assert.deepEqual(ids(outbox.due(0)), ['b']);
});

test('ack first, then the event', () => {
  const outbox = sentOf('a');

  outbox.acked('a', 7, 6);
  assert.deepEqual(states(outbox), ['committed']);
  outbox.seen('a');
  assert.deepEqual(states(outbox), []);
});

test('event first, then the ack', () => {
  const outbox = sentOf('a');

  outbox.seen('a');
  outbox.acked('a', 7, 7);
  assert.deepEqual(states(outbox), []);
});

test('an event that fell into a gap does not leave the message behind', () => {
  const outbox = sentOf('a', 'b');
  outbox.acked('a', 7, 6);
  outbox.passed(7);
  assert.deepEqual(states(outbox), ['sent']);
  outbox.acked('b', 8, 9);

  assert.deepEqual(states(outbox), []);
});

test('after a reconnect the unanswered goes out again with the same id, the committed does not', () => {
  const outbox = sentOf('a', 'b', 'c');
  outbox.acked('b', 2, 0);
  outbox.disconnected();

  assert.deepEqual(ids(outbox.due(0)), ['a', 'c']);
  assert.equal(outbox.due(0)[0].content, 'content of a');
});

test('a message that never gets an answer is sent again, but not for ever', () => {
  const outbox = outboxOf('a');
  let now = 0;
  for (let i = 0; i < MOST_ATTEMPTS; i++) {
    assert.deepEqual(ids(outbox.due(now)), ['a']);
    assert.ok(outbox.sending('a', now));
    assert.deepEqual(outbox.due(now + ANSWER_MS - 1), []);
    now += ANSWER_MS;
  }

  assert.equal(outbox.sending('a', now), false);
  assert.deepEqual(states(outbox), ['failed']);
  assert.deepEqual(outbox.due(now * 2), []);
});

test('reconnecting does not reset the count: a message that kills connections does not do so for ever', () => {
  const outbox = outboxOf('a');
  for (let i = 0; i < MOST_ATTEMPTS; i++) {
    outbox.sending('a', 0);
    outbox.disconnected();
  }

  assert.equal(outbox.sending('a', 0), false);
});

test('a rate limit holds back what is behind as well', () => {
  const outbox = outboxOf('a', 'b');
  outbox.sending('a', 0);
  outbox.refused({ id: 'a', code: 'rate_limited', temporary: true, retryAfterMs: 700 }, 100);

  assert.deepEqual(outbox.due(799), []);
  assert.deepEqual(ids(outbox.due(800)), ['a', 'b']);
});

test('an unknown outcome is settled with the same id', () => {
  const outbox = sentOf('a');
  outbox.refused({ id: 'a', code: 'unavailable', temporary: true }, 0);

  assert.deepEqual(ids(outbox.due(60_000)), ['a']);
});

test('a refusal for good waits for the person', () => {
  const outbox = sentOf('a', 'b');
  outbox.refused({ id: 'a', code: 'too_large', temporary: false }, 0);

  assert.deepEqual(states(outbox), ['failed', 'sent']);
  assert.match(outbox.entries[0].words, /too long/);
  outbox.retry('a', 5);
  assert.deepEqual(ids(outbox.due(5)), ['a']);
});

test('only what failed can be discarded or tried again', () => {
  const outbox = sentOf('a');
  outbox.discard('a');
  outbox.retry('a', 0);
  assert.deepEqual(states(outbox), ['sent']);

  outbox.refused({ id: 'a', code: 'forbidden' }, 0);
  outbox.discard('a');
  assert.deepEqual(states(outbox), []);
});

test('a late refusal does not take back what is committed', () => {
  const outbox = sentOf('a');
  outbox.acked('a', 7, 6);
  outbox.refused({ id: 'a', code: 'internal', temporary: true }, 0);

  assert.deepEqual(states(outbox), ['committed']);
});

test('nothing goes out under another name unasked', () => {
  const outbox = sentOf('a', 'b');
  outbox.acked('a', 7, 6);
  outbox.disconnected();
  outbox.hold();

  assert.deepEqual(states(outbox), ['failed']);
  assert.deepEqual(outbox.due(60_000), []);
});

test('it is bounded', () => {
  const outbox = outboxOf(...Array.from({ length: MOST_WAITING }, (_, i) => `m${i}`));

  assert.ok(outbox.isFull);
});
