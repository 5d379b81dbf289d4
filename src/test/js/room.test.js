// One room of the page, on a client whose server the test plays: what is shown, counted, filled, and kept.

import assert from 'node:assert/strict';
import test from 'node:test';
import { Rooms } from '../../../webapp/rooms.js';
import { lineOf, message } from './line.js';

const shownSeqs = (room) => room.timeline.messages.map(({ seq }) => seq);

async function roomsOf(context, more = {}) {
  const line = await lineOf(context);
  const told = [];
  line.rooms = new Rooms({ client: line.client, now: () => line.now, sender: () => 'me', ...more }, { roomsChanged: () => told.push(1) });
  line.drawn = told;
  line.rooms.start();
  context.after(() => line.rooms.stop());
  await line.start();
  return line;
}

async function joinedRoom(context, more = {}) {
  const line = await roomsOf(context, more);
  line.rooms.show('a', true);
  line.room = line.rooms.current;
  line.admit('a', { head: 2, messages: [message(1), message(2)] });
  return line;
}

test('members are asked on joining, and again after a resumed join', async (t) => {
  const line = await joinedRoom(t);
  assert.ok(line.last('members'));
  await line.reconnect();
  line.admit('a', { head: 2, recovered: true });

  assert.ok(line.last('members'));
});

test('members come in their order among the notices', async (t) => {
  const { room, ...line } = await joinedRoom(t);
  const { id } = line.last('members') ?? line.all('members')[0];
  line.say(
    { type: 'members', id, room: 'a', version: 3, count: 2, members: ['bob', 'me'] },
    { type: 'leave', room: 'a', sender: 'bob', version: 4, count: 1 },
  );

  assert.deepEqual(room.roster.names, ['me']);
  assert.equal(room.roster.needsAsking, false);
});

test('members that are refused are asked again, not at once', async (t) => {
  const line = await joinedRoom(t);
  line.say({ type: 'error', id: line.last('members').id, code: 'busy', temporary: true, retryAfterMs: 5000 });
  await line.pass(4000);
  assert.equal(line.all('members').length, 1);
  await line.pass(2000);

  assert.equal(line.all('members').length, 2);
});

test('what is written while away is shown at once and goes out later', async (t) => {
  const line = await joinedRoom(t);
  line.close(1006);
  line.room.say('one');
  assert.deepEqual(line.room.outbox.entries.map(({ state }) => state), ['waiting']);
  assert.equal(line.room.state, 'outside');
  await line.pass(1000);
  line.welcome();
  line.admit('a', { head: 2, recovered: true });
  assert.deepEqual(line.room.outbox.entries.map(({ state }) => state), ['sent']);
  line.say(message(3, 'me', line.last('message').id));

  assert.deepEqual(line.room.outbox.entries, []);
  assert.deepEqual(shownSeqs(line.room), [1, 2, 3]);
});

test('somebody else\'s message with my id does not take mine away', async (t) => {
  const line = await joinedRoom(t);
  line.room.say('mine');
  line.say(message(3, 'bob', line.last('message').id));

  assert.equal(line.room.outbox.entries.length, 1);
});

test('a small hole is filled with history after it began', async (t) => {
  const line = await joinedRoom(t);
  line.say({ type: 'gap', room: 'a', from: 3, to: 6 }, message(7));
  await line.pass(1000);
  const { id, after } = line.last('history');
  assert.equal(after, 2);
  line.say({ type: 'history', id, room: 'a', messages: [3, 4, 5, 6].map((seq) => message(seq)), more: true, first: 1 });
  await line.settle();

  assert.deepEqual(shownSeqs(line.room), [1, 2, 3, 4, 5, 6, 7]);
  assert.equal(line.room.pages.isBusy, false);
});

test('a large hole waits for the person', async (t) => {
  const line = await joinedRoom(t);
  line.say({ type: 'gap', room: 'a', from: 3, to: 5000 });
  await line.pass(2000);
  assert.equal(line.last('history'), undefined);

  line.room.pages.load(3);
  assert.equal(line.last('history').after, 2);
  assert.ok(line.last('history').limit <= 200);
});

test('what was missed is loaded page after page, also when another page is being read as one asks', async (t) => {
  const line = await roomsOf(t);
  line.rooms.show('a', true);
  line.room = line.rooms.current;
  line.admit('a', { head: 12, messages: [message(11), message(12)] });
  line.say({ type: 'gap', room: 'a', from: 13, to: 500 });
  line.room.pages.older();
  line.room.pages.load(13);
  const answer = async (from, to) => {
    const { id } = line.last('history');
    const messages = Array.from({ length: to - from + 1 }, (_, i) => message(from + i));
    line.say({ type: 'history', id, room: 'a', messages, more: true, first: 1 });
    await line.settle();
  };
  assert.equal(line.last('history').before, 11);
  await answer(1, 10);
  assert.equal(line.last('history').after, 12);
  await answer(13, 212);
  await answer(213, 412);
  await answer(413, 500);

  assert.equal(line.room.timeline.messages.length, 500);
  assert.equal(line.all('history').length, 4);
});

test('a page that is lost with its connection can be asked for again', async (t) => {
  const line = await joinedRoom(t);
  line.say({ type: 'gap', room: 'a', from: 3, to: 6 });
  await line.pass(1000);
  assert.equal(line.room.pages.isBusy, true);
  await line.reconnect();
  line.admit('a', { head: 6, recovered: true });
  await line.pass(1000);

  assert.equal(line.last('history').after, 2);
});

