// The rooms there are, as somebody looks for one.

import assert from 'node:assert/strict';
import test, { mock } from 'node:test';
import { Directory } from '../../../webapp/directory.js';
import { Problem } from '../../../webapp/api.js';
import { choicesOf } from '../../../webapp/choices.js';

const own = (name, mentions = 0) => ({ name, unread: mentions, mentions });

test('one\'s own rooms come first, and those where one was called before all', () => {
  const choices = choicesOf({ typed: '', wanted: null, own: [own('dev'), own('ops', 1)], found: [{ name: 'dev', count: 3 }, { name: 'big', count: 9 }] });

  assert.deepEqual(choices.map(({ kind, name, count }) => [kind, name, count]), [['own', 'ops', null], ['own', 'dev', 3], ['other', 'big', 9]]);
});

test('what begins with what was typed comes before what only has it, and the very name before all', () => {
  const found = ['devops', 'ops', 'ops-night'].map((name) => ({ name, count: 1 }));
  const choices = choicesOf({ typed: 'ops', wanted: 'ops', own: [own('my-ops')], found });

  assert.deepEqual(choices.map(({ name }) => name), ['ops', 'ops-night', 'my-ops', 'devops']);
});

test('a name that is not there can be gone to', () => {
  const choices = choicesOf({ typed: '#New', wanted: 'new', own: [own('newest')], found: [] });

  assert.deepEqual(choices.map(({ kind, name }) => [kind, name]), [['own', 'newest'], ['new', 'new']]);
  assert.deepEqual(choicesOf({ typed: 'no room', wanted: null, own: [own('lobby')], found: [] }), []);
});

test('late answers are dropped, and what is shown is of what was typed last', async (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  const answers = [];
  const directory = new Directory((part) => new Promise((answer) => answers.push({ part, answer })), () => {});
  directory.open();
  directory.filter('o');
  directory.filter('op');
  context.mock.timers.tick(180);
  assert.deepEqual(answers.map(({ part }) => part), ['', 'op']);
  answers[1].answer({ rooms: [{ room: 'ops', count: 2 }], more: false });
  answers[0].answer({ rooms: [{ room: 'late', count: 1 }], more: true });
  await settled();

  assert.deepEqual(directory.rooms, [{ name: 'ops', count: 2 }]);
  assert.equal(directory.more, false);
  assert.ok(directory.isOfPart);
});

test('it is read again while open, after what the server asks for, and not when closed', async (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  let asked = 0;
  let problem = null;
  const directory = new Directory(async () => {
    asked++;
    if (problem !== null) throw problem;
    return { rooms: [{ room: 'ops', count: asked }] };
  }, () => {});
  directory.open();
  await settled();
  context.mock.timers.tick(10_000);
  await settled();
  assert.equal(asked, 2);

  problem = new Problem({ code: 'busy', retryAfterMs: 700 });
  context.mock.timers.tick(10_000);
  await settled();
  assert.equal(directory.state, 'failed');
  assert.equal(directory.problem.code, 'busy');
  assert.deepEqual(directory.rooms, [{ name: 'ops', count: 2 }], 'what is known stays');
  problem = null;
  context.mock.timers.tick(700);
  await settled();
  assert.equal(directory.state, 'ready');

  directory.close();
  context.mock.timers.tick(60_000);
  await settled();
  assert.equal(asked, 4);
});

test('a session that is over is not asked about again', async (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  const ask = mock.fn(async () => {
    throw new Problem({ code: 'not_signed_in' });
  });
  const directory = new Directory(ask, () => {});
  directory.open();
  await settled();
  context.mock.timers.tick(60_000);

  assert.equal(ask.mock.callCount(), 1);
});

async function settled() {
  for (let i = 0; i < 5; i++) await Promise.resolve();
}
