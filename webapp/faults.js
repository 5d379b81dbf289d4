// What the server's errors and closes mean, in words for people.

import { has, t } from './words.js';

/** Closes that mean what another one does. */
const SAME = { 1003: 1002, 1007: 1002 };

/** The one close whose reason somebody wrote for whom it hits; what the server itself says is said here, in the reader's language. */
const FORBIDDEN = 4403;

/** A sentence about an `error`. */
export function errorWords(error) {
  return has(`errors.${error.code}`) ? t(`errors.${error.code}`) : (error.content ?? t('errors.unknown'));
}

/** A sentence about the end of a connection, as `closeMeaning` gives it. */
export function closeWords({ code, comeBack, reason }) {
  const key = `closes.${SAME[code] ?? code}`;
  const words = has(key) ? t(key) : t(comeBack ? 'closes.lost' : 'closes.stay');
  return code === FORBIDDEN && reason ? `${words} ${reason}` : words;
}

/** A sentence about a server that answers, but takes no connection: why, as GET /api/ways has it, or null. */
export function closedWords(closed) {
  return has(`closes.${closed}`) ? t(`closes.${closed}`) : t('closes.refused');
}
