// Coming in and going, with answers that are late, lost, or crossed by what the chat says.

import assert from 'node:assert/strict';
import test from 'node:test';
import { Entrance } from '../../../webapp/entrance.js';
import { Problem } from '../../../webapp/api.js';
import { Session } from '../../../webapp/session.js';
import { closeMeaning } from '../../../webapp/protocol.js';

const OPEN = { guests: true, signIn: true, signUp: true };
const bob = { name: 'bob', guest: true };
const anna = { name: 'anna', guest: false };

/** An entrance whose requests are answered by the test, the oldest of a kind first. */
function scene() {
  const asked = [];
  const heard = [];
  const api = new Proxy({}, {
    get: (_, method) => (...values) => new Promise((resolve, reject) => asked.push({ method, values, resolve, reject })),
  });
  const delegate = {};
  for (const what of ['Opened', 'Left', 'Changed', 'Waits', 'Renewed']) delegate[`entrance${what}`] = () => heard.push(what);
  const session = new Session();
  const entrance = new Entrance(api, session, delegate);
  const settle = async (how, method, value) => {
    const at = asked.findIndex((each) => each.method === method);
    assert.notEqual(at, -1, `${method} was not asked`);
    asked.splice(at, 1)[0][how](value);
    await new Promise((done) => setImmediate(done));
  };
  return {
    asked, heard, session, entrance,
    answer: (method, value) => settle('resolve', method, value),
    refuse: (method, code, more) => settle('reject', method, new Problem({ code, ...more })),
  };
}

async function sceneOf(who) {
  const it = scene();
  it.entrance.start();
  await it.answer('ways', { ...OPEN, session: who });
  it.heard.length = 0;
  return it;
}

const over = closeMeaning(4401);

test('whoever has a session is connected at once, a stranger sees the door', async () => {
  const [member, stranger] = [scene(), scene()];
  member.entrance.start();
  stranger.entrance.start();
  await member.answer('ways', { ...OPEN, session: anna });
  await stranger.answer('ways', OPEN);

  assert.deepEqual(member.heard, ['Opened']);
  assert.deepEqual(stranger.heard, ['Changed']);
});

test('as long as the server cannot be asked, it is asked again', async () => {
  const it = scene();
  it.entrance.start();
  await it.refuse('ways', 'no_network');

  assert.deepEqual(it.heard, ['Waits']);
  assert.match(it.session.words, /cannot be reached/);
  assert.equal(it.session.state, 'unknown');
  it.entrance.look();
  await it.answer('ways', OPEN);
  assert.equal(it.session.state, 'signedOut');
  assert.equal(it.session.words, '');
  it.entrance.stop();
});

test('a session that the server no longer knows has ended', async () => {
  const it = await sceneOf(anna);
  it.entrance.turnedAway(over);
  await it.answer('ways', OPEN);

  assert.equal(it.session.state, 'ended');
  assert.deepEqual(it.heard, ['Changed']);
});

test('a session that another tab began anew is gone on with', async () => {
  const it = await sceneOf(bob);
  it.entrance.turnedAway(over);
  await it.answer('ways', { ...OPEN, session: { name: 'bob', guest: false } });

  assert.equal(it.session.state, 'member');
  assert.deepEqual(it.heard, ['Opened']);
});

test('a chat that turns away a session HTTP calls good is not asked for ever', async () => {
  const it = await sceneOf(anna);
  it.entrance.turnedAway(over);
  await it.answer('ways', { ...OPEN, session: anna });
  it.entrance.turnedAway(over);

  assert.equal(it.asked.length, 0);
  assert.equal(it.session.state, 'ended');
});

test('after a welcome there is trust again', async () => {
  const it = await sceneOf(anna);
  it.entrance.turnedAway(over);
  await it.answer('ways', { ...OPEN, session: anna });
  it.entrance.welcomed({ sender: 'anna' });
  it.entrance.turnedAway(over);

  assert.equal(it.asked.length, 1);
});

