// Rooms on the wire: joining, resuming, refusals, gaps, and messages of memberships that have ended.

import assert from 'node:assert/strict';
import test from 'node:test';
import { ANSWER_MS } from '../../../webapp/parley-client.js';
import { lineOf, message } from './line.js';

const seqs = (line) => line.heard('message').map(({ seq }) => seq);
const gaps = (line) => line.heard('gap').map(({ from, to }) => [from, to]);

async function joined(context, answer = { head: 2, messages: [message(1), message(2)] }) {
  const line = await lineOf(context);
  await line.start();
  line.client.join('a');
  line.admit('a', answer);
  return line;
}

test('the first join sends no position, a resumed one sends since and epoch', async (t) => {
  const line = await joined(t);
  assert.ok(!('since' in line.last('join')));
  line.say(message(3));
  await line.reconnect();

  assert.equal(line.last('join').since, 3);
  assert.equal(line.last('join').epoch, 'e');
});

test('a position of an earlier visit is resumed', async (t) => {
  const line = await lineOf(t);
  await line.start();
  line.client.join('a', { since: 7, epoch: 'e' });
  assert.equal(line.last('join').since, 7);
  line.admit('a', { head: 9, recovered: true });
  line.say(message(8), message(9));

  assert.deepEqual(seqs(line), [8, 9]);
  assert.deepEqual(gaps(line), []);
});

test('how much history comes is for the caller to say', async (t) => {
  const line = await lineOf(t);
  await line.start();
  line.client.join('a', { limit: 0 });

  assert.equal(line.last('join').limit, 0);
});

test('every message comes once and in order: those of the page, then live ones, doubled ones not', async (t) => {
  const line = await joined(t);
  line.say(message(3), message(3), message(2), message(4));

  assert.deepEqual(seqs(line), [1, 2, 3, 4]);
  assert.deepEqual(line.heard('history')[0].messages.length, 2);
});

test('events of types not known here count, too', async (t) => {
  const line = await joined(t);
  line.say({ ...message(3), type: 'something-later' }, message(4));

  assert.deepEqual(gaps(line), []);
  assert.equal(line.heard('something-later').length, 1);
});

test('a jump in the numbers is told as a gap, before what comes after it', async (t) => {
  const line = await joined(t);
  line.say(message(6));

  assert.deepEqual(gaps(line), [[3, 5]]);
  const types = line.told.map(({ type }) => type);
  assert.ok(types.lastIndexOf('gap') < types.lastIndexOf('message'));
});

test('a gap of the server moves the position; one without numbers does not', async (t) => {
  const line = await joined(t);
  line.say({ type: 'gap', room: 'a' }, { type: 'gap', room: 'a', from: 3, to: 8 }, message(9));
  await line.reconnect();

  assert.deepEqual(gaps(line), [[3, 8]]);
  assert.deepEqual(seqs(line), [1, 2, 9]);
  assert.equal(line.last('join').since, 9);
});

test('what was missed for too long is a gap, but for what has expired', async (t) => {
  const line = await joined(t);
  await line.reconnect();
  line.admit('a', { head: 90, first: 10, messages: [message(89), message(90)] });

  assert.deepEqual(gaps(line), [[10, 88]]);
  assert.deepEqual(seqs(line), [1, 2, 89, 90]);
});

test('a page that cannot be read now leaves a gap for who was here before, and none for who is new', async (t) => {
  const line = await joined(t);
  await line.reconnect();
  line.admit('a', { head: 5 });
  line.client.join('b');
  line.admit('b', { head: 5 });

  assert.deepEqual(gaps(line), [[3, 5]]);
});

test('another log begins anew, and so does one that is shorter than it was', async (t) => {
  const line = await joined(t);
  await line.reconnect();
  line.admit('a', { epoch: 'f', head: 1, messages: [message(1)] });
  await line.reconnect();
  line.admit('a', { epoch: 'f', head: 0 });

  assert.deepEqual(seqs(line), [1, 2, 1]);
  assert.deepEqual(line.admissions.map(({ anew }) => anew), [false, true, true]);
  assert.deepEqual(gaps(line), []);
});

test('after a leave and a new join, what still comes of the old membership is ignored', async (t) => {
  const line = await joined(t, { head: 0 });
  line.client.leave('a');
  assert.equal(line.last('leave').room, 'a');
  line.client.join('a');
  line.say(message(41), { type: 'history', id: 'old', room: 'a', messages: [message(40)], more: false, first: 1 });
  line.say({ type: 'ack', id: line.last('join').id, room: 'a', head: 0, first: 1, epoch: 'e', count: 1 });
  line.say({ type: 'history', id: 'old', room: 'a', messages: [message(40)], more: false, first: 1 });

  assert.deepEqual(seqs(line), []);
  assert.equal(line.heard('history').length, 1);
});

