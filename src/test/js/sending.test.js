// What a person says: sent, acknowledged, refused, sent again with the same id, and never under another name.

import assert from 'node:assert/strict';
import test from 'node:test';
import { ANSWER_MS, MOST_ATTEMPTS, MOST_WAITING } from '../../../webapp/parley-client.js';
import { lineOf, message } from './line.js';

const contents = (line) => line.all('message').map(({ content }) => content);
const fates = (line) => line.heard('outgoing').map(({ state }) => state);

async function joined(context) {
  const line = await lineOf(context);
  await line.start();
  line.client.join('a');
  line.admit('a', { head: 2 });
  return line;
}

/** Acknowledges what is sent, so many in turn. */
function acknowledge(line, count) {
  for (let i = 0; i < count; i++) line.say({ type: 'ack', room: 'a', id: line.last('message').id, seq: i + 3 });
}

/** Time with a server that is alive and answers nothing. */
async function ignored(line, ms) {
  for (let left = ms; left > 0; left -= 5000) {
    await line.pass(Math.min(left, 5000));
    line.say({ type: 'pong' });
  }
}

test('the promise is kept by the ack', async (t) => {
  const line = await joined(t);
  const sent = line.client.send('a', 'hello', { id: 'mine' });
  assert.equal(line.last('message').id, 'mine');
  line.say({ type: 'ack', id: 'mine', room: 'a', seq: 3, timestamp: 77 });

  const { id, room, seq, timestamp } = await sent;
  assert.deepEqual({ id, room, seq, timestamp }, { id: 'mine', room: 'a', seq: 3, timestamp: 77 });
  assert.deepEqual(fates(line), ['waiting', 'sent', 'committed']);
});

test('the own event counts as an ack; somebody else\'s with the same id does not', async (t) => {
  const line = await joined(t);
  const sent = line.client.send('a', 'hello', { id: 'mine' });
  line.say(message(3, 'bob', 'mine'));
  assert.deepEqual(fates(line), ['waiting', 'sent']);
  line.say(message(4, 'me', 'mine'), { type: 'ack', id: 'mine', room: 'a', seq: 4 });

  assert.equal((await sent).seq, 4);
  assert.deepEqual(fates(line), ['waiting', 'sent', 'committed']);
});

test('what is written before and while away goes out after the join is answered, in order', async (t) => {
  const line = await lineOf(t);
  line.client.join('a');
  for (const each of ['one', 'two', 'three']) line.client.send('a', each);
  await line.start();
  assert.deepEqual(contents(line), []);
  line.admit('a', { head: 2, recovered: true });
  acknowledge(line, 3);

  assert.deepEqual(contents(line), ['one', 'two', 'three']);
});

test('each goes out when the last was answered: a refusal lets none overtake another', async (t) => {
  const line = await joined(t);
  for (const id of ['one', 'two', 'three']) line.client.send('a', id, { id });
  assert.deepEqual(contents(line), ['one']);
  line.say({ type: 'error', id: 'one', code: 'busy', temporary: true, retryAfterMs: 900 });
  assert.deepEqual(contents(line), ['one']);
  await line.pass(1000);
  assert.deepEqual(contents(line), ['one', 'one']);
  line.say({ type: 'error', id: 'one', code: 'forbidden' });
  assert.deepEqual(contents(line), ['one', 'one', 'two'], 'one that is refused for good holds back nothing');
  line.say(message(3, 'me', 'two'));

  assert.equal(line.last('message').id, 'three');
});

test('rooms do not wait for each other', async (t) => {
  const line = await joined(t);
  line.client.join('b');
  line.admit('b');
  line.client.send('a', 'one');
  line.client.send('b', 'two');

  assert.deepEqual(contents(line), ['one', 'two']);
});

test('the unanswered goes out again with the same id, unless the log brings it first; the committed does not', async (t) => {
  const line = await joined(t);
  for (const id of ['acked', 'logged', 'lost']) line.client.send('a', `content of ${id}`, { id });
  line.say({ type: 'ack', id: 'acked', room: 'a', seq: 3 });
  assert.equal(line.last('message').id, 'logged');
  await line.reconnect();
  line.admit('a', { head: 4, recovered: true });
  line.say(message(3, 'me', 'acked'), message(4, 'me', 'logged'));

  assert.deepEqual(line.all('message').map(({ id }) => id), ['logged', 'lost']);
  assert.equal(line.heard('outgoing').filter(({ state }) => state === 'committed').length, 2);
});

