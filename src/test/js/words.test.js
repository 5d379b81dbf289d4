// The message files: each has every text, and with the same values.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import test from 'node:test';
import { LANGUAGES, chosenOf, has, t } from '../../../webapp/words.js';

const webapp = new URL('../../../webapp/', import.meta.url);
const files = await Promise.all(LANGUAGES.map(async (each) => [each, (await import(new URL(`words/${each}.js`, webapp))).default]));

function keysOf(texts) {
  return Object.entries(texts).flatMap(([area, names]) => Object.keys(names).map((name) => `${area}.${name}`));
}

/** The values a text takes, in all its forms. */
function valuesOf(text) {
  const forms = typeof text === 'string' ? [text] : Object.values(text);
  return [...new Set(forms.flatMap((form) => form.match(/\{\w+\}/g) ?? []))].sort();
}

function sources(folder = webapp) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((each) => {
    if (each.isDirectory()) return each.name === 'words' ? [] : sources(new URL(`${each.name}/`, folder));
    return /\.(js|html)$/.test(each.name) ? [readFileSync(new URL(each.name, folder), 'utf8')] : [];
  });
}

test('every language has the texts of the first, with the same values', () => {
  const [[, first]] = files;
  for (const [language, texts] of files) {
    assert.deepEqual(keysOf(texts).sort(), keysOf(first).sort(), language);
    for (const key of keysOf(first)) {
      const [area, name] = key.split('.');
      assert.deepEqual(valuesOf(texts[area][name]), valuesOf(first[area][name]), `${language} ${key}`);
    }
  }
});

test('a text with forms has those of its language', () => {
  for (const [language, texts] of files) {
    const { pluralCategories } = new Intl.PluralRules(language).resolvedOptions();
    for (const key of keysOf(texts)) {
      const [area, name] = key.split('.');
      if (typeof texts[area][name] !== 'string') assert.deepEqual(Object.keys(texts[area][name]).sort(), [...pluralCategories].sort(), `${language} ${key}`);
    }
  }
});

test('every text the page asks for is there', () => {
  const asked = sources().flatMap((source) => [...source.matchAll(/(?:\bt\(|data-t(?:-[a-z-]+)?=)['"]([\w.]+)['"]/g)].map(([, key]) => key));

  assert.ok(asked.length > 5);
  for (const key of asked) assert.ok(has(key), key);
});

test('the first language of the reader that there is is taken, whatever its region', () => {
  assert.equal(chosenOf(['fr-FR', 'de-AT', 'en']), 'de');
  assert.equal(chosenOf(['en-GB', 'de']), 'en');
  assert.equal(chosenOf(['fr']), 'en');
  assert.equal(chosenOf([]), 'en');
});

test('values are put in, numbers as they are written', () => {
  assert.equal(t('status.seconds', { count: 12 }), '12 s');
  assert.throws(() => t('status.nothing'), /no text for status.nothing/);
});