test('rooms that were left are not come back to; the one asked for last comes first', async (t) => {
  const line = await joined(t);
  for (const room of ['b', 'c', 'B ']) line.client.join(room);
  line.client.leave('a');
  await line.reconnect();

  assert.deepEqual(line.all('join').map(({ room }) => room), ['b', 'c']);
});

test('a refusal that may pass is tried again when it is time, one for good is not', async (t) => {
  const line = await lineOf(t);
  await line.start();
  line.client.join('a');
  line.say({ type: 'error', id: line.last('join').id, code: 'busy', temporary: true, retryAfterMs: 5000 });
  await line.pass(4000);
  assert.equal(line.all('join').length, 1);
  await line.pass(1000);
  assert.equal(line.all('join').length, 2);

  line.say({ type: 'error', id: line.last('join').id, code: 'forbidden' });
  await line.pass(9000);
  assert.equal(line.all('join').length, 2);
  assert.deepEqual(line.refusals.map(({ code, room }) => `${code} ${room}`), ['busy a', 'forbidden a']);
  line.client.join('a');
  assert.equal(line.all('join').length, 3, 'but when somebody asks');
});

test('a join without an answer is asked again, and either answer counts', async (t) => {
  const line = await lineOf(t);
  await line.start();
  line.client.join('a');
  for (let i = 0; i < 3; i++) {
    await line.pass(ANSWER_MS / 3);
    line.say({ type: 'pong' });
  }
  await line.pass(1000);
  const [first, second] = line.all('join');
  assert.equal(second.id, first.id);
  line.admit('a', { head: 2, messages: [message(1), message(2)] });
  line.say(message(3), { type: 'ack', id: second.id, room: 'a', head: 3, first: 1, epoch: 'e', recovered: false });
  line.say(message(4));

  assert.equal(line.admissions.length, 1);
  assert.deepEqual(seqs(line), [1, 2, 3, 4]);
});

test('a refusal of the first of two joins leaves it to the second', async (t) => {
  const line = await lineOf(t);
  await line.start();
  line.client.join('a');
  const { id } = line.last('join');
  line.say({ type: 'error', id, code: 'busy', temporary: true });
  line.admit('a');

  assert.equal(line.admissions.length, 1);
});

test('a join of a lost connection is not answered by the next one', async (t) => {
  const line = await lineOf(t);
  await line.start();
  line.client.join('a');
  const { id } = line.last('join');
  await line.reconnect();
  line.say({ type: 'ack', id, room: 'a', head: 2, first: 1, epoch: 'e', count: 1 });

  assert.equal(line.admissions.length, 0);
});

test('whoever was thrown out of a room comes in again', async (t) => {
  const line = await joined(t);
  line.client.send('a', 'hello');
  const { id } = line.last('message');
  line.say({ type: 'error', id, room: 'a', code: 'not_joined' });
  assert.equal(line.all('join').length, 2);
  line.admit('a', { head: 2, recovered: true });
  await line.pass(3000);

  assert.equal(line.last('message').id, id);
});

test('who is here is told as it comes, answers to requests too', async (t) => {
  const line = await joined(t);
  const asked = line.client.request({ type: 'members', room: 'a' });
  const { id } = line.last('members');
  line.say(
    { type: 'members', id, room: 'a', version: 3, count: 2, members: ['bob', 'me'] },
    { type: 'leave', room: 'a', sender: 'bob', version: 4, count: 1 },
    { type: 'typing', room: 'a', sender: 'me' },
  );

  assert.deepEqual(line.told.slice(-3).map(({ type }) => type), ['members', 'leave', 'typing']);
  assert.equal((await asked).count, 2);
});

test('a room is known by the name the server gives it', async (t) => {
  const line = await lineOf(t);
  await line.start();
  line.client.join('#Straẞe');
  const { id, room } = line.last('join');
  assert.equal(room, 'straße');
  line.say({ type: 'ack', id, room: 'strasse', head: 0, first: 1, epoch: 'e', count: 1 });
  line.say({ type: 'history', id, room: 'strasse', messages: [], first: 1 }, message(1, 'bob', 'x', 'strasse'));
  line.client.send('Straẞe', 'still found');

  assert.deepEqual(seqs(line), [1]);
  assert.equal(line.last('message').room, 'strasse');
});
