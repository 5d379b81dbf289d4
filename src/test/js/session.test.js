// Who this browser is, and what the door shows for it.

import assert from 'node:assert/strict';
import test from 'node:test';
import { Session } from '../../../webapp/session.js';
import { faceOf } from '../../../webapp/face.js';

const OPEN = { guests: true, signIn: true, signUp: true };
const anna = { name: 'anna', guest: false, expiresAt: 100_000 };
const bob = { name: 'bob', guest: true };

function sessionOf(...learned) {
  const session = new Session();
  for (const who of learned) session.learned({ ...OPEN, ...(who && { session: who }) }, 0);
  return session;
}

test('nothing is shown until the server has said who one is', () => {
  assert.equal(faceOf(new Session(), null), null);
  const waiting = new Session();
  waiting.unreachable({ title: 'Parley cannot be reached', words: 'Try again.' });
  assert.equal(faceOf(waiting, null).title, 'Parley cannot be reached');
  assert.ok(faceOf(waiting, null).mayRetry);
  assert.equal(sessionOf(null).state, 'signedOut');
  assert.equal(sessionOf(anna).state, 'member');
  assert.equal(sessionOf(bob).state, 'guest');
});

test('a stranger has three ways in, and only those the server offers', () => {
  assert.deepEqual(faceOf(sessionOf(null), null).forms, ['guest', 'signIn', 'signUp']);

  const session = new Session();
  session.learned({ guests: false, signIn: true, signUp: false }, 0);
  assert.deepEqual(faceOf(session, null).forms, ['signIn']);
  session.learned({ guests: false, signIn: false, signUp: false }, 0);
  assert.match(faceOf(session, null).words, /lets nobody in/);
  assert.ok(faceOf(session, null).mayRetry);
});

test('where only another system lets people in, the way there is said, also after a session has ended', () => {
  const session = new Session();
  session.learned({ guests: false, signIn: false, signUp: false, elsewhere: true, session: { name: 'dora', external: true } }, 0);
  session.learned({ guests: false, signIn: false, signUp: false, elsewhere: true }, 0);
  const face = faceOf(session, null);

  assert.equal(face.title, 'Your session has ended');
  assert.match(face.words, /from another system/);
  assert.deepEqual([face.forms, face.chosen], [[], null]);
});

test('a session that is gone has ended: with the name filled in, and the way that fits', () => {
  const member = faceOf(sessionOf(anna, null), null);
  const guest = faceOf(sessionOf(bob, null), null);

  assert.equal(member.title, 'Your session has ended');
  assert.equal(member.name, 'anna');
  assert.equal(member.chosen, 'signIn');
  assert.equal(guest.name, 'bob');
  assert.equal(guest.chosen, 'guest');
});

test('why it ended is told by the clock', () => {
  const early = sessionOf(anna);
  early.end(50_000);
  const late = sessionOf(anna);
  late.end(100_000);

  assert.match(early.words, /another tab/);
  assert.match(late.words, /limited time/);
});

test('who was told why is not told something else by looking again', () => {
  const session = sessionOf(anna);
  session.end(0, null, 'This name cannot be used.');
  session.learned(OPEN, 0);

  assert.equal(session.words, 'This name cannot be used.');
});

test('what was not sent is said to be kept', () => {
  const session = sessionOf(bob, null);

  assert.match(faceOf(session, null, true).words, /not sent yet is kept/);
  assert.doesNotMatch(faceOf(session, null, false).words, /kept/);
});

test('the same person in another tab brings this one back in', () => {
  const session = sessionOf(bob, null);
  session.learned({ ...OPEN, session: { name: 'bob', guest: false } }, 0);

  assert.equal(session.state, 'member', 'the guest has become an account');
});

test('a tab becomes somebody else only when asked to', () => {
  for (const session of [sessionOf(anna, bob), sessionOf(anna, null, bob)]) {
    assert.equal(session.state, 'ended');
    assert.equal(faceOf(session, null).other, 'bob');
    assert.match(session.words, /you are bob/);

    session.follow();
    assert.equal(session.state, 'guest');
    assert.equal(session.name, 'bob');
    assert.equal(session.other, null);
  }
});

test('whoever signed out here is nobody, and comes in as whoever signs in elsewhere', () => {
  const session = sessionOf(anna);
  session.leave('You have signed out.');
  assert.equal(session.name, null);
  assert.equal(faceOf(session, null).words, 'You have signed out.');
  assert.equal(faceOf(session, null).name, '');

  session.learned({ ...OPEN, session: bob }, 0);
  assert.equal(session.name, 'bob');
});

test('a ban gives its reason, and may be over when asked again', () => {
  const session = sessionOf(anna);
  session.ban({ title: 'You cannot come in', words: 'You have been banned from here: spam.' });
  const face = faceOf(session, null);
  assert.match(face.words, /spam/);
  assert.deepEqual(face.forms, []);
  assert.ok(face.mayRetry);

  session.learned({ ...OPEN, session: anna }, 0);
  assert.equal(session.state, 'member');
});

test('whoever is banned and signed out elsewhere gets the ways in again, and still the reason', () => {
  const session = sessionOf(bob);
  session.ban({ title: 'You cannot come in', words: 'You have been banned from here: spam.' });
  session.learned(OPEN, 0);

  assert.match(faceOf(session, null).words, /spam/);
  assert.equal(faceOf(session, null).forms.length, 3);
});

test('who is in sees the door only at their wish, with one form that can be left', () => {
  const session = sessionOf(bob);
  assert.equal(faceOf(session, null), null);

  for (const [wish, form] of [['rename', 'guest'], ['keep', 'signUp'], ['signIn', 'signIn']]) {
    const face = faceOf(session, wish);
    assert.deepEqual(face.forms, [form]);
    assert.ok(face.mayCancel);
  }
  assert.equal(faceOf(session, 'keep').name, 'bob');
  assert.equal(faceOf(session, 'rename').submit, 'Change name');
});

test('who comes from elsewhere stays so when the chat welcomes them, and nobody else is', () => {
  const session = sessionOf({ name: 'dora', guest: false, external: true });
  assert.ok(session.isExternal);
  session.entered({ name: 'dora', guest: false });
  assert.ok(session.isExternal);
  session.entered(anna);
  assert.ok(!session.isExternal);
});
