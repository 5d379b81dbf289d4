// A room's log as the page knows it: position, doubles, holes, epochs.

import assert from 'node:assert/strict';
import test from 'node:test';
import { Timeline } from '../../../webapp/timeline.js';

const event = (seq, type = 'message') => ({ type, room: 'a', seq, id: `i${seq}`, sender: 'bob', content: `c${seq}` });
const events = (from, to) => Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => event(from + i));
const seqs = (timeline) => timeline.messages.map(({ seq }) => seq);
const range = (from, to) => events(from, to).map(({ seq }) => seq);

function joined(head, { epoch = 'e', first = 1, from = Math.max(first, head - 49) } = {}) {
  const timeline = new Timeline();
  timeline.joined({ epoch, head, first, recovered: false });
  timeline.joinPage({ messages: events(from, head), more: from > first, first });
  return timeline;
}

test('before anything is known a join asks for recent history', () => {
  assert.deepEqual(new Timeline().cursor, {});
});

test('after the first page a join goes on from the head', () => {
  assert.deepEqual(joined(80).cursor, { since: 80, epoch: 'e' });
  assert.deepEqual(joined(0).cursor, { since: 0, epoch: 'e' });
});

test('a connection lost before the first page leaves no position behind', () => {
  const timeline = new Timeline();
  timeline.joined({ epoch: 'e', head: 80, recovered: false });

  assert.deepEqual(timeline.cursor, {});
});

test('live events move the position and are shown in order', () => {
  const timeline = joined(3);

  assert.ok(timeline.event(event(4)));
  assert.ok(timeline.event(event(5)));

  assert.deepEqual(seqs(timeline), [1, 2, 3, 4, 5]);
  assert.deepEqual(timeline.holes, []);
});

test('at or below the position an event is a double and is dropped', () => {
  const timeline = joined(3);
  timeline.event(event(4));

  assert.equal(timeline.event(event(4)), false);
  assert.equal(timeline.event(event(2)), false);
  assert.deepEqual(seqs(timeline), [1, 2, 3, 4]);
});

test('types not known count but are not shown', () => {
  const timeline = joined(3);
  timeline.event(event(4, 'something-later'));
  timeline.event(event(5));

  assert.deepEqual(timeline.holes, []);
  assert.equal(timeline.position, 5);
  assert.deepEqual(seqs(timeline), [1, 2, 3, 5]);
});

test('an unannounced jump is a hole too', () => {
  const timeline = joined(3);
  timeline.event(event(7));

  assert.deepEqual(timeline.holes, [{ from: 4, to: 6 }]);
});

test('a gap is a hole, and what is below it later is a double', () => {
  const timeline = joined(3);
  timeline.gap({ from: 4, to: 10 });

  assert.deepEqual(timeline.holes, [{ from: 4, to: 10 }]);
  assert.equal(timeline.event(event(10)), false);
  assert.ok(timeline.event(event(11)));
});

test('a gap of notices alone is no hole', () => {
  const timeline = joined(3);
  timeline.gap({ room: 'a' });

  assert.deepEqual(timeline.holes, []);
  assert.equal(timeline.position, 3);
});

test('gaps that touch are one hole', () => {
  const timeline = joined(3);
  timeline.gap({ from: 4, to: 10 });
  timeline.gap({ from: 11, to: 20 });
  timeline.event(event(21));
  timeline.gap({ from: 22, to: 30 });

  assert.deepEqual(timeline.holes, [{ from: 4, to: 20 }, { from: 22, to: 30 }]);
});

test('a hole is filled from below, page by page, and the messages find their place', () => {
  const timeline = joined(3);
  timeline.gap({ from: 4, to: 10 });
  timeline.event(event(11));

  timeline.holePage({ messages: events(4, 7), more: true, first: 1 }, 3);
  assert.deepEqual(timeline.holes, [{ from: 8, to: 10 }]);
  timeline.holePage({ messages: events(8, 12), more: true, first: 1 }, 7);

  assert.deepEqual(timeline.holes, []);
  assert.deepEqual(seqs(timeline), range(1, 11));
});

test('an empty page, or the last one, closes a hole for good', () => {
  const timeline = joined(3);
  timeline.gap({ from: 4, to: 10 });
  timeline.holePage({ messages: [], more: true, first: 1 }, 3);

  assert.deepEqual(timeline.holes, []);
});

test('numbers below first have expired and are no hole', () => {
  const timeline = joined(3);
  timeline.gap({ from: 4, to: 10 });
  timeline.holePage({ messages: events(8, 9), more: true, first: 8 }, 3);

  assert.deepEqual(timeline.holes, [{ from: 10, to: 10 }]);
  assert.equal(timeline.before, null);
});

test('a late page of a hole that is closed changes nothing', () => {
  const timeline = joined(3);
  timeline.gap({ from: 4, to: 5 });
  timeline.holePage({ messages: events(4, 5), more: false }, 3);

  assert.deepEqual(timeline.holePage({ messages: events(4, 5), more: false }, 3), []);
  assert.deepEqual(seqs(timeline), range(1, 5));
});

