// The words of the page in the reader's language, from the message files in words/. Only the file of that language is loaded.

import { chosenLanguage } from './settings.js';
import { scopeOf } from './addresses.js';
import { sharedStorage } from './remembered.js';

/** Each has a file; the first is for everybody who reads none of the others, and has every text. */
export const LANGUAGES = ['en', 'de'];

/** The language the page is in, as BCP 47 has it. */
export const language = chosenOf(wanted());
/** For dates and numbers: the reader's own, with its region, where it is the language of the page. */
export const locale = localeOf(wanted(), language);

const texts = await textsOf(language).catch(() => textsOf(LANGUAGES[0]));
const plurals = new Intl.PluralRules(locale);
const numbers = new Intl.NumberFormat(locale);
let spare = language === LANGUAGES[0] ? texts : null; // for what a message file does not have

/**
 * The text of a key, "area.name", with the values put in for their {names}. A text with forms is chosen by `count`
 * (Unicode plural rules); numbers are written as the reader writes them. What a language lacks is said in the first one,
 * as soon as that is loaded: a page with a gap is better than none.
 */
export function t(key, values = {}) {
  const text = textIn(texts, key) ?? textIn(spare, key);
  if (text === undefined) return missing(key);
  const form = typeof text === 'string' ? text : (text[plurals.select(values.count)] ?? text.other);
  return form.replace(/\{(\w+)\}/g, (whole, each) => written(values[each]) ?? whole);
}

/** Whether there is a text for this key: the server may know codes that this page does not. */
export function has(key) {
  return textIn(texts, key) !== undefined;
}

/** Gives every element of the skeleton its text: `data-t` the content, `data-t-<attribute>` an attribute. */
export function translate(root) {
  root.documentElement.lang = language;
  for (const element of root.querySelectorAll('[data-t]')) element.textContent = t(element.dataset.t);
  for (const attribute of ['aria-label', 'placeholder', 'title']) {
    for (const element of root.querySelectorAll(`[data-t-${attribute}]`)) {
      element.setAttribute(attribute, t(element.getAttribute(`data-t-${attribute}`)));
    }
  }
}

/** The first of the reader's languages that there is a file for. */
export function chosenOf(tags) {
  return tags.map(languageOf).find((each) => LANGUAGES.includes(each)) ?? LANGUAGES[0];
}

/** The first of the reader's tags that is of that language; what Intl does not understand is passed over. */
export function localeOf(tags, chosen) {
  return tags.find((each) => languageOf(each) === chosen && isTag(each)) ?? chosen;
}

/** The reader's languages, the best first: what was chosen here, with the reader's region of it; then the browser's. */
function wanted() {
  const spoken = globalThis.navigator?.languages ?? [];
  const chosen = globalThis.document === undefined ? null : chosenLanguage(sharedStorage(), scopeOf(document.baseURI));
  return chosen === null ? spoken : [...spoken.filter((tag) => languageOf(tag) === chosen), chosen, ...spoken];
}

async function textsOf(chosen) {
  return (await import(`./words/${chosen}.js`)).default;
}

function textIn(all, key) {
  const [area, name] = key.split('.');
  return Object.hasOwn(all?.[area] ?? {}, name) ? all[area][name] : undefined;
}

function missing(key) {
  console.error(`no text for ${key} in ${language}`);
  if (spare === null) {
    spare = {};
    textsOf(LANGUAGES[0]).then((loaded) => (spare = loaded), () => (spare = null));
  }
  return key;
}

function languageOf(tag) {
  return tag.toLowerCase().split('-')[0];
}

function isTag(tag) {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}

function written(value) {
  return typeof value === 'number' ? numbers.format(value) : value;
}
