// Makes webapp/emoji/*.json, the emoji with their names in each language of the page, from emojibase-data (MIT), which
// has the names from the Unicode CLDR and the shortcodes of Slack and Mattermost (iamcal). To make them anew:
//   cd /somewhere && npm install emojibase-data@16.0.3 && node <here>/src/emoji/make.mjs /somewhere/node_modules/emojibase-data
//
// A file is { groups: [[emoji, ...], ...] }, an emoji [itself, its name, its shortcodes, other words, 1 if it takes a skin tone].

import { readFileSync, writeFileSync } from 'node:fs';

/** Groups of Unicode that are shown as one, in order; the components (2) are none to choose. */
const GROUPS = [[0], [1], [3], [4], [5], [6], [7], [8], [9]];
/** Newer ones many systems cannot draw yet. */
const NEWEST = 15.1;
const MOST_TAGS = 8;

const from = process.argv[2];
const read = (name) => JSON.parse(readFileSync(`${from}/${name}`, 'utf8'));
const codes = read('en/shortcodes/iamcal.json');
const github = read('en/shortcodes/github.json');

for (const language of ['en', 'de']) {
  const all = read(`${language}/data.json`).filter(({ version, group }) => version > 0 && version <= NEWEST && group !== undefined);
  all.sort((a, b) => a.order - b.order);
  const groups = GROUPS.map((ids) => all.filter(({ group }) => ids.includes(group)).map(entry));
  const lines = groups.map((group) => `[\n${group.map((each) => JSON.stringify(each)).join(',\n')}\n]`);
  writeFileSync(new URL(`../../webapp/emoji/${language}.json`, import.meta.url), `{ "groups": [${lines.join(', ')}] }\n`);
}

function entry({ emoji, hexcode, label, tags = [], skins }) {
  const shortcodes = [...new Set([codes[hexcode] ?? [], github[hexcode] ?? []].flat())];
  const known = new Set(`${label} ${shortcodes.join(' ').replaceAll('_', ' ')}`.toLowerCase().split(' '));
  const words = tags.filter((tag) => !known.has(tag.toLowerCase())).slice(0, MOST_TAGS);
  const itself = isPlain(emoji) ? emoji.replace(/\ufe0f$/, '') : emoji;
  const parts = [itself, label, shortcodes.join(' '), words.join(' ')];
  return takesTone(skins) ? [...parts, 1] : parts;
}

/** One that is drawn in colour by itself needs no selector. */
function isPlain(emoji) {
  return /^\p{Emoji_Presentation}\ufe0f$/u.test(emoji);
}

/** Only where a tone stands behind the first sign, as emoji.js puts it there. */
function takesTone(skins = []) {
  const { emoji } = skins.find(({ tone }) => tone === 1) ?? { emoji: '' };
  return emoji.split('\u{1f3fb}').length === 2 && /^.\u{1f3fb}/u.test(emoji);
}
