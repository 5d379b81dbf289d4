// What the talk shows from top to bottom.

import assert from 'node:assert/strict';
import test from 'node:test';
import { rowsOf } from '../../../webapp/view/rows.js';

const NOON = new Date(2024, 4, 17, 12).getTime();
const said = (seq, sender, timestamp) => ({ seq, id: `i${seq}`, sender, content: '', timestamp });
const written = (id, writtenAt) => ({ id, content: '', state: 'sent', words: '', writtenAt });
const rows = (messages, holes = [], entries = []) => rowsOf({ timeline: { messages, holes }, outbox: { entries } }, 'me');
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
  const room = (messages, entries) => ({ timeline: { messages, holes: [] }, outbox: { entries } });
  const log = [{ ...said(1, 'me', NOON), guest: true }, { ...said(2, 'bob', NOON), guest: true }];

  const guests = rowsOf(room(log, [written('x', NOON)]), 'me', true).filter(({ kind }) => kind === 'message');
  const account = rowsOf(room([], [written('x', NOON)]), 'me', false).filter(({ kind }) => kind === 'message');

  assert.deepEqual(guests.map(({ guest }) => guest), [true, true, true]);
  assert.deepEqual(account.map(({ guest }) => guest), [false]);
});

test('a slow clock does not put what is written before what is read', () => {
  const all = rows([said(1, 'bob', NOON)], [], [written('x', NOON - 86_400_000)]);

  assert.deepEqual(kinds(all), ['day', 'message', 'message']);
});

test('no two rows have the same key', () => {
  const all = rows(
    [said(1, 'bob', NOON), said(2, 'me', NOON), said(5, 'ann', NOON + 86_400_000)],
    [{ from: 3, to: 4 }, { from: 6, to: 6 }],
    [written('x', NOON), written('y', NOON)],
  );

  assert.equal(new Set(all.map(({ key }) => key)).size, all.length);
});
