// What a person wrote and has not yet seen in the log, as it is shown.

import assert from 'node:assert/strict';
import test from 'node:test';
import { MOST_WAITING } from '../../../webapp/parley-client.js';
import { Outbox } from '../../../webapp/outbox.js';

const states = (outbox) => outbox.entries.map(({ state }) => state);

function sentOf(...names) {
  const outbox = new Outbox();
  for (const id of names) outbox.add(id, `content of ${id}`, 0);
  for (const id of names) outbox.fared({ id, state: 'sent' }, 0);
  return outbox;
}

test('what is written stands in order, with how it fares', () => {
  const outbox = sentOf('a', 'b');
  outbox.fared({ id: 'a', state: 'waiting', error: { code: 'busy' } }, 0);
  outbox.fared({ id: 'of another tab', state: 'sent' }, 0);

  assert.deepEqual(states(outbox), ['waiting', 'sent']);
  assert.match(outbox.entries[0].words, /busy/);
  outbox.fared({ id: 'a', state: 'sent' }, 0);
  assert.equal(outbox.entries[0].words, '');
});

test('ack first, then the event', () => {
  const outbox = sentOf('a');
  outbox.fared({ id: 'a', state: 'committed', seq: 7 }, 6);
  assert.deepEqual(states(outbox), ['committed']);
  outbox.seen('a');

  assert.deepEqual(states(outbox), []);
});

test('event first, then the ack', () => {
  const outbox = sentOf('a');
  outbox.seen('a');
  outbox.fared({ id: 'a', state: 'committed', seq: 7 }, 7);

  assert.deepEqual(states(outbox), []);
});

test('an event that fell into a gap does not leave the message behind', () => {
  const outbox = sentOf('a', 'b');
  outbox.fared({ id: 'a', state: 'committed', seq: 7 }, 6);
  outbox.passed(7);
  assert.deepEqual(states(outbox), ['sent']);
  outbox.fared({ id: 'b', state: 'committed', seq: 8 }, 9);

  assert.deepEqual(states(outbox), []);
});

test('a refusal for good waits for the person, and says why', () => {
  const outbox = sentOf('a', 'b');
  outbox.fared({ id: 'a', state: 'failed', error: { code: 'too_large' } }, 0);
  outbox.fared({ id: 'b', state: 'failed', error: { code: 'other_sender' } }, 0);

  assert.match(outbox.entries[0].words, /too long/);
  assert.match(outbox.entries[1].words, /another name/);
  assert.equal(outbox.retry('a').content, 'content of a');
  assert.deepEqual(states(outbox), ['waiting', 'failed']);
});

test('only what failed can be discarded or tried again', () => {
  const outbox = sentOf('a');
  outbox.discard('a');
  assert.equal(outbox.retry('a'), null);
  assert.deepEqual(states(outbox), ['sent']);

  outbox.fared({ id: 'a', state: 'failed', error: { code: 'forbidden' } }, 0);
  outbox.discard('a');
  assert.deepEqual(states(outbox), []);
});

test('it is bounded', () => {
  const outbox = sentOf(...Array.from({ length: MOST_WAITING }, (_, i) => `m${i}`));

  assert.ok(outbox.isFull);
});
