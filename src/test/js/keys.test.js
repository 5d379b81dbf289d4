// What keys mean, and when they mean nothing.

import assert from 'node:assert/strict';
import test from 'node:test';
import { KEYS, actOf, namesOf } from '../../../webapp/keys.js';

function key(name, modifiers = {}) {
  return { key: name, altKey: false, shiftKey: false, ctrlKey: false, metaKey: false, isComposing: false, keyCode: 0, defaultPrevented: false, ...modifiers };
}

const typing = { isTyping: true, isWriting: true };

test('rooms are changed by Alt and the arrows, also while writing', () => {
  assert.equal(actOf(key('ArrowDown', { altKey: true }), typing), 'next');
  assert.equal(actOf(key('ArrowUp', { altKey: true }), typing), 'previous');
  assert.equal(actOf(key('ArrowDown', { altKey: true, shiftKey: true }), typing), 'nextUnread');
  assert.equal(actOf(key('ArrowUp', { altKey: true, shiftKey: true })), 'previousUnread');
  assert.equal(actOf(key('ArrowUp', { altKey: true, ctrlKey: true })), null);
  assert.equal(actOf(key('ArrowUp')), null);
});

test('what Control is elsewhere, Command is on a Mac', () => {
  assert.equal(actOf(key('k', { ctrlKey: true }), typing), 'find');
  assert.equal(actOf(key('K', { ctrlKey: true })), 'find', 'with Caps Lock');
  assert.equal(actOf(key('k', { ctrlKey: true }), { isMac: true }), null, 'there it cuts a line');
  assert.equal(actOf(key('k', { metaKey: true }), { isMac: true }), 'find');
  assert.equal(actOf(key('k', { metaKey: true })), null);
  assert.equal(actOf(key(',', { ctrlKey: true }), { isMac: true }), 'settings');
});

test('the keys are shown wherever a slash is on the keyboard', () => {
  assert.equal(actOf(key('/', { ctrlKey: true }), typing), 'keys');
  assert.equal(actOf(key('/', { ctrlKey: true, shiftKey: true }), typing), 'keys');
  assert.equal(actOf(key('?', { shiftKey: true })), 'keys');
  assert.equal(actOf(key('?', { shiftKey: true }), { isTyping: true }), null);
  assert.equal(actOf(key('?', { shiftKey: true }), { single: false }), null);
});

test('Escape comes back to writing, and is left alone there', () => {
  assert.equal(actOf(key('Escape')), 'write');
  assert.equal(actOf(key('Escape'), { isTyping: true }), 'write', 'from the field for a room');
  assert.equal(actOf(key('Escape'), typing), null);
});

test('nothing is taken from an input method, from AltGr, or from who took it already', () => {
  const next = key('ArrowDown', { altKey: true });
  assert.equal(actOf({ ...next, isComposing: true }), null);
  assert.equal(actOf({ ...next, keyCode: 229 }), null);
  assert.equal(actOf({ ...next, defaultPrevented: true }), null);
  assert.equal(actOf({ ...next, getModifierState: (name) => name === 'AltGraph' }), null);
});

test('letters alone mean nothing', () => {
  for (const letter of 'abcdefghijklmnopqrstuvwxyz/,') assert.equal(actOf(key(letter)), null, letter);
});

test('every act that is listed has one way to name its keys', () => {
  assert.equal(new Set(KEYS.map(({ act }) => act)).size, KEYS.length);
  assert.deepEqual(namesOf(['mod', 'K'], false), ['Ctrl', 'K']);
  assert.deepEqual(namesOf(['mod', 'Alt', 'K'], true), ['⌘', '⌥', 'K']);
});
