// What was chosen for this browser.

import assert from 'node:assert/strict';
import test from 'node:test';
import { CHOICES, Settings, chosenLanguage } from '../../../webapp/settings.js';
import { LANGUAGES } from '../../../webapp/words.js';

function storageOf(items = new Map()) {
  return { getItem: (key) => items.get(key) ?? null, setItem: (key, value) => items.set(key, value), items };
}

test('what was chosen stays, and is told', () => {
  const storage = storageOf();
  let told = 0;
  const settings = new Settings(storage, '/', () => told++);
  assert.equal(settings.get('theme'), 'system');

  assert.equal(settings.set('theme', 'dark'), true);
  settings.set('notify', 'all');

  assert.equal(told, 2);
  assert.equal(new Settings(storage, '/').get('theme'), 'dark');
  assert.equal(new Settings(storage, '/').get('notify'), 'all');
  assert.equal(new Settings(storage, '/other/').get('theme'), 'system');
});

test('nonsense is as if nothing had been chosen', () => {
  for (const stored of ['no json', 'null', '7', '{"theme":"pink","language":{}}']) {
    const settings = new Settings(storageOf(new Map([['parley:/:settings', stored]])), '/');
    for (const [name, [first]] of Object.entries(CHOICES)) assert.equal(settings.get(name), first, stored);
  }
});

test('where nothing may be kept it is said', () => {
  const forbidden = { getItem: () => assert.fail(), setItem: () => assert.fail() };
  assert.equal(new Settings(forbidden, '/').set('theme', 'dark'), false);
});

test('every language of the page can be chosen', () => {
  assert.deepEqual(CHOICES.language, ['browser', ...LANGUAGES]);
  const storage = storageOf();
  assert.equal(chosenLanguage(storage, '/'), null);
  new Settings(storage, '/').set('language', 'de');
  assert.equal(chosenLanguage(storage, '/'), 'de');
});
