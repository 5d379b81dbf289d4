// What is said about a connection that is not there, and when.

import assert from 'node:assert/strict';
import test from 'node:test';
import { HICCUP_MS, Outage } from '../../../webapp/outage.js';
import { closeMeaning } from '../../../webapp/protocol.js';

const LOST = { ...closeMeaning(1006), retryAt: 9000 };

/** An outage that began at 0 on an open connection. */
function lost(detail = LOST) {
  const outage = new Outage();
  outage.become('open', {}, 0);
  outage.become('waiting', detail, 0);
  return outage;
}

test('a hiccup is passed over', () => {
  const outage = lost();
  assert.equal(outage.face(HICCUP_MS - 1, true), null);
  assert.ok(outage.isRunning);
  outage.become('connecting', {}, 500);
  outage.become('open', {}, 900);

  assert.equal(outage.face(HICCUP_MS, true), null);
  assert.ok(!outage.isRunning);
});

test('what lasts is told: why, and when it is tried again', () => {
  const { words, retryAt, act } = lost().face(HICCUP_MS, true);

  assert.equal(words, 'The connection was lost.');
  assert.equal(retryAt, 9000);
  assert.equal(act, 'tryNow');
});

test('attempts do not change what is said', () => {
  const outage = lost({ ...closeMeaning(4513), retryAt: 9000 });
  const { words } = outage.face(3000, true);
  outage.become('connecting', {}, 3000);

  assert.equal(outage.face(3100, true).words, words);
  assert.equal(outage.face(3100, true).retryAt, 0);
});

test('a server that cannot be reached may say why over HTTP', () => {
  const outage = new Outage();
  outage.become('connecting', {}, 0);
  assert.equal(outage.face(60_000, true), null, 'nobody knows yet');
  outage.become('waiting', LOST, 0);
  assert.match(outage.face(3000, true).words, /cannot be reached/);
  assert.ok(outage.isUnreached);

  outage.answered('full');
  assert.match(outage.face(3000, true).words, /is full/);
  outage.become('waiting', { ...LOST, retryAt: 9999 }, 3000);
  assert.match(outage.face(3000, true).words, /is full/, 'a wait cut short is the same one');
  outage.become('connecting', {}, 3500);
  outage.become('waiting', LOST, 3600);
  assert.match(outage.face(4000, true).words, /is full/, 'as long as nothing else is known');
  outage.answered(undefined);
  assert.match(outage.face(5000, true).words, /cannot be reached/);

  outage.become('open', {}, 6000);
  outage.answered('full');
  assert.equal(outage.face(9000, true), null, 'too late');
});

test('a device that is offline is said to be, whatever ended the connection', () => {
  const { words, retryAt } = lost().face(HICCUP_MS, false);

  assert.match(words, /^This device is offline\./);
  assert.equal(retryAt, 0);
});

test('who has to stay away hears at once what to do', () => {
  for (const [code, act] of [[4410, 'connectAgain'], [1009, 'reload'], [4499, 'connectAgain']]) {
    const outage = new Outage();
    outage.become('open', {}, 0);
    outage.become('away', closeMeaning(code), 0);
    assert.equal(outage.face(0, true).act, act, String(code));
  }
});

test('where the door says why, nothing else does', () => {
  const outage = lost();
  outage.become('away', closeMeaning(4401), 5000);
  assert.equal(outage.face(9000, true), null);
  outage.become('waiting', { retryAt: 1, atDoor: true }, 5000);
  assert.equal(outage.face(9000, true), null);
});

test('a move is told when it takes its time, with nothing to do', () => {
  const outage = new Outage();
  outage.become('open', {}, 0);
  outage.become('moving', {}, 0);
  assert.equal(outage.face(100, true), null);
  assert.deepEqual(outage.face(HICCUP_MS, true), { words: 'The server is restarting. You are moved over, and nothing is lost.', retryAt: 0, act: null });
});
