// The words of the wire that a person writes: names of rooms, contents, and what they weigh. The wire itself is the client's.

import { encode } from './parley-client.js';

export { closeMeaning, isLogEvent, newId } from './parley-client.js';

/** What holds until `welcome` says otherwise; bytes of UTF-8. */
export const DEFAULT_LIMITS = Object.freeze({ frameBytes: 4096, contentBytes: 3072 });

const utf8 = new TextEncoder();

/** The canonical name of a room, or null when it cannot be one. The server has the last word. */
export function canonicalRoom(text) {
  const name = text.trim().replace(/^#/, '').normalize('NFKC').toLowerCase();
  return /^[\p{L}\p{M}\p{N}._-]{1,64}$/u.test(name) ? name : null;
}

/** What the server accepts as content: newlines only as \n, no other control but tab, no unpaired surrogate. */
export function tidyContent(text) {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/[\0-\x08\x0b-\x1f]/g, '')
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .replace(/^(?:[ \t]*\n)+|\s+$/g, '');
}

/**
 * Bytes left for this message, negative when it is too long. The frame counts too: a quote or a newline takes two
 * bytes there, so a content within its own limit may still not fit.
 */
export function bytesLeft(message, limits) {
  const content = orNoLimit(limits.contentBytes) - utf8.encode(message.content).length;
  const frame = orNoLimit(limits.frameBytes) - utf8.encode(encode(message)).length;
  return Math.min(content, frame);
}

function orNoLimit(limit) {
  return limit > 0 ? limit : Infinity; // 0 is no limit
}
