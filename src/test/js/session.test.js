// Who this browser is, over reloads, tabs and refusals.

import assert from 'node:assert/strict';
import test from 'node:test';
import { Session, chatUrl } from '../../../webapp/session.js';

class Storage {
  items = new Map();
  getItem = (key) => this.items.get(key) ?? null;
  setItem = (key, value) => this.items.set(key, value);
  removeItem = (key) => this.items.delete(key);
}

test('a stranger has no name and asks for one', () => {
  const session = new Session(new Storage(), '/');
  assert.equal(session.name, null);
  assert.equal(session.query(), '');

  session.take('Alice & Bob');
  assert.equal(session.query(), 'name=Alice+%26+Bob');
});

test('one is a guest until the server says otherwise', () => {
  const session = new Session(new Storage(), '/');
  assert.equal(session.isGuest, true);

  session.welcome('ann', null, false);
  assert.equal(session.isGuest, false);
});

test('an empty name leaves it to the server', () => {
  const session = new Session(new Storage(), '/');
  session.take('');
  assert.equal(session.query(), '');

  session.welcome('guest-1', 's');
  assert.equal(session.query(), 'name=guest-1&session=s');
});

test('a reload and another tab are the same person', () => {
  const storage = new Storage();
  const session = new Session(storage, '/');
  session.take('Alice');
  session.welcome('alice', 'secret');

  const other = new Session(storage, '/');
  assert.equal(other.name, 'alice');
  assert.equal(other.query(), 'name=alice&session=secret');
});

test('two Parleys of one origin are kept apart', () => {
  const storage = new Storage();
  new Session(storage, '/one/').welcome('alice', 's');

  assert.equal(new Session(storage, '/two/').name, null);
});

test('a secret goes only with its own name', () => {
  const session = new Session(new Storage(), '/');
  session.welcome('alice', 'secret');
  session.take('bob');
  assert.equal(session.query(), 'name=bob');

  session.take('alice');
  assert.equal(session.query(), 'name=alice&session=secret', 'back to the name this browser still holds');
});

test('another tab changing its name does not change this one', () => {
  const storage = new Storage();
  const [here, there] = [new Session(storage, '/'), new Session(storage, '/')];
  here.welcome('alice', 'a');
  there.welcome('bob', 'b');

  assert.equal(here.query(), 'name=alice&session=a');
  assert.equal(here.adopt(), false);
});

test('after a refusal a newer secret of another tab is adopted, once', () => {
  const storage = new Storage();
  const here = new Session(storage, '/');
  here.welcome('alice', 'old');
  const there = new Session(storage, '/');
  assert.equal(here.adopt(), false, 'nothing newer');

  there.welcome('alice', 'new');
  assert.equal(here.adopt(), true);
  assert.equal(here.query(), 'name=alice&session=new');
  assert.equal(here.adopt(), false, 'no endless trying');
});

test('rooms are remembered, within bounds, and nonsense is not', () => {
  const storage = new Storage();
  const session = new Session(storage, '/');
  session.rooms = ['lobby', 'ops'];
  assert.deepEqual(new Session(storage, '/').rooms, ['lobby', 'ops']);

  session.rooms = Array.from({ length: 1000 }, (_, i) => `r${i}`);
  assert.ok(session.rooms.length <= 100);
  storage.setItem('parley:/:rooms', '{"not":"a list"}');
  assert.deepEqual(session.rooms, []);
  storage.setItem('parley:/:rooms', 'not json');
  assert.deepEqual(session.rooms, []);
});

test('without storage it works until the page is closed', () => {
  const refuse = () => {
    throw new Error('forbidden');
  };
  const session = new Session({ getItem: refuse, setItem: refuse, removeItem: refuse }, '/');
  session.take('alice');
  session.welcome('alice', 's');

  assert.equal(session.query(), 'name=alice&session=s');
});

test('the chat is found beside the page, below any context path', () => {
  assert.equal(chatUrl('http://localhost:8080/', ''), 'ws://localhost:8080/chat');
  assert.equal(chatUrl('https://a.example/x/y/index.html?q#room', 'name=a'), 'wss://a.example/x/y/chat?name=a');
  assert.equal(chatUrl('http://a.example:81/x/#room', ''), 'ws://a.example:81/x/chat');
});
