// What stays in the browser, and where the server is.

import assert from 'node:assert/strict';
import test from 'node:test';
import { Remembered } from '../../../webapp/remembered.js';
import { apiUrl, chatUrl, scopeOf } from '../../../webapp/addresses.js';

class Storage {
  items = new Map();
  getItem = (key) => this.items.get(key) ?? null;
  setItem = (key, value) => this.items.set(key, value);
  removeItem = (key) => this.items.delete(key);
}

test('rooms are remembered, within bounds, and nonsense is not', () => {
  const storage = new Storage();
  const remembered = new Remembered(storage, '/');
  remembered.rooms = ['lobby', 'ops'];
  assert.deepEqual(new Remembered(storage, '/').rooms, ['lobby', 'ops']);

  remembered.rooms = Array.from({ length: 1000 }, (_, i) => `r${i}`);
  assert.equal(remembered.rooms.length, 50);
  for (const nonsense of ['{"not":"a list"}', 'not json', '[1,null]']) {
    storage.setItem('parley:/:rooms', nonsense);
    assert.deepEqual(remembered.rooms, [], nonsense);
  }
});

test('each tab changes what is remembered, and takes nothing from the others', () => {
  const storage = new Storage();
  const [one, other] = [new Remembered(storage, '/'), new Remembered(storage, '/')];
  assert.equal(one.isKnown, false);
  one.entered('lobby');
  other.entered('ops');
  one.entered('lobby');
  assert.deepEqual(one.rooms, ['lobby', 'ops']);
  assert.equal(other.last, 'lobby');

  one.left('ops');
  one.left('lobby');
  assert.deepEqual(other.rooms, []);
  assert.equal(other.isKnown, true);
});

test('how far was read only grows, but for another log', () => {
  const storage = new Storage();
  const [one, other] = [new Remembered(storage, '/'), new Remembered(storage, '/')];
  one.read = { lobby: { epoch: 'e', seq: 7 }, ops: { epoch: 'e', seq: 1 } };
  other.read = { lobby: { epoch: 'e', seq: 5 } };
  assert.deepEqual(one.read, { lobby: { epoch: 'e', seq: 7 }, ops: { epoch: 'e', seq: 1 } });

  other.read = { lobby: { epoch: 'f', seq: 2 } };
  one.left('ops');
  assert.deepEqual(one.read, { lobby: { epoch: 'f', seq: 2 } });
  storage.setItem('parley:/:read', '{"a":{"epoch":1,"seq":"x"},"b":null,"c":{"epoch":"e","seq":3}}');
  assert.deepEqual(one.read, { c: { epoch: 'e', seq: 3 } });
  assert.ok(one.isAboutRead({ key: 'parley:/:read' }));
});

test('two Parleys of one origin are kept apart', () => {
  const storage = new Storage();
  new Remembered(storage, '/one/').rooms = ['lobby'];

  assert.deepEqual(new Remembered(storage, '/two/').rooms, []);
});

test('what is forgotten leaves nothing', () => {
  const storage = new Storage();
  const remembered = new Remembered(storage, '/');
  remembered.rooms = ['secret'];
  remembered.forget();

  assert.equal(storage.items.size, 0);
});

test('without storage nothing breaks', () => {
  const refuse = () => {
    throw new Error('forbidden');
  };
  const remembered = new Remembered({ getItem: refuse, setItem: refuse, removeItem: refuse }, '/');
  remembered.rooms = ['lobby'];
  remembered.forget();

  assert.deepEqual(remembered.rooms, []);
});

test('the server is found beside the page, below any context path', () => {
  assert.equal(chatUrl('http://localhost:8080/'), 'ws://localhost:8080/chat');
  assert.equal(chatUrl('https://a.example/x/y/index.html?q#room'), 'wss://a.example/x/y/chat');
  assert.equal(chatUrl('http://a.example:81/x/#room'), 'ws://a.example:81/x/chat');
  assert.equal(apiUrl('https://a.example/x/index.html?q#room', 'session'), 'https://a.example/x/api/session');
  assert.equal(scopeOf('https://a.example/x/index.html?q#room'), '/x/');
});
