// What is kept of the writing over a reload, for whom, and when it is forgotten.

import assert from 'node:assert/strict';
import test from 'node:test';
import { Rooms } from '../../../webapp/rooms.js';
import { Unsent } from '../../../webapp/unsent.js';
import { lineOf, message } from './line.js';

function storageOf() {
  const values = new Map();
  return {
    values,
    getItem: (key) => values.get(key) ?? null,
    setItem: (key, value) => values.set(key, value),
    removeItem: (key) => values.delete(key),
  };
}

/** A page as it is after a load, with the storage of its tab. */
async function pageOf(context, storage) {
  const line = await lineOf(context);
  const rooms = new Rooms({ client: line.client, now: () => line.now, sender: () => line.client.sender }, { roomsChanged() {} });
  rooms.start();
  context.after(() => rooms.stop());
  return Object.assign(line, { rooms, unsent: new Unsent(storage, '/', rooms) });
}

async function left(context, storage) {
  const line = await pageOf(context, storage);
  line.unsent.is('me', true);
  await line.start();
  const room = line.rooms.enter('a');
  line.admit('a');
  for (const content of ['committed', 'refused', 'unanswered']) room.say(content);
  const answer = (message) => line.say({ ...message, id: line.last('message').id, room: 'a' });
  answer({ type: 'ack', seq: 1 });
  answer({ type: 'error', code: 'forbidden' });
  const { id } = line.last('message');
  line.close(1006);
  room.say('offline');
  room.draft = 'half a sen';
  line.unsent.keep();
  line.rooms.stop();
  context.mock.timers.reset();
  return id;
}

test('after a reload it is all there, and goes out with the same ids', async (t) => {
  const storage = storageOf();
  const unanswered = await left(t, storage);
  const line = await pageOf(t, storage);
  line.unsent.is('me', true);
  const room = line.rooms.enter('a');
  assert.equal(room.draft, 'half a sen');
  assert.deepEqual(room.outbox.entries.map(({ content, state }) => [content, state]), [
    ['refused', 'failed'],
    ['unanswered', 'waiting'],
    ['offline', 'waiting'],
  ]);
  assert.match(room.outbox.entries[0].words, /may not/);
  await line.start();
  line.admit('a');

  line.say(message(1, 'me', unanswered));
  assert.deepEqual(line.all('message').map(({ content }) => content), ['unanswered', 'offline']);
  assert.equal(line.all('message')[0].id, unanswered);
  assert.equal(room.outbox.entries.length, 2);
});

test('nobody else gets to see it, not even under the same name', async (t) => {
  for (const [name, isGuest] of [['bob', true], ['me', false]]) {
    const storage = storageOf();
    await left(t, storage);
    const line = await pageOf(t, storage);
    line.unsent.is(name, isGuest);
    line.unsent.is('me', true);
    assert.equal(line.rooms.all.length, 0, name);
    line.unsent.keep();

    assert.equal(storage.values.size, 0, name);
    t.mock.timers.reset();
  }
});

test('nothing goes out under another name than it was written under', async (t) => {
  const storage = storageOf();
  await left(t, storage);
  const line = await pageOf(t, storage);
  line.unsent.is('me', true);
  await line.start({ sender: 'somebody' });
  line.admit('a');

  assert.deepEqual(line.all('message'), []);
  assert.deepEqual(line.rooms.enter('a').outbox.entries.map(({ state }) => state), ['failed', 'failed', 'failed']);
});

test('who signs out leaves nothing', async (t) => {
  const storage = storageOf();
  await left(t, storage);
  const line = await pageOf(t, storage);
  line.unsent.is('me', true);
  line.unsent.forget();
  line.rooms.forget();
  line.unsent.keep();

  assert.equal(storage.values.size, 0);
});

test('what is kept is not lost before it is known who is here', async (t) => {
  const storage = storageOf();
  await left(t, storage);
  const line = await pageOf(t, storage);
  line.unsent.keep();

  assert.equal(storage.values.size, 1);
});

test('a storage that is forbidden, full or garbled is none', async (t) => {
  const no = () => {
    throw new Error('no');
  };
  for (const storage of [{ getItem: no, setItem: no, removeItem: no }, { ...storageOf(), getItem: () => '{"person":' }]) {
    const line = await pageOf(t, storage);
    line.unsent.is('me', true);
    line.rooms.enter('a').draft = 'x';
    line.unsent.keep();
    line.unsent.forget();
    t.mock.timers.reset();
  }
});
