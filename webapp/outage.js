// What is to be said about the state of the connection, and when: a short hiccup is passed over. Pure.

import { closeWords, closedWords } from './faults.js';
import { t } from './words.js';

/** What is mended sooner was none. */
export const HICCUP_MS = 2000;

/** The page itself is at fault: another attempt ends the same way. */
const OLD_PAGE = new Set([1002, 1003, 1007, 1009]);
/** No close frame: the network, or a handshake that was refused, of which a browser says no more. */
const ABNORMAL = 1006;

export class Outage {
  #state = 'idle';
  #since = null; // when it began; null when there is none
  #why = '';
  #retryAt = 0;
  #act = null;

  /** The connection is in another state, with its detail: { code, reason, comeBack, atDoor, retryAt }. */
  become(state, detail, now) {
    const before = this.#state;
    this.#state = state;
    this.#retryAt = detail.retryAt ?? 0;
    if (state === 'connecting') return; // an attempt mends nothing yet
    this.#act = null;
    if (state === 'open' || state === 'idle' || detail.atDoor) {
      this.#since = null;
      this.#why = '';
      return;
    }
    this.#since ??= now;
    if (state === 'moving') this.#why = t('closes.moving');
    else if (before !== 'waiting' || this.#why === '') this.#why = whyOf(detail, before);
    if (state === 'waiting') this.#act = 'tryNow';
    if (state === 'away') this.#act = OLD_PAGE.has(detail.code) ? 'reload' : 'connectAgain';
  }

  /** The server answers over HTTP, though it took no connection: `closed` says why, or is null. */
  answered(closed) {
    if (this.isUnreached) this.#why = closedWords(closed);
  }

  /** Whether nobody knows yet why there is no connection. */
  get isUnreached() {
    return this.#state === 'waiting' && this.#why === t('closes.unreachable');
  }

  /** Whether what is said may change by time alone. */
  get isRunning() {
    return this.#since !== null && this.#state !== 'away';
  }

  /**
   * { words, retryAt, act }, or null when there is nothing to say (yet): `retryAt` is 0 when nothing is waited for, `act`
   * one of tryNow, connectAgain, reload, or null.
   */
  face(now, isOnline) {
    if (this.#since === null || this.#why === '') return null;
    if (this.#state !== 'away' && now - this.#since < HICCUP_MS) return null;
    if (this.#state === 'moving') return { words: this.#why, retryAt: 0, act: null };
    if (this.#state === 'away') return { words: this.#why, retryAt: 0, act: this.#act };
    const why = isOnline ? this.#why : t('status.offline');
    return { words: `${why} ${t('status.kept')}`, retryAt: isOnline ? this.#retryAt : 0, act: this.#act };
  }
}

function whyOf(detail, before) {
  if (detail.code !== undefined && detail.code !== ABNORMAL) return closeWords(detail);
  return before === 'open' || before === 'moving' ? t('closes.lost') : t('closes.unreachable');
}
