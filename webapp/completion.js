// What somebody who writes may mean: a person after "@", a room after "#", an emoji after ":". Pure.

/** How many are offered at once. */
export const MOST_OFFERED = 8;

const BEGUN = /(?:^|[\s([{"'*_~>])([@#:])([^\s@#:]{0,40})$/u;
/** ":)" is a face, and "10:30" a time. */
const CODE = /^[\p{L}\p{N}+_-]{2,}$/u;
const ENDED_CODE = /(?:^|[^\p{L}\p{N}:]):([a-z0-9+_-]+):$/iu;

/** What is begun before the caret: { sign, query, from, to }; null for nothing. */
export function begunAt(text, caret) {
  const start = Math.max(0, caret - 60);
  const [, sign, query] = BEGUN.exec(text.slice(start, caret)) ?? [];
  if (sign === undefined || (sign === ':' && !CODE.test(query))) return null;
  return { sign, query, from: caret - query.length - 1, to: caret };
}

/** A whole ":shortcode:" before the caret: { code, from, to }; null for none. */
export function codeBefore(text, caret) {
  const [, code] = ENDED_CODE.exec(text.slice(Math.max(0, caret - 60), caret)) ?? [];
  return code === undefined ? null : { code, from: caret - code.length - 2, to: caret };
}

/** Of the names those that fit: first what begins so, then where a part of it does, then the others; else in their order. */
export function fitting(query, names, most = MOST_OFFERED) {
  const wanted = folded(query);
  const ranks = [[], [], []];
  for (const name of new Set(names)) ranks[rankOf(folded(name), wanted)]?.push(name);
  const found = ranks.flat();
  // Who has typed it all has nothing left to choose.
  return found.length === 1 && folded(found[0]) === wanted ? [] : found.slice(0, most);
}

function rankOf(name, wanted) {
  const at = name.indexOf(wanted);
  if (at <= 0) return at === 0 ? 0 : -1;
  return /[._-]/.test(name[at - 1]) ? 1 : 2;
}

function folded(text) {
  return text.normalize('NFC').toLowerCase();
}
