// The order of the rooms, and going from one to the next.

import assert from 'node:assert/strict';
import test from 'node:test';
import { afterLeaving, inOrder, neighbour } from '../../../webapp/order.js';

const rooms = ['room-10', 'ops', 'room-9', 'ärzte', 'dev'].map((name) => ({ name, unread: name === 'ops' ? 2 : 0 }));
const [room10, ops, room9, , dev] = rooms;

test('rooms are listed as a reader looks for them', () => {
  assert.deepEqual(inOrder(rooms).map(({ name }) => name), ['ärzte', 'dev', 'ops', 'room-9', 'room-10']);
});

test('next and previous go around', () => {
  assert.equal(neighbour(rooms, dev, 1), ops);
  assert.equal(neighbour(rooms, dev, -1), rooms[3]);
  assert.equal(neighbour(rooms, room10, 1), rooms[3]);
  assert.equal(neighbour(rooms, null, 1), rooms[3]);
  assert.equal(neighbour(rooms, null, -1), room10);
  assert.equal(neighbour([], null, 1), null);
  assert.equal(neighbour([dev], dev, 1), null);
});

test('the next unread one is found from both sides', () => {
  const isUnread = ({ unread }) => unread > 0;
  assert.equal(neighbour(rooms, room9, 1, isUnread), ops);
  assert.equal(neighbour(rooms, room9, -1, isUnread), ops);
  assert.equal(neighbour(rooms, ops, 1, isUnread), null);
});

test('who leaves a room comes to the one that takes its place', () => {
  assert.equal(afterLeaving(rooms, ops), room9);
  assert.equal(afterLeaving(rooms, room10), room9);
  assert.equal(afterLeaving([dev], dev), null);
});
