// Links in what somebody typed: addresses of the web, and rooms of this server. Pure.

import { canonicalRoom } from './protocol.js';

/** Marks that turn or hide the text around them have no place in an address. */
const NOT_IN_ADDRESS = '\\s<>"`\\u0000-\\u001f\\u061c\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u2069\\ufeff';
const ADDRESS = new RegExp(`https?://(?:(?!\\]\\()[^${NOT_IN_ADDRESS}])+`, 'iuy');
/** [words](address) */
const NAMED = new RegExp(`\\[([^[\\]\\n]{1,300})\\]\\((https?://[^()${NOT_IN_ADDRESS}]+)\\)`, 'iuy');
const ROOM = /#([\p{L}\p{M}\p{N}._-]{1,64})(?![\p{L}\p{M}\p{N}_-])/uy;
/** The number of an issue, or a colour. */
const NO_ROOM = /^\d+$|^(?=.*\d)([\da-f]{3}|[\da-f]{6})$/i;
const WORD = /[\p{L}\p{M}\p{N}]/u;
/** What ends a sentence, not an address. */
const TRAILING = /[.,;:!?'*_~…»”’]/;
const PAIRS = { ')': '(', ']': '[', '}': '{' };
/** Words that are an address themselves, or could be taken for one. */
const LIKE_ADDRESS = /:\/\/|[\p{L}\p{N}-]\.\p{L}{2}/u;
/** Letters of other scripts may look like common ones, and so may rare ones of the Latin script. */
const FOREIGN = /[^A-Za-z\d\u00c0-\u00cf\u00d1-\u00d6\u00d8-\u00dd\u00df-\u00ef\u00f1-\u00f6\u00f8-\u00fd\u00ff.:[\]-]/;

/** What begins here with `mark`, one of "http://", "[" and "#": a node (see markup.js) with the `length` it takes; or null. */
export function linkAt(line, at, mark, cost) {
  if (mark === '[') return namedAt(line, at, cost);
  if (at > 0 && WORD.test(line[at - 1])) return null;
  return mark === '#' ? roomAt(line, at) : addressAt(line, at, cost);
}

function addressAt(line, at, cost) {
  const whole = matchAt(ADDRESS, line, at)?.[0] ?? null;
  if (whole === null) return null;
  cost.steps += whole.length;
  const text = trimmed(whole);
  const url = urlOf(text);
  // What is no address is not looked through for another one.
  if (url === null) return { kind: 'text', text: whole, length: whole.length };
  const typed = text.replace(/^https?:\/\//i, '').split(/[/?#]/, 1)[0];
  return { kind: 'link', text, href: url.href, host: FOREIGN.test(typed) ? url.host : '', length: text.length };
}

/** The host always stands beside the words; and words that look like an address are not linked to another one. */
function namedAt(line, at, cost) {
  const [typed, text, address] = matchAt(NAMED, line, at) ?? [];
  cost.steps += typed?.length ?? 1;
  const url = typed === undefined || text.trim() === '' || LIKE_ADDRESS.test(text) ? null : urlOf(address);
  return url === null ? null : { kind: 'link', text, href: url.href, host: url.host, typed, length: typed.length };
}

function roomAt(line, at) {
  if (at > 0 && /[#&/]/.test(line[at - 1])) return null;
  const text = matchAt(ROOM, line, at)?.[0].replace(/[.-]+$/, '') ?? '#';
  const room = NO_ROOM.test(text.slice(1)) ? null : canonicalRoom(text.slice(1));
  return room === null ? null : { kind: 'room', text, room, length: text.length };
}

/** Without what belongs to the sentence: "(see https://example.org/a_(b).)" */
function trimmed(address) {
  const more = { ')': 0, ']': 0, '}': 0 }; // closing ones less the opening ones
  for (const char of address) {
    for (const [close, open] of Object.entries(PAIRS)) more[close] += Number(char === close) - Number(char === open);
  }
  let end = address.length;
  for (; end > 0; end--) {
    const last = address[end - 1];
    if (more[last] > 0) more[last]--;
    else if (!TRAILING.test(last)) break;
  }
  return address.slice(0, end);
}

/** With a name before the host it is not what it seems. */
function urlOf(text) {
  try {
    const url = new URL(text);
    const isHost = /^https?:$/.test(url.protocol) && /^[\w[]/.test(url.hostname);
    return isHost && url.username === '' && url.password === '' ? url : null;
  } catch {
    return null;
  }
}

function matchAt(pattern, line, at) {
  pattern.lastIndex = at;
  return pattern.exec(line);
}
