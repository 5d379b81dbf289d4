// How far rooms were read, over reloads and in several tabs.

import assert from 'node:assert/strict';
import test from 'node:test';
import { Positions } from '../../../webapp/positions.js';
import { Remembered } from '../../../webapp/remembered.js';
import { Timeline } from '../../../webapp/timeline.js';

class Storage {
  items = new Map();
  getItem = (key) => this.items.get(key) ?? null;
  setItem = (key, value) => this.items.set(key, value);
  removeItem = (key) => this.items.delete(key);
}

function message(seq, sender = 'bert', content = 'words') {
  return { type: 'message', room: 'ops', seq, sender, content };
}

/** A room as it is once its first page has come: the messages `from` to `to`, and older ones before. */
function roomOf({ epoch = 'e', from = 1, to, shown = false, messages = null }) {
  const timeline = new Timeline();
  timeline.joined({ epoch, head: to });
  const page = messages ?? Array.from({ length: to - from + 1 }, (_, i) => message(from + i));
  timeline.joinPage({ messages: page, more: from > 1 });
  return { name: 'ops', timeline, shown, unread: 0, mentions: 0, unreadMore: false };
}

function visit(storage, room) {
  const rooms = { all: [room] };
  const positions = new Positions(rooms, new Remembered(storage, '/'), { now: () => 0, sender: () => 'anna' });
  positions.follow();
  return positions;
}

test('what came since one was here last is unread', () => {
  const storage = new Storage();
  visit(storage, roomOf({ to: 10, shown: true })).write();

  const room = roomOf({ messages: [message(9), message(10), message(11), message(12, 'anna'), message(13, 'bert', 'hi @anna')], from: 9, to: 13 });
  visit(storage, room);

  assert.deepEqual([room.unread, room.mentions, room.unreadMore], [2, 1, false]);
});

test('more than the page that came is said to be more', () => {
  const storage = new Storage();
  visit(storage, roomOf({ to: 10, shown: true })).write();

  const room = roomOf({ from: 100, to: 149 });
  visit(storage, room);
  assert.deepEqual([room.unread, room.unreadMore], [50, true]);

  const exact = roomOf({ from: 11, to: 60 });
  visit(storage, exact);
  assert.deepEqual([exact.unread, exact.unreadMore], [50, false]);
});

test('of a room that is new here everything is read; of a new log nothing', () => {
  const storage = new Storage();
  const first = roomOf({ to: 5 });
  visit(storage, first).write();
  assert.equal(first.unread, 0);

  const later = roomOf({ to: 7 });
  visit(storage, later);
  assert.equal(later.unread, 2);

  const other = roomOf({ epoch: 'f', to: 3 });
  visit(storage, other);
  assert.equal(other.unread, 3);
});

test('the room in view is read, and shows where the new begins', () => {
  const storage = new Storage();
  visit(storage, roomOf({ to: 5, shown: true })).write();
  const room = roomOf({ to: 8, shown: true });
  const arrived = [];
  room.reading = { arrived: (...all) => arrived.push(all) };
  const positions = visit(storage, room);

  assert.deepEqual(arrived, [[6, false]]);
  assert.equal(room.unread, 0);
  positions.write();
  assert.equal(new Remembered(storage, '/').read.ops.seq, 8);
});

test('what another tab reads is read here too', () => {
  const storage = new Storage();
  const here = roomOf({ to: 5 });
  const positions = visit(storage, here);
  positions.write();
  for (const seq of [6, 7]) here.timeline.event(message(seq));
  here.unread = 2;

  new Remembered(storage, '/').read = { ops: { epoch: 'e', seq: 6 } };
  assert.equal(positions.readElsewhere(), true);
  assert.equal(here.unread, 1);
  new Remembered(storage, '/').read = { ops: { epoch: 'e', seq: 7 } };
  positions.readElsewhere();
  assert.equal(here.unread, 0);
  assert.equal(positions.readElsewhere(), false);
});

test('nothing is counted before the first page has come', () => {
  const storage = new Storage();
  visit(storage, roomOf({ to: 5, shown: true })).write();
  const room = roomOf({ to: 9 });
  room.timeline = new Timeline();
  const positions = visit(storage, room);
  room.timeline.joined({ epoch: 'e', head: 9 });
  positions.follow();
  assert.equal(room.unread, 0);

  room.timeline.joinPage({ messages: [message(8), message(9)] });
  positions.follow();
  assert.equal(room.unread, 2);
});
