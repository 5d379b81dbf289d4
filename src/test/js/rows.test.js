// What the talk shows from top to bottom.

import assert from 'node:assert/strict';
import test from 'node:test';
import { rowsOf } from '../../../webapp/view/rows.js';

const NOON = new Date(2024, 4, 17, 12).getTime();
const said = (seq, sender, timestamp) => ({ seq, id: `i${seq}`, sender, content: '', timestamp });
const written = (id, writtenAt) => ({ id, content: '', state: 'sent', words: '', writtenAt });
const visible = (room, reader, ranges) => rowsOf(room, { me: 'me', ...reader }, ranges).filter(({ kind }) => kind !== 'space');
const roomOf = (messages, holes = [], entries = []) => ({ timeline: { messages, holes }, outbox: { entries } });
const rows = (messages, holes, entries, reader) => visible(roomOf(messages, holes, entries), reader);
const kinds = (all) => all.map(({ kind }) => kind);

test('a new day has a heading, and one only', () => {
  const all = rows([said(1, 'bob', NOON), said(2, 'ann', NOON + 1000), said(3, 'bob', NOON + 86_400_000)]);

  assert.deepEqual(kinds(all), ['day', 'message', 'message', 'day', 'message']);
});

test('messages of one sender stand together, but not over time or over a hole', () => {
  const all = rows(
    [said(1, 'bob', NOON), said(2, 'bob', NOON + 1000), said(3, 'bob', NOON + 600_000), said(9, 'bob', NOON + 601_000)],
    [{ from: 4, to: 8 }],
  );

  assert.deepEqual(all.filter(({ kind }) => kind === 'message').map(({ together }) => together), [false, true, false, false]);
});

test('holes stand where they are, also at the end', () => {
  const all = rows([said(1, 'bob', NOON), said(5, 'bob', NOON)], [{ from: 2, to: 4 }, { from: 6, to: 9 }]);

  assert.deepEqual(kinds(all), ['day', 'message', 'hole', 'message', 'hole']);
  assert.equal(all[2].missing, 3);
});

test('an own message keeps its key when it comes into the log', () => {
  const [, before] = rows([], [], [written('x', NOON)]);
  const [, after] = rows([{ ...said(1, 'me', NOON), id: 'x' }]);

  assert.equal(before.key, after.key);
  assert.notEqual(before.state, after.state);
});

test('a guest is one before and after the own message comes into the log', () => {
  const log = [{ ...said(1, 'me', NOON), guest: true }, { ...said(2, 'bob', NOON), guest: true }];

  const guests = rows(log, [], [written('x', NOON)], { isGuest: true }).filter(({ kind }) => kind === 'message');
  const account = rows([], [], [written('x', NOON)], { isGuest: false }).filter(({ kind }) => kind === 'message');

  assert.deepEqual(guests.map(({ guest }) => guest), [true, true, true]);
  assert.deepEqual(account.map(({ guest }) => guest), [false]);
});

test('a slow clock does not put what is written before what is read', () => {
  const all = rows([said(1, 'bob', NOON)], [], [written('x', NOON - 86_400_000)]);

  assert.deepEqual(kinds(all), ['day', 'message', 'message']);
});

test('the line stands above the first new message, which has a heading of its own then', () => {
  const all = rows([said(1, 'bob', NOON), said(2, 'bob', NOON), said(3, 'bob', NOON)], [], [], { newFrom: 2 });

  assert.deepEqual(kinds(all), ['day', 'message', 'new', 'message', 'message']);
  assert.equal(all[3].together, false);
  assert.equal(all[2].item, 2);
});

test('the line stands above a hole that is new, and above the first message of what is left of it', () => {
  const of = (holes) => kinds(rows([said(1, 'bob', NOON), said(9, 'bob', NOON)], holes, [], { newFrom: 4 }));

  assert.deepEqual(of([{ from: 4, to: 8 }]), ['day', 'message', 'new', 'hole', 'message']);
  assert.deepEqual(of([{ from: 2, to: 3 }, { from: 5, to: 8 }]), ['day', 'message', 'hole', 'new', 'hole', 'message']);
  assert.deepEqual(of([]), ['day', 'message', 'new', 'message']);
  assert.deepEqual(kinds(rows([said(1, 'bob', NOON)], [{ from: 2, to: 6 }], [], { newFrom: 4 })), ['day', 'message', 'new', 'hole']);
});

