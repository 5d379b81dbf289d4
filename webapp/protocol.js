// The words of the wire, version 1: how an object travels, and what a close asks of a client.

export const SUBPROTOCOLS = ['parley.v1.batch', 'parley.v1'];

/** What holds until `welcome` says otherwise; bytes of UTF-8. */
export const DEFAULT_LIMITS = Object.freeze({ frameBytes: 4096, contentBytes: 3072 });

const utf8 = new TextEncoder();

export function encode(message) {
  return JSON.stringify(message, (_, value) => (value === null ? undefined : value));
}

/** The objects of one frame, in order. What is not an object with a type is left out, never thrown over. */
export function decode(frame) {
  let parsed;
  try {
    parsed = JSON.parse(frame);
  } catch {
    return [];
  }
  const objects = Array.isArray(parsed) ? parsed : [parsed];
  return objects.filter((object) => object !== null && typeof object === 'object' && typeof object.type === 'string');
}

/** Whether a message moves the reader's position in its room, also when its type is not known here. */
export function isLogEvent(message) {
  return typeof message?.room === 'string' && Number.isInteger(message.seq) && message.type !== 'ack';
}

/** Random, because it is a dedupe key for ever. crypto.randomUUID is missing on plain http beyond localhost. */
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

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

/** Stay away until something is changed: the client, the name, the session, the number of tabs. */
const STAY = new Set([1002, 1003, 1007, 1009]);

/** Closes after which one has to come in anew, if at all: the door says why, and how. */
const AT_DOOR = new Set([4400, 4401, 4403, 4409]);

/**
 * What a close means: `comeBack` (with full jitter) or stay away until something is changed, `atDoor` when that
 * something is the session. Codes not known come back, but for the rest of 44xx.
 */
export function closeMeaning(code, reason = '') {
  const comeBack = !STAY.has(code) && (code < 4400 || code > 4499);
  return { code, comeBack, atDoor: AT_DOOR.has(code), reason };
}
