// The words of the page in the reader's language, from the message files in words/.

import { chosenLanguage } from './settings.js';
import { scopeOf } from './addresses.js';
import { sharedStorage } from './remembered.js';

/** Each has a file; the first is for everybody who reads none of the others. */
export const LANGUAGES = ['en', 'de'];

/** The language the page is in, as BCP 47 has it. */
export const language = chosenOf(wanted());
/** For dates and numbers: the reader's own, with its region, where it is the language of the page. */
export const locale = wanted().find((each) => languageOf(each) === language) ?? language;

const { default: texts } = await import(`./words/${language}.js`);
const plurals = new Intl.PluralRules(locale);
const numbers = new Intl.NumberFormat(locale);

/**
 * The text of a key, "area.name", with the values put in for their {names}. A text with forms is chosen by `count`
 * (Unicode plural rules); numbers are written as the reader writes them.
 */
export function t(key, values = {}) {
  const [area, name] = key.split('.');
  const text = texts[area]?.[name];
  if (text === undefined) throw new Error(`no text for ${key}`);
  const form = typeof text === 'string' ? text : (text[plurals.select(values.count)] ?? text.other);
  return form.replace(/\{(\w+)\}/g, (whole, each) => written(values[each]) ?? whole);
}

/** Whether there is a text for this key: the server may know codes that this page does not. */
export function has(key) {
  const [area, name] = key.split('.');
  return Object.hasOwn(texts[area] ?? {}, name);
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

/** What was chosen comes first, with the reader's region of it. */
function wanted() {
  const spoken = globalThis.navigator?.languages ?? [];
  const chosen = globalThis.document === undefined ? null : chosenLanguage(sharedStorage(), scopeOf(document.baseURI));
  return chosen === null ? spoken : [...spoken.filter((tag) => languageOf(tag) === chosen), chosen, ...spoken];
}

function languageOf(tag) {
  return tag.toLowerCase().split('-')[0];
}

function written(value) {
  return typeof value === 'number' ? numbers.format(value) : value;
}
