// One room on the wire: joining, resuming, refusals, and messages of memberships that have ended.

import assert from 'node:assert/strict';
import test from 'node:test';
import { Room } from '../../../webapp/room.js';

const message = (seq, sender = 'bob', id = `i${seq}`) => ({ type: 'message', room: 'a', seq, id, sender, content: `c${seq}`, timestamp: seq });

/** A room with a line that records what is sent, and a clock that stands until it is moved. */
function roomOf() {
  const line = { sent: [], isOpen: true, now: 1000, ids: 0 };
  const context = {
    newId: () => `id${++line.ids}`,
    now: () => line.now,
    sender: () => 'me',
    send: (each) => line.isOpen && line.sent.push(each) > 0,
  };
  const room = new Room('a', context);
  room.shown = true;
  return { room, line, last: (type) => line.sent.findLast((each) => each.type === type) };
}

function joinedRoom(head = 2) {
  const scene = roomOf();
  const { room, last } = scene;
  room.join();
  room.receive({ type: 'ack', id: last('join').id, room: 'a', head, first: 1, epoch: 'e', count: 2, recovered: false });
  const messages = Array.from({ length: head }, (_, i) => message(i + 1));
  room.receive({ type: 'history', room: 'a', messages, more: false, first: 1 });
  return scene;
}

function reconnect({ room, line, last }, ack) {
  room.disconnected();
  line.sent.length = 0;
  room.join();
  const { id } = last('join');
  room.receive({ type: 'ack', id, room: 'a', first: 1, count: 2, ...ack });
}

test('the first join sends no position, a resumed one sends since and epoch', () => {
  const scene = joinedRoom();
  assert.ok(!('since' in scene.line.sent[0]));
  scene.room.receive(message(3));

  reconnect(scene, { head: 3, epoch: 'e', recovered: true });

  assert.equal(scene.line.sent[0].since, 3);
  assert.equal(scene.line.sent[0].epoch, 'e');
});

test('members are asked on joining, and again after a resumed join', () => {
  const scene = joinedRoom();
  assert.ok(scene.last('members'));

  reconnect(scene, { head: 2, epoch: 'e', recovered: true });
  assert.ok(scene.last('members'));
});

test('what is written while away goes out after the join is answered, in order', () => {
  const scene = joinedRoom();
  scene.line.isOpen = false;
  scene.room.disconnected();
  scene.room.say('one');
  scene.room.say('two');
  scene.line.isOpen = true;

  reconnect(scene, { head: 2, epoch: 'e', recovered: true });

  const types = scene.line.sent.map((each) => each.type);
  assert.deepEqual(scene.line.sent.filter((each) => each.type === 'message').map((each) => each.content), ['one', 'two']);
  assert.ok(types.indexOf('join') < types.indexOf('message'));
});

test('an unanswered message is sent again with the same id, unless the log brings it first', () => {
  const scene = joinedRoom();
  scene.room.say('lost');
  scene.room.say('committed');
  const [lost, committed] = scene.line.sent.filter((each) => each.type === 'message');

  reconnect(scene, { head: 3, epoch: 'e', recovered: true });
  scene.room.receive(message(3, 'me', committed.id));

  assert.equal(scene.line.sent.filter((each) => each.type === 'message')[0].id, lost.id);
  assert.deepEqual(scene.room.outbox.entries.map((each) => each.id), [lost.id]);
});

test('somebody else\'s message with my id does not take mine away', () => {
  const scene = joinedRoom();
  scene.room.say('mine');
  scene.room.receive(message(3, 'bob', scene.last('message').id));

  assert.equal(scene.room.outbox.entries.length, 1);
});

test('after a leave and a new join, what still comes of the old membership is ignored', () => {
  const { room, last } = roomOf();
  room.join();
  room.receive(message(41));
  room.receive({ type: 'history', id: 'old', room: 'a', messages: [message(40)], more: false, first: 1 });
  assert.equal(room.timeline.position, null);

  room.receive({ type: 'ack', id: last('join').id, room: 'a', head: 0, first: 1, epoch: 'e', count: 1, recovered: false });
  room.receive({ type: 'history', id: 'old', room: 'a', messages: [message(40)], more: false, first: 1 });
  assert.equal(room.timeline.position, null, 'a late answer is not the page of this join');
});

test('a small hole is filled with history after it began', () => {
  const { room, last } = joinedRoom();
  room.receive({ type: 'gap', room: 'a', from: 3, to: 6 });
  room.receive(message(7));
  room.tick();

  const { id, after } = last('history');
  assert.equal(after, 2);
  room.receive({ type: 'history', id, room: 'a', messages: [3, 4, 5, 6].map((seq) => message(seq)), more: true, first: 1 });
  assert.deepEqual(room.timeline.messages.map((each) => each.seq), [1, 2, 3, 4, 5, 6, 7]);
});