test('when nobody can say what became of the session, it has ended', async () => {
  const it = await sceneOf(anna);
  it.entrance.turnedAway(over);
  await it.refuse('ways', 'no_network');

  assert.equal(it.session.state, 'ended');
});

test('a ban is no end of the session, and what the chat did not say of it is asked for', async () => {
  const it = await sceneOf(anna);
  it.entrance.turnedAway(closeMeaning(4403, 'Spam.'));
  assert.equal(it.session.state, 'banned');
  assert.match(it.session.words, /Spam\.$/);

  await it.refuse('ways', 'banned', { detail: 'Spam.', until: Date.UTC(2131, 4, 6) });
  assert.match(it.session.words, /Spam\. This ends on .*2131.* by itself then\.$/);
  assert.deepEqual(it.heard, ['Changed', 'Changed']);
  it.entrance.stop();
});

test('who is banned does not come back by asking about it', async () => {
  const it = await sceneOf(anna);
  it.entrance.turnedAway(closeMeaning(4403, 'Spam.'));
  await it.answer('ways', { ...OPEN, session: anna });
  assert.equal(it.session.state, 'banned');

  it.entrance.look();
  await it.answer('ways', { ...OPEN, session: anna });
  assert.equal(it.session.state, 'member', 'but by trying again');
});

test('when a ban ends, the page lets in by itself', async (test) => {
  test.mock.timers.enable({ apis: ['setTimeout', 'Date'], now: 1_000_000 });
  const it = await sceneOf(anna);
  it.entrance.turnedAway(closeMeaning(4403, 'Spam.'));
  await it.refuse('ways', 'banned', { detail: 'Spam.', until: 1_060_000 });
  test.mock.timers.tick(59_999);
  assert.equal(it.asked.length, 0);

  test.mock.timers.tick(2_001);
  await it.answer('ways', { ...OPEN, session: anna });
  assert.equal(it.session.state, 'member');
});

test('a guest whose ban is over is told so', async (test) => {
  test.mock.timers.enable({ apis: ['setTimeout', 'Date'], now: 1_000_000 });
  const it = await sceneOf(bob);
  it.entrance.turnedAway(closeMeaning(4403, 'Spam.'));
  await it.refuse('ways', 'banned', { detail: 'Spam.', until: 1_060_000 });
  test.mock.timers.tick(62_000);
  await it.answer('ways', OPEN);

  assert.equal(it.session.state, 'signedOut');
  assert.match(it.session.words, /over: you may come in/);
});

test('a kick says all there is to say', async () => {
  const it = await sceneOf(anna);
  it.entrance.turnedAway(closeMeaning(4403, 'kicked: too loud'));

  assert.equal(it.asked.length, 0);
});

test('the name of an admin is opened by a code, which is asked for when it is needed', async () => {
  const it = await sceneOf(undefined);
  const without = it.entrance.signUp({ name: 'boss', newPassword: 'correct horse', code: '' });
  assert.deepEqual(it.asked[0].values, ['boss', 'correct horse', undefined]);
  await it.refuse('signUp', 'name_kept');
  assert.equal((await without).field, 'name');
  assert.equal((await without).reveal, 'code');

  const wrong = it.entrance.signUp({ name: 'boss', newPassword: 'correct horse', code: 'guessed' });
  assert.deepEqual(it.asked[0].values, ['boss', 'correct horse', 'guessed']);
  await it.refuse('signUp', 'name_kept');
  assert.equal((await wrong).field, 'code');
});

test('what is wrong with a name is said in the words of the page', async () => {
  const it = await sceneOf(undefined);
  const joined = it.entrance.join({ name: 'a b' });
  await it.refuse('join', 'bad_name', { detail: 'As the server has it.' });

  assert.equal((await joined).words, 'A name has no spaces.');
});

test('a page at a wrong address is told apart from a server that is gone', async () => {
  const it = scene();
  it.entrance.start();
  await it.refuse('ways', 'foreign_origin');
  it.entrance.stop();

  assert.equal(it.session.title, 'This is not the usual address');
});

