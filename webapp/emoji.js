// The emoji by name, shortcode and other words, in the language of the page. Its file is loaded when it is first used.

import { language } from './words.js';

export class Emoji {
  #all;
  #byCode = new Map();

  /** What is in a file of emoji/ (see src/emoji/make.mjs): { groups }. */
  constructor({ groups }) {
    this.groups = groups.map((group) => group.map(entryOf));
    this.#all = this.groups.flat();
    for (const entry of this.#all) for (const code of entry.codes) this.#byCode.set(code, entry);
  }

  /** The emoji of a shortcode, without its colons; or undefined. */
  ofCode(code) {
    return this.#byCode.get(code.toLowerCase());
  }

  of(emoji) {
    return this.#all.find((entry) => entry.emoji === emoji);
  }

  /** What fits every word of the query, the best first: a shortcode, then a name that begins so, then whatever has the words. */
  search(query, most = Infinity) {
    const words = folded(query).split(/[\s_]+/).filter((word) => word !== '');
    if (words.length === 0) return [];
    const ranks = [[], [], [], []];
    for (const entry of this.#all) ranks[rankOf(entry, words)]?.push(entry);
    return ranks.flat().slice(0, most);
  }
}

let loading = null;

/** One that could not be loaded is asked for again the next time. */
export function loadEmoji() {
  loading ??= fetch(new URL(`./emoji/${language}.json`, import.meta.url))
    .then((response) => (response.ok ? response.json() : Promise.reject(new Error(`emoji: ${response.status}`))))
    .then((file) => new Emoji(file))
    .catch((error) => {
      loading = null;
      throw error;
    });
  return loading;
}

/** With a skin tone, 1 (light) to 5 (dark); 0 is none. */
export function toned({ emoji, hasTones }, tone) {
  if (!hasTones || tone === 0) return emoji;
  const [first, ...rest] = emoji;
  if (rest[0] === '\ufe0f') rest.shift();
  return [first, String.fromCodePoint(0x1f3fa + tone), ...rest].join('');
}

function entryOf([emoji, name, codes, words, hasTones]) {
  const codeList = codes === '' ? [] : codes.split(' ');
  const names = folded(`${name} ${codes.replaceAll('_', ' ')}`).split(' ');
  return { emoji, name, codes: codeList, hasTones: hasTones === 1, names, words: folded(words).split(' ') };
}

function rankOf({ codes, name, names, words }, query) {
  const whole = query.join('_');
  if (codes.includes(whole) || folded(name) === query.join(' ')) return 0;
  if (codes.some((code) => code.startsWith(whole))) return 1;
  if (query.every((each) => names.some((name) => name.startsWith(each)))) return 2;
  return query.every((each) => names.concat(words).some((word) => word.startsWith(each))) ? 3 : -1;
}

function folded(text) {
  return text.normalize('NFD').replace(/\p{Mn}/gu, '').toLowerCase();
}