test('a large hole waits for the person', () => {
  const { room, last } = joinedRoom();
  room.receive({ type: 'gap', room: 'a', from: 3, to: 5000 });
  room.tick();
  assert.equal(last('history'), undefined);

  room.pages.fill(3);
  assert.equal(last('history').after, 2);
  assert.ok(last('history').limit <= 200);
});

test('a refusal that may pass is tried again when it is time, one for good is not', () => {
  const { room, line, last } = roomOf();
  room.join();
  room.receive({ type: 'error', id: last('join').id, room: 'a', code: 'busy', temporary: true, retryAfterMs: 500 });
  room.tick();
  assert.equal(line.sent.length, 1);
  line.now += 500;
  room.tick();
  assert.equal(line.sent.length, 2);

  room.receive({ type: 'error', id: last('join').id, room: 'a', code: 'forbidden', temporary: false });
  line.now += 60_000;
  room.tick();
  assert.equal(room.state, 'refused');
  assert.equal(line.sent.length, 2);
});

test('a join that is answered late, after it was asked again, still brings its page', () => {
  const { room, line, last } = roomOf();
  room.join();
  const first = last('join').id;
  line.now += 30_000;
  room.tick();
  const second = last('join').id;
  assert.notEqual(second, first);

  const ack = { type: 'ack', room: 'a', head: 2, first: 1, epoch: 'e', count: 1, recovered: false };
  room.receive({ ...ack, id: first });
  room.receive({ type: 'history', id: first, room: 'a', messages: [message(1), message(2)], more: false, first: 1 });
  room.receive(message(3));
  room.receive({ ...ack, id: second, head: 3 });

  assert.deepEqual(room.timeline.messages.map((each) => each.seq), [1, 2, 3]);
  assert.equal(room.pages.isBusy, false, 'the second answer is an ack alone: no page is waited for');
});

test('a refusal of the first of two joins leaves it to the second', () => {
  const { room, line, last } = roomOf();
  room.join();
  const first = last('join').id;
  line.now += 30_000;
  room.tick();

  room.receive({ type: 'error', id: first, room: 'a', code: 'busy', temporary: true });
  assert.equal(room.state, 'joining');
  room.receive({ type: 'ack', id: last('join').id, room: 'a', head: 0, first: 1, epoch: 'e', count: 1, recovered: false });
  assert.equal(room.state, 'joined');
});

test('a join of a lost connection is not answered by the next one', () => {
  const { room, last } = roomOf();
  room.join();
  const { id } = last('join');
  room.disconnected();
  room.join();

  room.receive({ type: 'ack', id, room: 'a', head: 2, first: 1, epoch: 'e', count: 1, recovered: false });
  assert.equal(room.state, 'joining');
});

test('whoever was thrown out comes in again and then says it', () => {
  const { room, line, last } = joinedRoom();
  room.say('hello');
  const { id } = last('message');
  line.sent.length = 0;
  room.receive({ type: 'error', id, room: 'a', code: 'not_joined', temporary: false });
  room.receive({ type: 'ack', id: last('join').id, room: 'a', head: 2, first: 1, epoch: 'e', count: 1, recovered: true });
  line.now += 60_000;
  room.tick();

  assert.equal(last('message').id, id);
});

test('unread counts what others said while nobody looked', () => {
  const { room } = joinedRoom();
  room.shown = false;
  room.receive(message(3));
  room.receive(message(3));
  room.receive(message(4, 'me'));
  room.receive({ type: 'gap', room: 'a', from: 5, to: 9 });
  assert.equal(room.unread, 6);

  room.seen();
  assert.equal(room.unread, 0);
});

test('another log forgets the old messages and keeps what was not committed', () => {
  const scene = joinedRoom();
  scene.room.say('committed to the old log');
  scene.room.receive({ type: 'ack', id: scene.last('message').id, room: 'a', seq: 3 });
  scene.room.say('not yet out');
  const { id } = scene.last('message');

  reconnect(scene, { head: 0, epoch: 'f', recovered: false });
  scene.room.receive({ type: 'history', room: 'a', messages: [], more: false, first: 1 });

  assert.deepEqual(scene.room.timeline.messages, []);
  assert.deepEqual(scene.line.sent.filter((each) => each.type === 'message').map((each) => each.id), [id]);
  assert.deepEqual(scene.room.outbox.entries.map((each) => each.id), [id]);
});

test('who types is told of until their message comes, and one tells the others in turn', () => {
  const { room, line } = joinedRoom();
  room.receive({ type: 'typing', room: 'a', sender: 'bob' });
  room.receive({ type: 'typing', room: 'a', sender: 'me' });
  assert.deepEqual(room.typists, ['bob']);
  room.receive(message(3));
  assert.deepEqual(room.typists, []);

  room.compose();
  room.compose();
  assert.equal(line.sent.filter(({ type }) => type === 'typing').length, 1);
  room.disconnected();
  line.now += 5000;
  room.compose();
  assert.equal(line.sent.filter(({ type }) => type === 'typing').length, 1, 'nothing while away');
});
