// The words of the wire, version 1: how an object travels, and what error and close codes ask of a client.

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

const ERRORS = {
  bad_message: 'The server did not understand this.',
  too_large: 'This message is too long.',
  bad_room: 'A room cannot have this name. Letters, digits, dot, underscore and hyphen are fine.',
  not_joined: 'You are not in this room.',
  forbidden: 'You may not do this here.',
  not_found: 'This does not exist, or no longer.',
  conflict: 'This message clashes with an earlier one.',
  too_many_rooms: 'You are in as many rooms as one may be. Leave one first.',
  rate_limited: 'That was a little fast. One moment.',
  busy: 'The server is busy.',
  unavailable: 'The server cannot store messages right now.',
  internal: 'Something went wrong in the server.',
};

/** A sentence for people about an `error`. */
export function errorWords(error) {
  return ERRORS[error.code] ?? error.content ?? 'The server refused this.';
}

/** Stay away until something is changed. */
const STAY = {
  1002: 'This page and the server do not understand each other. Reload the page.',
  1003: 'This page and the server do not understand each other. Reload the page.',
  1007: 'This page and the server do not understand each other. Reload the page.',
  1009: 'This page sent more than the server takes. Reload the page.',
  4400: 'This name cannot be used.',
  4401: 'Your session has ended.',
  4403: 'You may not come in.',
  4409: 'This name belongs to somebody else. Choose another.',
  4410: 'There are too many of you here. Close a tab or a window, then connect again.',
};

const COME_BACK = {
  1001: 'The server is restarting.',
  1011: 'The server had a problem.',
  1013: 'The server is full.',
  4508: 'The connection went silent.',
  4513: 'The connection is too slow.',
  4529: 'That was too much at once.',
};

/** Closes after which one has to come in anew, if at all: the door says why, and how. */
const AT_DOOR = new Set([4400, 4401, 4403, 4409]);
/** Closes whose reason is meant for people. */
const WITH_REASON = new Set([4400, 4403, 4410]);

/**
 * What a close means: `comeBack` (with full jitter) or stay away until something is changed, `atDoor` when that
 * something is the session, `words` for people, `reason` as the server gave it. Codes not known come back, but for the rest of 44xx.
 */
export function closeMeaning(code, reason = '') {
  const stay = code in STAY || (code >= 4400 && code <= 4499);
  if (!stay) {
    return { code, comeBack: true, atDoor: false, words: COME_BACK[code] ?? 'The connection was lost.' };
  }
  const words = STAY[code] ?? 'The server asked to stay away.';
  const said = WITH_REASON.has(code) && reason ? `${words} ${reason}` : words;
  return { code, comeBack: false, atDoor: AT_DOOR.has(code), words: said, reason };
}
