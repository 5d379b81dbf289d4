// The life of a connection: connecting, noticing death, coming back, moving over, staying away.

import assert from 'node:assert/strict';
import test from 'node:test';
import { closeMeaning } from '../../../webapp/parley-client.js';
import { lineOf } from './line.js';

const states = (line) => line.heard('state').map(({ state }) => state);
const pings = (line) => line.all('ping').length;

test('the address is asked for anew before every attempt, and may take its time', async (t) => {
  let asked = 0;
  const line = await lineOf(t, { url: async () => `ws://server/chat?ticket=${++asked}` });
  await line.start();
  await line.reconnect();

  assert.deepEqual(line.sockets.map(({ url }) => url), ['ws://server/chat?ticket=1', 'ws://server/chat?ticket=2']);
  assert.deepEqual(line.sockets[0].protocols, ['parley.v1.batch', 'parley.v1']);
});

test('an address that cannot be had is tried again; one that is refused with a close code is what that means', async (t) => {
  const errors = [new TypeError('fetch failed'), Object.assign(new Error('signed out'), { code: 4401 })];
  const line = await lineOf(t, { url: () => Promise.reject(errors.shift()) });
  line.client.start();
  await line.pass(1000);

  assert.deepEqual(states(line), ['idle', 'connecting', 'waiting', 'connecting', 'away']);
  assert.equal(line.told.at(-1).atDoor, true);
  assert.equal(line.sockets.length, 0);
});

test('an address that comes after a stop is not gone to', async (t) => {
  const line = await lineOf(t, { url: () => new Promise((resolve) => setImmediate(resolve, 'ws://server/chat')) });
  line.client.start();
  line.client.stop();
  await line.pass(2000);

  assert.equal(line.sockets.length, 0);
});

test('nothing is open before the welcome, and who does not welcome in 15 s is left', async (t) => {
  const line = await lineOf(t);
  line.client.start();
  await line.settle();
  assert.equal(line.client.state, 'connecting');
  assert.equal(line.client.typing('a'), false);

  await line.pass(15_000);
  assert.equal(line.client.state, 'waiting');
  assert.equal(line.socket.readyState, 3);
});

test('a welcome tells who we are', async (t) => {
  const line = await lineOf(t);
  await line.start({ sender: 'anna' });

  assert.deepEqual(states(line), ['idle', 'connecting', 'open']);
  assert.equal(line.client.sender, 'anna');
  assert.equal(line.heard('welcome')[0].guest, true);
});

test('the waits double with every failure, and one that lasted begins again', async (t) => {
  const line = await lineOf(t);
  await line.start();
  const waits = [];
  for (let i = 0; i < 6; i++) {
    line.close(1006);
    waits.push(line.told.at(-1).retryAt - Date.now());
    await line.pass(15_000);
  }
  const close = (wait, wanted) => assert.ok(Math.abs(wait - wanted) < 100, `${waits}`);
  [500, 1000, 2000, 4000, 8000, 15_000].forEach((wanted, i) => close(waits[i], wanted));

  line.welcome();
  await line.pass(11_000);
  line.close(1006);
  close(line.told.at(-1).retryAt - Date.now(), 500);
});

test('a wait can be cut short, and a stay away ended', async (t) => {
  const line = await lineOf(t);
  await line.start();
  line.close(1006);
  line.client.retry();
  await line.settle();
  assert.equal(line.sockets.length, 2);

  line.close(4410, 'too many');
  await line.pass(60_000);
  assert.equal(line.sockets.length, 2);
  assert.deepEqual(line.told.at(-1), { ...closeMeaning(4410, 'too many'), wasOpen: false, state: 'away', type: 'state' });
  line.client.retry();
  await line.settle();
  assert.equal(line.sockets.length, 3);
});

test('after 25 s of silence it pings, and 10 s later it gives up', async (t) => {
  const line = await lineOf(t);
  await line.start();
  await line.pass(24_000);
  assert.equal(pings(line), 0);
  await line.pass(1000);
  assert.equal(pings(line), 1);
  await line.pass(9000);
  assert.equal(line.client.state, 'open');
  await line.pass(1000);

  assert.equal(line.client.state, 'waiting');
  assert.equal(line.told.at(-1).code, 1006);
  assert.equal(line.told.at(-1).wasOpen, true);
});

test('the server may ask for more pings, not for fewer', async (t) => {
  const line = await lineOf(t);
  await line.start({ pingMs: 5000 });
  await line.pass(5000);
  assert.equal(pings(line), 1);
  await line.reconnect({ pingMs: 3_600_000 });
  await line.pass(25_000);

  assert.equal(pings(line), 1);
});

