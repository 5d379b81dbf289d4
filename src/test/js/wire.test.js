// The wire's examples: the same files that the Java tests read.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import test from 'node:test';
import { lineOf } from './line.js';
import { decode, encode, isLogEvent } from '../../../webapp/parley-client.js';
import { bytesLeft, DEFAULT_LIMITS } from '../../../webapp/protocol.js';

function examples(folder, atLeast) {
  const base = new URL(`../resources/wire/${folder}/`, import.meta.url);
  const files = readdirSync(base).filter((file) => file.endsWith('.json'));
  assert.ok(files.length >= atLeast, `${folder} has ${files.length} examples`);
  return files.map((file) => ({ file, text: readFileSync(new URL(file, base), 'utf8') }));
}

test('every message of the server is read, alone and in an array', () => {
  for (const { file, text } of examples('server', 20)) {
    assert.deepEqual(decode(text), [JSON.parse(text)], file);
    assert.deepEqual(decode(`[${text},${text}]`).length, 2, file);
  }
});

test('of the messages of the server only log events move the position', () => {
  for (const { file, text } of examples('server', 20)) {
    const message = JSON.parse(text);
    assert.equal(isLogEvent(message), message.type === 'message', file);
  }
});

test('a later server does not disturb the page, and its events are counted', () => {
  for (const { file, text } of examples('later', 5)) {
    const message = JSON.parse(text);
    const read = decode(text);
    assert.equal(read.length, typeof message.type === 'string' ? 1 : 0, file);
    if (read.length && typeof message.room === 'string' && Number.isInteger(message.seq) && message.type !== 'ack') {
      assert.ok(isLogEvent(read[0]), file);
    }
  }
});

test('what the page writes is what the good examples are', () => {
  for (const { file, text } of examples('client/good', 20)) {
    const frame = JSON.parse(text);
    const written = encode(frame);
    assert.ok(Buffer.byteLength(written) <= DEFAULT_LIMITS.frameBytes, file);
    if (frame.type === 'message') {
      assert.ok(bytesLeft({ content: frame.content }, DEFAULT_LIMITS) >= 0, file);
    }
  }
});

test('the client takes every message of the server, of now and of later, in any state', async (t) => {
  const line = await lineOf(t);
  await line.start();
  for (const room of ['lobby', 'a']) line.client.join(room);
  for (let round = 0; round < 2; round++) {
    for (const { text } of [...examples('server', 20), ...examples('later', 5)]) {
      line.socket.dispatchEvent(new MessageEvent('message', { data: text }));
      line.socket.dispatchEvent(new MessageEvent('message', { data: `[${text},null,${text}]` }));
    }
    line.admit('lobby', { head: 3, recovered: true });
  }
  line.client.typing('lobby');

  assert.equal(line.last('typing').room, 'lobby');
});
