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
  #isUnreached = false;
  #known = null; // why nobody got through, as the server said it over HTTP

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
      this.#known = null;
      this.#isUnreached = false;
      return;
    }
    this.#since ??= now;
    if (before !== 'waiting' || this.#why === '') this.#explain(state, detail, before);
    if (state === 'waiting') this.#act = 'tryNow';
    if (state === 'away') this.#act = OLD_PAGE.has(detail.code) ? 'reload' : 'connectAgain';
  }

  /** What the server said over HTTP: why it takes no connection, null for nothing in particular; undefined when it says nothing. */
  answered(closed) {
    if (!this.#isUnreached) return;
    this.#known = closed === undefined ? null : closedWords(closed);
    this.#why = this.#known ?? t('closes.unreachable');
  }

  /** Whether the connection fails for a reason that a browser does not show. */
  get isUnreached() {
    return this.#isUnreached;
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
    if (this.#act === 'reload' || this.#state === 'away') return { words: this.#why, retryAt: 0, act: this.#act };
    return { words: isOnline ? this.#why : t('status.offline'), retryAt: isOnline ? this.#retryAt : 0, act: this.#act };
  }

  #explain(state, detail, before) {
    const isAbnormal = detail.code === undefined || detail.code === ABNORMAL;
    const wasOpen = before === 'open' || before === 'moving';
    this.#isUnreached = state === 'waiting' && isAbnormal && !wasOpen;
    if (state === 'moving') this.#why = t('closes.moving');
    else if (this.#isUnreached) this.#why = this.#known ?? t('closes.unreachable');
    else this.#why = isAbnormal ? t('closes.lost') : closeWords(detail);
  }
}
