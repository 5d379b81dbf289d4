// The emoji of the page: their files, how they are found, and what is remembered of them.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { Emoji, toned } from '../../../webapp/emoji.js';
import { LANGUAGES } from '../../../webapp/words.js';
import { Recents } from '../../../webapp/recents.js';

const fileOf = (language) => JSON.parse(readFileSync(new URL(`../../../webapp/emoji/${language}.json`, import.meta.url), 'utf8'));
const files = LANGUAGES.map((language) => [language, fileOf(language)]);
const english = new Emoji(fileOf('en'));
const found = (query, emoji = english) => emoji.search(query, 5).map(({ emoji: each }) => each);

test('every language has the same emoji, each with a name, and under the same shortcodes', () => {
  const shape = ({ groups }) => groups.map((group) => group.map(([emoji, name, codes, , tones]) => [emoji, name.length > 0, codes, tones]));
  for (const [language, file] of files) assert.deepEqual(shape(file), shape(files[0][1]), language);
  assert.equal(files[0][1].groups.length, 9);
});

test('each is one sign to the reader', () => {
  const segmenter = new Intl.Segmenter();
  for (const { emoji } of english.groups.flat()) assert.equal([...segmenter.segment(emoji)].length, 1, emoji);
});

test('a skin tone stands where it belongs', () => {
  const tones = english.groups.flat().filter(({ hasTones }) => hasTones);
  assert.ok(tones.length > 200);
  for (const entry of tones) for (const tone of [1, 5]) assert.match(toned(entry, tone), /^\p{RGI_Emoji}$/v, entry.name);
  assert.equal(toned(english.ofCode('+1'), 3), '👍🏽');
  assert.equal(toned(english.ofCode('+1'), 0), '👍');
  assert.equal(toned(english.ofCode('tada'), 3), '🎉');
});

test('found by shortcode, by name, and by other words, in that order', () => {
  assert.equal(found('tada')[0], '🎉');
  assert.equal(found('+1')[0], '👍');
  assert.equal(found('red heart')[0], '❤️');
  assert.ok(found('lol').length > 0);
  assert.deepEqual(found(''), []);
  assert.deepEqual(found('xyzzy'), []);
  assert.equal(found('KATZE', new Emoji(fileOf('de')))[0], '🐈');
  assert.equal(found('marchen', new Emoji(fileOf('de'))).length > 0, true, 'without its umlaut');
});

test('the newest are remembered first, each once, and nothing is when it is forbidden', () => {
  const stored = new Map();
  const storage = { getItem: (key) => stored.get(key) ?? null, setItem: (key, value) => stored.set(key, value), removeItem: (key) => stored.delete(key) };
  const recents = new Recents(storage, '/');
  for (const emoji of ['a', 'b', 'a']) recents.used(emoji);
  recents.tone = 4;

  assert.deepEqual(new Recents(storage, '/').emoji, ['a', 'b']);
  assert.equal(new Recents(storage, '/').tone, 4);
  assert.deepEqual(new Recents(storage, '/other/').emoji, []);
  for (let each = 0; each < 50; each++) recents.used(`e${each}`);
  assert.equal(recents.emoji.length, 24);
  recents.forget();
  assert.deepEqual(recents.emoji, []);
  for (const broken of ['', '{', 'null', '{"emoji":7,"tone":"x"}', '[]']) {
    stored.set('parley:/:emoji', broken);
    assert.deepEqual([recents.emoji, recents.tone], [[], 0], broken);
  }
  const forbidden = new Recents({ getItem() { throw new Error(); }, setItem() { throw new Error(); }, removeItem() { throw new Error(); } }, '/');
  forbidden.used('a');
  forbidden.forget();
  assert.deepEqual(forbidden.emoji, []);
});
