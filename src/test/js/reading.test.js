// Where the line above what is new stands.

import assert from 'node:assert/strict';
import test from 'node:test';
import { Rooms } from '../../../webapp/rooms.js';

const message = (room, seq, sender = 'bob') => ({ type: 'message', room, seq, id: `i${seq}`, sender, content: 'c', timestamp: seq });

/** Somebody in two rooms, of which `a` is in view. */
function roomsOf() {
  const client = Object.assign(new EventTarget(), { join() {}, leave() {}, send() {}, request: () => new Promise(() => {}) });
  const context = { client, now: () => 1000, sender: () => 'me' };
  const rooms = new Rooms(context, { roomsChanged: () => {} });
  for (const name of ['b', 'a']) {
    const room = rooms.enter(name);
    rooms.show(name, true);
    room.state = 'joined';
    room.timeline.joined({ epoch: 'e', head: 1, recovered: false });
    room.timeline.joinPage({ messages: [message(name, 1)] });
  }
  return { rooms, a: rooms.enter('a'), b: rooms.enter('b') };
}

// As the client tells it, one by one.
const hear = (rooms, messages) => messages.forEach((each) => rooms.enter(each.room).receive(each));

test('who looks at the end needs no line', () => {
  const { rooms, a } = roomsOf();
  hear(rooms, [message('a', 2)]);

  assert.equal(a.reading.newFrom, null);
});

test('the line stands at the first message that came while another room was in view, and stays while one looks', () => {
  const { rooms, b } = roomsOf();
  hear(rooms, [message('b', 2), message('b', 3)]);
  assert.equal(b.reading.newFrom, 2);

  rooms.show('b', true);
  hear(rooms, [message('b', 4)]);
  assert.equal(b.reading.newFrom, 2);

  rooms.show('a', true);
  assert.equal(b.reading.newFrom, null);
  hear(rooms, [message('b', 5)]);
  assert.equal(b.reading.newFrom, 5);
});

test('what was not come to the end of keeps its line', () => {
  const { rooms, b } = roomsOf();
  hear(rooms, [message('b', 2)]);
  rooms.show('b', true);
  b.following = false;
  rooms.show('a', true);
  hear(rooms, [message('b', 3)]);

  assert.equal(b.reading.newFrom, 2);
});

test('a hidden tab and reading further up count as not looking', () => {
  const { rooms, a } = roomsOf();
  rooms.looked(false);
  hear(rooms, [message('a', 2)]);
  assert.equal(a.reading.newFrom, 2);

  const other = roomsOf();
  other.a.following = false;
  hear(other.rooms, [message('a', 2), message('a', 3)]);
  assert.equal(other.a.reading.newFrom, 2);
});

test('what was skipped while nobody looked is new too', () => {
  const { rooms, b } = roomsOf();
  hear(rooms, [{ type: 'gap', room: 'b', from: 2, to: 9 }, message('b', 10)]);

  assert.equal(b.reading.newFrom, 2);
});

test('own words from elsewhere make no line, and who says something here has read', () => {
  const { rooms, b } = roomsOf();
  hear(rooms, [message('b', 2, 'me')]);
  assert.equal(b.reading.newFrom, null);

  hear(rooms, [message('b', 3)]);
  b.say('answer');
  assert.equal(b.reading.newFrom, null);
});

test('what was said while there was no connection is new, also to who looks', () => {
  const { rooms, a } = roomsOf();
  a.receive({ type: 'ack', room: 'a', head: 3, first: 1, epoch: 'e', count: 1, recovered: true });
  hear(rooms, [message('a', 2), message('a', 3), message('a', 4)]);
  assert.equal(a.reading.newFrom, 2);

  const other = roomsOf().a;
  other.receive({ type: 'ack', room: 'a', head: 90, first: 1, epoch: 'e', count: 1 });
  other.receive({ type: 'history', room: 'a', messages: [message('a', 89), message('a', 90)], more: true, first: 1 });
  assert.equal(other.reading.newFrom, 2);
});

test('in another log the line is forgotten', () => {
  const { rooms, b } = roomsOf();
  hear(rooms, [message('b', 2)]);
  b.receive({ type: 'ack', room: 'b', head: 2, first: 1, epoch: 'f', count: 1 });

  assert.equal(b.reading.newFrom, null);
});

test('the last message seen only ever rises', () => {
  const { a } = roomsOf();
  a.reading.saw(5);
  a.reading.saw(3);

  assert.equal(a.reading.seenTo, 5);
});