test('a ban said over HTTP is one, too', async () => {
  const it = scene();
  it.entrance.start();
  await it.refuse('ways', 'banned', { detail: 'Spam.' });

  assert.equal(it.session.state, 'banned');
});

test('the old session ends while the new one is made: that is no end', async () => {
  const it = await sceneOf(bob);
  const kept = it.entrance.signUp({ name: 'bob', newPassword: 'correct horse' });
  it.entrance.turnedAway(over);
  await it.answer('signUp', { name: 'bob', guest: false });

  assert.equal(await kept, null);
  assert.equal(it.session.state, 'member');
  assert.deepEqual(it.heard, ['Renewed', 'Opened']);
});

test('but when the new one is refused, it is looked at', async () => {
  const it = await sceneOf(bob);
  const kept = it.entrance.signUp({ name: 'bob', newPassword: 'correct horse' });
  it.entrance.turnedAway(over);
  await it.refuse('signUp', 'name_taken');

  assert.equal((await kept).field, 'name');
  await it.answer('ways', OPEN);
  assert.equal(it.session.state, 'ended');
});

test('what was asked before somebody acted is not believed after it', async () => {
  const it = await sceneOf(undefined);
  it.entrance.look();
  const joined = it.entrance.join({ name: 'bob' });
  await it.answer('join', bob);
  await it.answer('ways', OPEN);

  assert.equal(await joined, null);
  assert.equal(it.session.state, 'guest');
});

test('one thing at a time', async () => {
  const it = await sceneOf(undefined);
  const first = it.entrance.join({ name: 'bob' });
  const second = await it.entrance.signIn({ name: 'anna', password: 'correct horse' });

  assert.equal(second.field, null);
  assert.equal(it.asked.length, 1);
  await it.answer('join', bob);
  assert.equal(await first, null);
});

test('a session that another tab is just renewing is asked for again once it is', async () => {
  const early = await sceneOf(bob);
  early.entrance.turnedAway(over);
  early.entrance.renewedElsewhere();
  await early.answer('ways', OPEN); // asked with the cookie before
  await early.answer('ways', { ...OPEN, session: { name: 'bob', guest: false } });
  assert.equal(early.session.state, 'member');
  assert.ok(!early.heard.includes('Changed'), 'nothing was shown of it');

  const late = await sceneOf(bob);
  late.entrance.turnedAway(over);
  await late.answer('ways', OPEN);
  late.entrance.renewedElsewhere();
  await late.answer('ways', { ...OPEN, session: { name: 'bob', guest: false } });
  assert.equal(late.session.state, 'member');
});

test('who is in does not ask because of another tab', async () => {
  const it = await sceneOf(bob);
  it.entrance.renewedElsewhere();

  assert.equal(it.asked.length, 0);
});

test('what cannot be right is not asked', async () => {
  const it = await sceneOf(undefined);

  assert.equal((await it.entrance.signUp({ name: 'anna', newPassword: 'short' })).field, 'newPassword');
  assert.equal((await it.entrance.signIn({ name: '', password: 'x' })).field, 'name');
  assert.equal(it.asked.length, 0);
});

test('signing out leaves nobody; failing to leaves everything', async () => {
  const it = await sceneOf(anna);
  const failed = it.entrance.signOut();
  await it.refuse('signOut', 'no_network');
  assert.match((await failed).words, /cannot be reached/);
  assert.equal(it.session.state, 'member');

  const done = it.entrance.signOut();
  await it.answer('signOut', null);
  assert.equal(await done, null);
  assert.equal(it.session.state, 'signedOut');
  assert.deepEqual(it.heard, ['Renewed', 'Left']);
});

test('an act that needs a session which is over finds that out', async () => {
  const it = await sceneOf(anna);
  const changed = it.entrance.changePassword({ password: 'old', newPassword: 'correct horse' });
  await it.refuse('changePassword', 'not_signed_in');
  await changed;
  await it.answer('ways', OPEN);

  assert.equal(it.session.state, 'ended');
});
