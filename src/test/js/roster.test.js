// The people of a room: versions, pages, and what to ask when something was missed.

import assert from 'node:assert/strict';
import test from 'node:test';
import { Roster } from '../../../webapp/roster.js';

const page = (id, version, members, more = false, count = members.length) => ({ type: 'members', id, version, count, members, more });
const join = (sender, version, count) => ({ type: 'join', sender, version, count });
const leave = (sender, version, count) => ({ type: 'leave', sender, version, count });

function rosterOf(version, ...members) {
  const roster = new Roster();
  roster.joined(members.length);
  roster.ask('q');
  roster.members(page('q', version, members));
  return roster;
}

test('a new membership asks once', () => {
  const roster = new Roster();
  roster.joined(3);
  assert.ok(roster.needsAsking);
  assert.equal(roster.count, 3);

  assert.deepEqual(roster.ask('q'), { type: 'members', id: 'q' });
  assert.ok(!roster.needsAsking);
});

test('the next version is applied', () => {
  const roster = rosterOf(5, 'ann', 'bob');
  roster.changed(join('cat', 6, 3));
  roster.changed(leave('ann', 7, 2));

  assert.deepEqual(roster.names, ['bob', 'cat']);
  assert.equal(roster.count, 2);
  assert.ok(!roster.needsAsking);
});

test('a notice that the page already knew is dropped', () => {
  const roster = rosterOf(5, 'ann', 'bob');
  roster.changed(leave('bob', 4, 1));
  roster.changed(leave('ann', 5, 1));

  assert.deepEqual(roster.names, ['ann', 'bob']);
});

test('a version that was missed is asked for', () => {
  const roster = rosterOf(5, 'ann', 'bob');
  roster.changed(join('dan', 7, 4));

  assert.ok(roster.needsAsking);
  assert.equal(roster.count, 4);
  roster.ask('r');
  roster.members(page('r', 7, ['ann', 'bob', 'cat', 'dan']));
  roster.changed(leave('cat', 8, 3));
  assert.deepEqual(roster.names, ['ann', 'bob', 'dan']);
  assert.ok(!roster.needsAsking);
});

test('a notice that overtakes the first page is not lost', () => {
  const roster = new Roster();
  roster.joined(1);
  roster.ask('q');
  roster.changed(join('bob', 6, 2));
  roster.members(page('q', 5, ['ann']));

  assert.ok(roster.needsAsking);
});

test('the very first version of a room is not taken for the next one', () => {
  const roster = new Roster();
  roster.joined(1);
  roster.changed(join('ann', 1, 1));

  assert.deepEqual(roster.names, []);
  assert.ok(roster.needsAsking);
});

test('a first page that knows the notices before it needs no other', () => {
  const roster = new Roster();
  roster.joined(1);
  roster.ask('q');
  roster.changed(join('bob', 6, 2));
  roster.members(page('q', 6, ['ann', 'bob']));

  assert.ok(!roster.needsAsking);
  roster.changed(join('cat', 7, 3));
  assert.deepEqual(roster.names, ['ann', 'bob', 'cat']);
});

test('versions are good for one membership: after a resumed join everything is asked anew', () => {
  const roster = rosterOf(50, 'ann', 'bob');
  roster.joined(1);
  assert.deepEqual(roster.names, ['ann', 'bob'], 'kept in sight until the page comes');

  roster.ask('r');
  roster.members(page('r', 3, ['ann']));
  roster.changed(join('cat', 4, 2));
  assert.deepEqual(roster.names, ['ann', 'cat']);
});

test('a summary without names counts, and asks', () => {
  const roster = rosterOf(5, 'ann');
  roster.members({ type: 'members', version: 9, count: 150 });

  assert.equal(roster.count, 150);
  assert.ok(roster.needsAsking);
  assert.deepEqual(roster.names, ['ann']);
});

test('a late page of nobody\'s asking is dropped', () => {
  const roster = rosterOf(5, 'ann');
  roster.members(page('old', 4, ['zoe']));

  assert.deepEqual(roster.names, ['ann']);
});

test('a large room is read page by page, as the person asks', () => {
  const roster = new Roster();
  roster.joined(5);
  roster.ask('q');
  roster.members(page('q', 5, ['a', 'b'], true, 5));
  assert.ok(roster.hasMore);
  assert.ok(!roster.needsAsking);

  assert.deepEqual(roster.askMore('r'), { type: 'members', id: 'r', after: 'b' });
  assert.equal(roster.askMore('s'), null, 'one at a time');
  roster.members(page('r', 5, ['c', 'd'], true, 5));
  roster.askMore('t');
  roster.members(page('t', 5, ['e'], false, 5));

  assert.deepEqual(roster.names, ['a', 'b', 'c', 'd', 'e']);
  assert.ok(!roster.hasMore);
  assert.equal(roster.askMore('u'), null);
});

test('somebody beyond the listed pages is counted, not listed', () => {
  const roster = new Roster();
  roster.joined(5);
  roster.ask('q');
  roster.members(page('q', 5, ['b', 'd'], true, 5));
  roster.changed(join('z', 6, 6));
  roster.changed(join('c', 7, 7));

  assert.deepEqual(roster.names, ['b', 'c', 'd']);
  assert.equal(roster.count, 7);
});

test('reading anew keeps as many pages as the person wanted to see', () => {
  const roster = new Roster();
  roster.joined(5);
  roster.ask('q');
  roster.members(page('q', 5, ['a', 'b'], true, 5));
  roster.askMore('r');
  roster.members(page('r', 5, ['c', 'd'], true, 5));
  roster.members({ type: 'members', version: 9, count: 5 });

  assert.deepEqual(roster.ask('s'), { type: 'members', id: 's' });
  roster.members(page('s', 9, ['a', 'aa'], true, 5));
  assert.deepEqual(roster.names, ['a', 'aa', 'b', 'c', 'd'], 'nobody vanishes while reading');
  assert.ok(roster.needsAsking);
  assert.deepEqual(roster.ask('t'), { type: 'members', id: 't', after: 'aa' });
  roster.members(page('t', 9, ['c', 'e'], true, 5));

  assert.deepEqual(roster.names, ['a', 'aa', 'c', 'e']);
  assert.ok(!roster.needsAsking);
  assert.ok(roster.hasMore);
});

test('a refused question is asked again', () => {
  const roster = new Roster();
  roster.joined(1);
  roster.ask('q');
  roster.refused();

  assert.ok(roster.needsAsking);
  assert.ok(!roster.isAsking('q'));
});