test('a message that never gets an answer is sent again, but not for ever', async (t) => {
  const line = await joined(t);
  const sent = line.client.send('a', 'hello');
  const refused = assert.rejects(sent, { code: 'unanswered', room: 'a' });
  await ignored(line, ANSWER_MS - 1000);
  assert.equal(contents(line).length, 1);
  await ignored(line, ANSWER_MS * MOST_ATTEMPTS);

  await refused;
  assert.equal(contents(line).length, MOST_ATTEMPTS);
});

test('reconnecting does not reset the count: a message that kills connections does not do so for ever', async (t) => {
  const line = await joined(t);
  line.client.send('a', 'deadly');
  for (let i = 0; i < MOST_ATTEMPTS; i++) {
    await line.reconnect();
    line.admit('a', { head: 2, recovered: true });
  }

  assert.equal(line.told.at(-1).state, 'failed');
  assert.deepEqual(contents(line), []);
});

test('a refusal for the rate is no attempt', async (t) => {
  const line = await joined(t);
  line.client.send('a', 'one', { id: 'one' });
  for (let i = 1; i <= 2 * MOST_ATTEMPTS; i++) {
    assert.equal(contents(line).length, i);
    line.say({ type: 'error', id: 'one', code: 'rate_limited', temporary: true, retryAfterMs: 700 });
    await line.pass(1000);
  }

  assert.equal(line.told.at(-1).state, 'sent');
});

test('an unknown outcome is settled with the same id', async (t) => {
  const line = await joined(t);
  line.client.send('a', 'hello', { id: 'mine' });
  line.say({ type: 'error', id: 'mine', room: 'a', code: 'unavailable', temporary: true });
  assert.equal(line.told.at(-1).error.code, 'unavailable');
  await line.pass(3000);

  assert.deepEqual(line.all('message').map(({ id }) => id), ['mine', 'mine']);
});

test('a refusal for good is told, and the same id can be sent again', async (t) => {
  const line = await joined(t);
  const refused = assert.rejects(line.client.send('a', 'hello', { id: 'mine' }), { code: 'too_large', id: 'mine' });
  line.say({ type: 'error', id: 'mine', code: 'too_large', content: 'Too large.' });
  await refused;
  const sent = line.client.send('a', 'hello', { id: 'mine' });
  assert.equal(line.client.send('a', 'hello', { id: 'mine' }), sent, 'twice is once');
  line.say({ type: 'ack', id: 'mine', room: 'a', seq: 3 });

  assert.equal((await sent).seq, 3);
});

test('a late refusal does not take back what is committed', async (t) => {
  const line = await joined(t);
  line.client.send('a', 'hello', { id: 'mine' });
  line.say({ type: 'ack', id: 'mine', room: 'a', seq: 3 }, { type: 'error', id: 'mine', code: 'internal', temporary: true });

  assert.equal(fates(line).at(-1), 'committed');
});

test('nothing goes out under another name unasked', async (t) => {
  const line = await joined(t);
  const refused = assert.rejects(line.client.send('a', 'hello'), { code: 'other_sender' });
  await line.reconnect({ sender: 'somebody' });
  await refused;
  line.admit('a', { head: 2, recovered: true });

  assert.deepEqual(contents(line), []);
});

test('what was written before anybody was welcomed is of who is, unless the caller knows better', async (t) => {
  const line = await lineOf(t);
  line.client.join('a');
  line.client.send('a', 'mine');
  const refused = assert.rejects(line.client.send('a', 'of anna', { sender: 'anna' }), { code: 'other_sender' });
  await line.start();
  line.admit('a');
  await refused;

  assert.deepEqual(contents(line), ['mine']);
});

test('it is bounded, and only rooms one is in are spoken in', async (t) => {
  const line = await joined(t);
  for (let i = 0; i < MOST_WAITING; i++) line.client.send('a', `${i}`);

  await assert.rejects(line.client.send('a', 'one more'), { code: 'full' });
  await assert.rejects(line.client.send('b', 'hello'), { code: 'not_joined' });
});

test('leaving, or being refused, ends what waits', async (t) => {
  const line = await joined(t);
  const left = assert.rejects(line.client.send('a', 'hello'), { code: 'left' });
  line.client.leave('a');
  await left;
  line.client.join('b');
  const refused = assert.rejects(line.client.send('b', 'hello'), { code: 'forbidden' });
  line.say({ type: 'error', id: line.last('join').id, room: 'b', code: 'forbidden' });
  await refused;
  await assert.rejects(line.client.send('b', 'hello'), { code: 'forbidden' });
});

test('a stop keeps what waits for the next start', async (t) => {
  const line = await joined(t);
  line.client.send('a', 'hello', { id: 'mine' });
  line.client.stop();
  await line.start();
  line.admit('a', { head: 2, recovered: true });

  assert.equal(line.last('message').id, 'mine');
});
