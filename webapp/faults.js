// What the server's errors and closes mean, in words for people.

import { has, t } from './words.js';

/** Closes whose reason is meant for people. */
const WITH_REASON = new Set([4400, 4403, 4410]);
/** Closes that mean what another one does. */
const SAME = { 1003: 1002, 1007: 1002 };

/** A sentence about an `error`. */
export function errorWords(error) {
  return has(`errors.${error.code}`) ? t(`errors.${error.code}`) : (error.content ?? t('errors.unknown'));
}

/** A sentence about the end of a connection, as `closeMeaning` gives it. */
export function closeWords({ code, comeBack, reason }) {
  const key = `closes.${SAME[code] ?? code}`;
  const words = has(key) ? t(key) : t(comeBack ? 'closes.lost' : 'closes.stay');
  return WITH_REASON.has(code) && reason ? `${words} ${reason}` : words;
}