test('a refusal says why, and ends when somebody tries again', async (t) => {
  const line = await roomsOf(t);
  line.rooms.show('a', true);
  line.say({ type: 'error', id: line.last('join').id, room: 'a', code: 'forbidden' });
  const room = line.rooms.current;
  assert.equal(room.state, 'refused');
  assert.match(room.words, /may not/);
  room.join();
  assert.equal(room.state, 'outside');
  line.admit('a');

  assert.equal(room.state, 'joined');
});

test('unread counts what others said while nobody looked', async (t) => {
  const arrived = [];
  const line = await joinedRoom(t, { arrived: (room, news) => arrived.push(...news) });
  line.rooms.looked(false);
  line.say(message(3), message(3), message(4, 'me'), { ...message(5), content: 'hello @me' }, { type: 'gap', room: 'a', from: 6, to: 9 });

  assert.equal(line.room.unread, 6);
  assert.equal(line.room.mentions, 1);
  assert.deepEqual(arrived.map(({ seq }) => seq), [3, 5]);
  line.rooms.looked(true);
  assert.equal(line.room.unread, 0);
});

test('recent history is not news, what came while away is', async (t) => {
  const arrived = [];
  const line = await joinedRoom(t, { arrived: (room, news) => arrived.push(...news) });
  assert.deepEqual(arrived, []);
  await line.reconnect();
  line.admit('a', { head: 9, messages: [message(8), message(9)] });

  assert.deepEqual(arrived.map(({ seq }) => seq), [8, 9]);
  assert.deepEqual(line.room.timeline.holes, [{ from: 3, to: 7 }]);
});

test('what was missed while away is new, too, also where it did not come', async (t) => {
  const line = await joinedRoom(t);
  line.rooms.looked(false);
  await line.reconnect();
  line.admit('a', { head: 9, messages: [message(8), message(9)] });

  assert.equal(line.room.reading.newFrom, 3);
  assert.equal(line.room.unread, 7);
});

test('who reads far above the end finds the place again, also after looking elsewhere', async (t) => {
  const line = await joinedRoom(t);
  const { room, rooms } = line;
  room.following = false;
  line.say(...Array.from({ length: 2000 }, (_, i) => message(i + 3)));
  rooms.looked(false);
  await line.pass(2000);
  assert.equal(room.timeline.messages[0].seq, 1, 'while another tab is looked at');

  rooms.show('b', true);
  await line.pass(2000);
  assert.equal(room.timeline.messages[0].seq, 1, 'while another room is open');
  room.following = true;
  await line.pass(1000);
  assert.equal(room.timeline.messages.length, 1000, 'who was at the end comes back to it');
});

test('what was written has the time of the day, whatever the clock of the page says', async (t) => {
  const line = await joinedRoom(t);
  const before = Date.now();
  line.room.say('hello');

  assert.ok(line.room.outbox.entries[0].writtenAt >= before);
});

test('another log forgets the old messages and keeps what was not committed', async (t) => {
  const line = await joinedRoom(t);
  line.room.say('committed to the old log');
  line.say({ type: 'ack', id: line.last('message').id, room: 'a', seq: 3 });
  line.room.say('not yet out');
  const { id } = line.last('message');
  await line.reconnect();
  line.admit('a', { epoch: 'f' });

  assert.deepEqual(shownSeqs(line.room), []);
  assert.deepEqual(line.all('message').map((each) => each.id), [id]);
  assert.deepEqual(line.room.outbox.entries.map((each) => each.id), [id]);
});

test('the room in view is the first to be joined again', async (t) => {
  const line = await roomsOf(t);
  for (const name of ['a', 'b', 'c']) line.rooms.enter(name);
  line.rooms.show('b', true);
  await line.reconnect();

  assert.deepEqual(line.all('join').map(({ room }) => room), ['b', 'c', 'a']);
  assert.deepEqual(line.rooms.names, ['a', 'b', 'c']);
});

test('a room that the server spells better is the same room', async (t) => {
  const line = await roomsOf(t);
  line.rooms.show('straße', true);
  const room = line.rooms.current;
  line.say({ type: 'ack', id: line.last('join').id, room: 'strasse', head: 0, first: 1, epoch: 'e', count: 1 });
  line.say({ type: 'history', room: 'strasse', messages: [], first: 1 }, message(1, 'bob', 'x', 'strasse'));

  assert.equal(line.rooms.current, room);
  assert.deepEqual(line.rooms.names, ['strasse']);
  assert.deepEqual(shownSeqs(room), [1]);
});

test('a room that was left hears nothing more', async (t) => {
  const line = await joinedRoom(t);
  line.rooms.leave('a');
  line.say(message(3));

  assert.deepEqual(line.rooms.names, []);
  assert.deepEqual(shownSeqs(line.room), [1, 2]);
  assert.equal(line.last('leave').room, 'a');
});

test('much that comes at once is told once', async (t) => {
  const line = await joinedRoom(t);
  await line.settle();
  line.drawn.length = 0;
  line.say(...Array.from({ length: 500 }, (_, i) => message(i + 3)));
  await line.settle();

  assert.equal(line.drawn.length, 1);
  assert.equal(line.room.timeline.position, 502);
});

test('who types is told of until their message comes, and one tells the others in turn', async (t) => {
  const line = await joinedRoom(t);
  const { room } = line;
  line.say({ type: 'typing', room: 'a', sender: 'bob' }, { type: 'typing', room: 'a', sender: 'me' });
  assert.deepEqual(room.typists, ['bob']);
  line.say(message(3));
  assert.deepEqual(room.typists, []);

  line.say({ type: 'join', room: 'a', sender: 'bob', version: 2, count: 2 });
  room.compose();
  room.compose();
  assert.equal(line.all('typing').length, 1);
  room.disconnected();
  await line.pass(5000);
  room.compose();
  assert.equal(line.all('typing').length, 1, 'nothing while away');
});