test('a resumed join goes on where it was', () => {
  const timeline = joined(3);

  assert.equal(timeline.joined({ epoch: 'e', head: 6, first: 1, recovered: true }), false);
  assert.equal(timeline.awaitsPage, false);
  for (const each of events(4, 6)) assert.ok(timeline.event(each));
  assert.deepEqual(seqs(timeline), range(1, 6));
});

test('without recovery in the same log, what was missed is a hole', () => {
  const timeline = joined(3);
  timeline.joined({ epoch: 'e', head: 2000, first: 1, recovered: false });
  const fresh = timeline.joinPage({ messages: events(1951, 2000), more: true, first: 1 });

  assert.deepEqual(timeline.holes, [{ from: 4, to: 1950 }]);
  assert.equal(fresh.length, 50);
  assert.equal(timeline.position, 2000);
});

test('without recovery because the log expired, only what is left is a hole', () => {
  const timeline = joined(3);
  timeline.joined({ epoch: 'e', head: 2000, first: 1900, recovered: false });
  timeline.joinPage({ messages: events(1951, 2000), more: true, first: 1900 });

  assert.deepEqual(timeline.holes, [{ from: 1900, to: 1950 }]);
});

test('another epoch forgets everything, also when its numbers are lower', () => {
  const timeline = joined(80);

  assert.ok(timeline.joined({ epoch: 'f', head: 2, first: 1, recovered: false }));
  timeline.joinPage({ messages: events(1, 2), more: false, first: 1 });

  assert.deepEqual(seqs(timeline), [1, 2]);
  assert.deepEqual(timeline.cursor, { since: 2, epoch: 'f' });
  assert.ok(timeline.event(event(3)));
});

test('a position beyond the log is forgotten too', () => {
  const timeline = joined(80);

  assert.ok(timeline.joined({ epoch: 'e', head: 2, first: 1, recovered: false }));
  timeline.joinPage({ messages: events(1, 2), more: false, first: 1 });
  assert.equal(timeline.position, 2);
});

test('older history goes on below the oldest, until there is no more', () => {
  const timeline = joined(120);
  assert.equal(timeline.before, 71);

  timeline.olderPage({ messages: events(21, 70), more: true, first: 1 }, 71);
  assert.equal(timeline.before, 21);
  timeline.olderPage({ messages: events(1, 20), more: false, first: 1 }, 21);

  assert.equal(timeline.before, null);
  assert.deepEqual(seqs(timeline), range(1, 120));
});

test('an empty page of older history is the end, whatever it says', () => {
  const timeline = joined(120);
  timeline.olderPage({ messages: [], more: true, first: 1 }, 71);

  assert.equal(timeline.before, null);
});

test('a late page of older history changes nothing', () => {
  const timeline = joined(120);
  timeline.trim(10);

  assert.deepEqual(timeline.olderPage({ messages: events(21, 70), more: true, first: 1 }, 71), []);
  assert.deepEqual(seqs(timeline), range(111, 120));
});

test('what was trimmed can be read again, and holes go with it', () => {
  const timeline = joined(3);
  timeline.gap({ from: 4, to: 10 });
  for (const each of events(11, 60)) timeline.event(each);
  timeline.trim(20);

  assert.equal(timeline.before, 41);
  assert.deepEqual(timeline.holes, []);
  assert.equal(timeline.position, 60);
});

test('a page that overlaps what is known doubles nothing', () => {
  const timeline = joined(20);
  timeline.gap({ from: 21, to: 30 });
  timeline.event(event(31));
  timeline.joined({ epoch: 'e', head: 35, first: 1, recovered: false });
  const fresh = timeline.joinPage({ messages: events(15, 35), more: true, first: 1 });

  assert.deepEqual(seqs(timeline), range(1, 35));
  assert.deepEqual(fresh.map(({ seq }) => seq), range(32, 35));
});

test('whatever is lost, doubled and refilled, the page ends with the log', () => {
  for (let seed = 1; seed <= 300; seed++) {
    const random = lehmer(seed);
    const timeline = joined(5);
    let next = 6;
    while (next <= 200) {
      const what = random();
      const upTo = Math.min(200, next + Math.floor(random() * 9));
      if (what < 0.2) timeline.gap({ from: next, to: upTo });
      else if (what < 0.3) timeline.event(event(Math.max(1, next - 3)));
      else if (what < 0.4) timeline.event(event(upTo));
      else for (const each of events(next, upTo)) timeline.event(each);
      if (what < 0.2 || what >= 0.3) next = upTo + 1;
      if (random() < 0.1) timeline.trim(30);
    }
    while (timeline.holes.length > 0) {
      const { from } = timeline.holes[Math.floor(random() * timeline.holes.length)];
      const page = 1 + Math.floor(random() * 7);
      timeline.holePage({ messages: events(from, Math.min(200, from + page - 1)), more: from + page <= 200, first: 1 }, from - 1);
    }
    while (timeline.before !== null) {
      const before = timeline.before;
      const low = Math.max(1, before - 20);
      timeline.olderPage({ messages: events(low, before - 1), more: low > 1, first: 1 }, before);
    }
    assert.deepEqual(seqs(timeline), range(1, 200), `seed ${seed}`);
  }
});

function lehmer(seed) {
  let state = seed * 7919;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}