test('anything heard is a sign of life, not only a pong', async (t) => {
  const line = await lineOf(t);
  await line.start();
  await line.pass(26_000);
  line.say({ type: 'something-later' });
  await line.pass(24_000);
  assert.equal(pings(line), 1);
  await line.pass(1000);

  assert.equal(line.client.state, 'open');
  assert.equal(pings(line), 2);
});

test('after a sleep it asks again before it judges', async (t) => {
  const line = await lineOf(t);
  await line.start();
  await line.pass(26_000);
  line.sleep(3_600_000);
  await line.pass(1000);
  assert.equal(line.client.state, 'open');
  assert.equal(pings(line), 2);
  await line.pass(9000);
  assert.equal(line.client.state, 'open');
  await line.pass(1000);

  assert.equal(line.client.state, 'waiting');
});

test('a sleep is noticed also where the clock of the page stood still meanwhile', async (t) => {
  const line = await lineOf(t);
  await line.start();
  await line.pass(1000);
  const woken = Date.now() + 3_600_000;
  t.mock.method(Date, 'now', () => woken);
  await line.pass(1000);
  assert.equal(pings(line), 1);
  await line.pass(10_000);

  assert.equal(line.client.state, 'waiting');
});

test('an error of the socket is heard: the one of `ws` throws what nobody listens to', async (t) => {
  const line = await lineOf(t);
  const types = [];
  line.client.WebSocket = class extends EventTarget {
    addEventListener = (type) => types.push(type);
    close() {}
  };
  line.client.start();
  await line.settle();

  assert.deepEqual(types.sort(), ['close', 'error', 'message']);
});

test('waking up asks at once, and cuts a wait', async (t) => {
  const window = new EventTarget();
  const names = ['addEventListener', 'removeEventListener'];
  for (const each of names) globalThis[each] = window[each].bind(window);
  t.after(() => names.forEach((each) => delete globalThis[each]));
  const line = await lineOf(t, { random: () => 0.999 });
  await line.start();
  window.dispatchEvent(new Event('online'));
  assert.equal(pings(line), 1);
  await line.pass(10_000);
  assert.equal(line.client.state, 'waiting');
  line.client.retry();
  await line.pass(15_000);
  const before = line.sockets.length;
  window.dispatchEvent(new Event('visibilitychange'));
  await line.pass(1000);

  assert.equal(line.sockets.length, before + 1);
  line.client.stop();
  window.dispatchEvent(new Event('pageshow'));
  assert.equal(line.client.state, 'idle');
});

test('whoever is to move is served until the slot, and then goes', async (t) => {
  const line = await lineOf(t);
  await line.start();
  line.client.join('a');
  line.admit('a');
  line.say({ type: 'reconnect', afterMs: 3000 });
  assert.equal(line.client.state, 'moving');
  line.client.send('a', 'still here');
  assert.equal(line.last('message').content, 'still here');
  await line.pass(2000);
  assert.equal(line.sockets.length, 1);
  await line.pass(1000);

  assert.equal(line.sockets.length, 2);
  assert.equal(line.sockets[0].readyState, 3);
});

test('a server that closes before the slot is come back to with jitter', async (t) => {
  const line = await lineOf(t);
  await line.start();
  line.say({ type: 'reconnect', afterMs: 30_000 });
  line.close(1001);
  await line.pass(1000);

  assert.deepEqual(states(line).slice(-3), ['moving', 'waiting', 'connecting']);
});

test('what an abandoned connection still says is nobody\'s business', async (t) => {
  const line = await lineOf(t);
  await line.start();
  const old = line.socket;
  await line.reconnect();
  old.dispatchEvent(Object.assign(new Event('close'), { code: 4401, reason: '' }));
  old.dispatchEvent(new MessageEvent('message', { data: '[{"type":"reconnect","afterMs":0}]' }));

  assert.equal(line.client.state, 'open');
});

test('a request is answered once, or told that it is lost', async (t) => {
  const line = await lineOf(t);
  await assert.rejects(line.client.request({ type: 'members', room: 'a' }), { code: 'lost' });
  await line.start();
  const answered = line.client.request({ type: 'history', room: 'a', before: 7 });
  line.say({ type: 'history', id: line.last('history').id, room: 'a', messages: [], more: false });
  assert.equal((await answered).more, false);
  const refused = line.client.request({ type: 'history', room: 'a' });
  line.say({ type: 'error', id: line.last('history').id, code: 'busy', temporary: true, retryAfterMs: 70 });
  await assert.rejects(refused, { code: 'busy', retryAfterMs: 70 });
  const late = line.client.request({ type: 'members', room: 'a' });
  const slow = assert.rejects(late, { code: 'unanswered' });
  for (let i = 0; i < 4; i++) {
    await line.pass(10_000);
    line.say({ type: 'pong' });
  }
  await slow;
  const lost = assert.rejects(line.client.request({ type: 'members', room: 'a' }), { code: 'lost' });
  line.close(1006);
  await lost;
});
