// What travels, and what codes mean.

import assert from 'node:assert/strict';
import test from 'node:test';
import { closeMeaning, decode, encode, isLogEvent, newId } from '../../../webapp/parley-client.js';
import { bytesLeft, canonicalRoom, tidyContent } from '../../../webapp/protocol.js';

test('a frame is one object or an array of them, in order', () => {
  assert.deepEqual(decode('{"type":"pong"}'), [{ type: 'pong' }]);
  assert.deepEqual(decode('[{"type":"ack","id":"a"},{"type":"pong"}]').map(({ type }) => type), ['ack', 'pong']);
});

test('what is no message is left out, never thrown over', () => {
  for (const frame of ['', 'nonsense', '7', 'null', '"text"', '[]', '{}', '{"type":7}', '[null,[],{"room":"a"}]']) {
    assert.deepEqual(decode(frame), [], frame);
  }
  assert.equal(decode('[null,{"type":"pong"},3]').length, 1);
});

test('nothing is sent as null or undefined', () => {
  assert.equal(encode({ type: 'join', room: 'a', id: null, since: undefined, limit: 0 }), '{"type":"join","room":"a","limit":0}');
});

test('every object with room and seq is a log event, known or not, but for an ack', () => {
  assert.ok(isLogEvent({ type: 'message', room: 'a', seq: 1 }));
  assert.ok(isLogEvent({ type: 'something-later', room: 'a', seq: 2 }));
  assert.ok(!isLogEvent({ type: 'ack', room: 'a', seq: 3 }));
  assert.ok(!isLogEvent({ type: 'join', room: 'a', version: 3 }));
  assert.ok(!isLogEvent({ type: 'message', seq: 3 }));
  assert.ok(!isLogEvent(null));
});

test('ids are random, printable and short enough', () => {
  const ids = new Set(Array.from({ length: 1000 }, newId));

  assert.equal(ids.size, 1000);
  for (const id of ids) assert.match(id, /^[\x21-\x7e]{1,64}$/);
});

test('room names are canonical before they are sent', () => {
  assert.equal(canonicalRoom('  #Lobby '), 'lobby');
  assert.equal(canonicalRoom('ＯＰＳ'), 'ops');
  assert.equal(canonicalRoom('Straße_1.a-b'), 'straße_1.a-b');
  for (const bad of ['', '#', 'a b', '@bob', 'a/b', 'x'.repeat(65), '😀']) assert.equal(canonicalRoom(bad), null, bad);
  assert.equal(canonicalRoom('𝒳'.repeat(64)), 'x'.repeat(64));
});

test('content is made such as the server accepts it', () => {
  assert.equal(tidyContent('a\r\nb\rc'), 'a\nb\nc');
  assert.equal(tidyContent('a\tb\u0000\u0007\u001fc'), 'a\tbc');
  assert.equal(tidyContent('\n \n  indented\n\n'), '  indented');
  assert.equal(tidyContent(' \n\t '), '');
  assert.equal(tidyContent('\ud83d lone \ude00'), '\ufffd lone \ufffd');
  assert.equal(tidyContent('👩‍🚀 مرحبا'), '👩‍🚀 مرحبا');
});

test('bytes count, not characters', () => {
  const limits = { frameBytes: 4096, contentBytes: 3072 };
  const left = (content) => bytesLeft({ type: 'message', room: 'a', content }, limits);

  assert.equal(left('a'.repeat(3072)), 0);
  assert.equal(left('a'.repeat(3073)), -1);
  assert.equal(left('😀'.repeat(768)), 0);
  assert.equal(left('é'.repeat(1537)), -2);
});

test('a content that fits may still make too large a frame', () => {
  const message = { type: 'message', room: 'a', content: '"'.repeat(3000) };

  assert.equal(bytesLeft(message, { frameBytes: 4096, contentBytes: 3072 }), 4096 - encode(message).length);
  assert.ok(bytesLeft(message, { frameBytes: 4096, contentBytes: 3072 }) < 0);
  assert.equal(bytesLeft(message, { frameBytes: 0, contentBytes: 0 }), Infinity, '0 is no limit');
});

test('closes say whether to come back', () => {
  for (const code of [1000, 1001, 1005, 1006, 1011, 1013, 3000, 4508, 4513, 4529, 4599, 4999]) {
    assert.ok(closeMeaning(code).comeBack, String(code));
  }
  for (const code of [1002, 1003, 1007, 1009, 4400, 4401, 4403, 4409, 4410, 4499]) {
    assert.ok(!closeMeaning(code).comeBack, String(code));
  }
});

test('only what ends or bars the session is for the door', () => {
  const atDoor = [4400, 4401, 4403, 4409, 4410, 1006, 1009].filter((code) => closeMeaning(code).atDoor);

  assert.deepEqual(atDoor, [4400, 4401, 4403, 4409]);
});