test('the line waits until what it stands above has been read', () => {
  const room = { timeline: { messages: [said(9, 'bob', NOON)], holes: [], before: 9 }, outbox: { entries: [] } };

  assert.deepEqual(kinds(visible(room, { newFrom: 4 })), ['day', 'message']);
  room.timeline.before = null;
  assert.deepEqual(kinds(visible(room, { newFrom: 4 })), ['day', 'new', 'message']);
});

test('what is sent is said to be so only when it takes long', () => {
  const slow = (now) => rows([], [], [written('x', NOON)], { now }).at(-1).isSlow;

  assert.deepEqual([slow(NOON + 100), slow(NOON + 5000)], [false, true]);
});

test('a message of others that calls the reader is known', () => {
  const all = rows([{ ...said(1, 'bob', NOON), content: 'hi @Me.' }, { ...said(2, 'me', NOON), content: '@me' }, said(3, 'bob', NOON)]);

  assert.deepEqual(all.filter(({ kind }) => kind === 'message').map(({ callsMe }) => callsMe), [true, false, false]);
});

test('whatever parts are drawn, each row is what it is when all are', () => {
  for (let seed = 1; seed <= 300; seed++) {
    const random = lehmer(seed);
    const below = (most) => Math.floor(random() * most);
    const messages = [];
    const holes = [];
    let at = NOON;
    for (let seq = 1; messages.length < 40; seq++) {
      at += below(3) === 0 ? below(86_400_000) : below(400_000);
      const to = seq + below(3);
      if (below(8) === 0) holes.push({ from: seq, to });
      else if (below(8) > 0) messages.push(said(seq, ['bob', 'ann', 'me'][below(3)], at));
      if (holes.at(-1)?.to === to) seq = to + 1; // none touch
    }
    const entries = below(2) === 0 ? [] : [written('x', at - 5000), written('y', at + below(86_400_000))];
    const room = roomOf(messages, holes, entries);
    const reader = { newFrom: below(2) === 0 ? null : 1 + below(60) };
    const all = visible(room, reader);

    const from = below(20);
    const to = from + below(20);
    const ranges = [{ from, to }, { from: to + 1 + below(10), to: messages.length - below(2) }];
    const part = visible(room, reader, ranges);

    const drawn = ranges.flatMap((each) => messages.slice(each.from, each.to)).map(({ seq }) => seq);
    if (ranges[1].to === messages.length) drawn.push('tail');
    assert.deepEqual(part, all.filter(({ item }) => drawn.includes(item)), `seed ${seed}`);
    assert.equal(new Set(all.map(({ key }) => key)).size, all.length, `seed ${seed}`);
  }
});

test('between the parts are spaces, and they tell what they stand for', () => {
  const messages = Array.from({ length: 30 }, (_, i) => said(i + 1, 'bob', NOON));
  const spaces = (ranges) => rowsOf(roomOf(messages), { me: 'me' }, ranges).filter(({ kind }) => kind === 'space').map(({ from, to }) => [from, to]);

  assert.deepEqual(spaces([{ from: 0, to: 30 }]), [[0, 0], [30, 30]]);
  assert.deepEqual(spaces([{ from: 3, to: 5 }, { from: 20, to: 25 }]), [[0, 3], [5, 20], [25, 30]]);
});

test('no two rows have the same key', () => {
  const all = rows(
    [said(1, 'bob', NOON), said(2, 'me', NOON), said(5, 'ann', NOON + 86_400_000)],
    [{ from: 3, to: 4 }, { from: 6, to: 6 }],
    [written('x', NOON), written('y', NOON)],
  );

  assert.equal(new Set(all.map(({ key }) => key)).size, all.length);
});

function lehmer(seed) {
  let state = seed * 7919;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}
