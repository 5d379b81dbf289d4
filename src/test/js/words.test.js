// The message files: each has every text, and with the same values.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import test from 'node:test';
import { LANGUAGES, chosenOf, has, localeOf, t } from '../../../webapp/words.js';

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
  assert.equal(t('refusals.length', { count: 1234 }), 'This one has 1,234.');
  assert.equal(t('session.other', { name: '{when}' }), 'In another tab you are {when} now.');
});

test('what is missing is no end of the page', (test) => {
  const told = test.mock.method(console, 'error', () => {});

  assert.equal(t('status.nothing'), 'status.nothing');
  assert.equal(told.mock.callCount(), 1, 'a developer sees it');
});

test('dates and numbers are those of the region, as far as the browser knows it', () => {
  assert.equal(localeOf(['fr-FR', 'de-AT', 'de'], 'de'), 'de-AT');
  assert.equal(localeOf(['fr'], 'en'), 'en');
  assert.equal(localeOf(['de-x_y', 'de-CH'], 'de'), 'de-CH');
});

/** What stands in the sources and is read, but is no word of a language: names of the product, and what a browser needs. */
const ALLOWED = new Set(['Parley', 'Parley needs JavaScript.', 'Parley braucht JavaScript.', 'no text for  in ', 'noopener noreferrer nofollow']);

test('no words for people stand in the skeleton', () => {
  const html = readFileSync(new URL('index.html', webapp), 'utf8').replace(/<!--.*?-->/gs, '');
  const texts = [...html.matchAll(/>([^<]+)</g)].map(([, text]) => text.trim());
  const attributes = [...html.matchAll(/\s(?:aria-label|placeholder|title|alt)="([^"]*)"/g)].map(([, text]) => text);

  assert.deepEqual([...texts, ...attributes].filter((text) => /\p{L}{2}/u.test(text) && !ALLOWED.has(text)), []);
});

test('no words for people stand in the scripts', () => {
  const found = sources().filter((source) => !source.startsWith('<!doctype')).flatMap(textsOf);

  assert.ok(found.length > 100, 'texts are found at all');
  assert.deepEqual(found.filter((text) => isSentence(text) && !ALLOWED.has(text)), []);
});

/** The literals of a script, without its comments; of a template what stands between the values. */
function textsOf(source) {
  const code = source.replace(/\/\*[^]*?\*\/|^\s*\/\/[^\n]*|\s\/\/ [^\n]*/gm, '');
  const literals = code.matchAll(/'((?:[^'\\\n]|\\.)*)'|`((?:[^`\\]|\\.)*)`/g);
  return [...literals].map(([, quoted, template]) => quoted ?? template.replace(/\$\{(?:[^{}]|\{[^{}]*\})*\}/g, ''));
}

/** Begins as one, or ends as one. */
function isSentence(text) {
  return /^\p{Lu}\p{Ll}+[ .…?!]| \p{L}+[.…?!] *$|\p{L}{2} \p{L}+ \p{L}{2}/u.test(text);
}
