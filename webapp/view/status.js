// The state of the connection, always visible: a word, and what the person can do about it.

import { setText } from './dom.js';
import { t } from '../words.js';

export class StatusView {
  #root;
  #word;
  #detail;
  #notice;
  #why;
  #retry;
  #delegate;
  #timer = null;
  #retryAt = 0;

  /** The delegate: `statusRetry()`. */
  constructor(root, delegate) {
    this.#root = root.querySelector('#status');
    this.#word = root.querySelector('#status-word');
    this.#detail = root.querySelector('#status-detail');
    this.#notice = root.querySelector('#notice');
    this.#why = root.querySelector('#notice-words');
    this.#retry = root.querySelector('#notice-retry');
    this.#delegate = delegate;
  }

  start() {
    this.#retry.addEventListener('click', this.#retried);
  }

  stop() {
    clearInterval(this.#timer);
    this.#retry.removeEventListener('click', this.#retried);
  }

  draw(state, { words = '', retryAt = 0, atDoor = false } = {}) {
    clearInterval(this.#timer);
    this.#root.dataset.state = state;
    this.#retryAt = retryAt;
    setText(this.#word, t(`status.${state}`));
    setText(this.#detail, '');
    if (state === 'waiting') this.#timer = setInterval(() => this.#countDown(), 500);
    // Where somebody has to come in again, the door says why.
    if (state === 'open' || state === 'idle' || atDoor) this.#notice.hidden = true;
    else if (state === 'waiting' || state === 'away' || state === 'moving') this.#tell(words, state);
  }

  #tell(words, state) {
    setText(this.#why, navigator.onLine || state !== 'waiting' ? words : t('status.offline'));
    setText(this.#retry, t(state === 'away' ? 'status.connectAgain' : 'status.tryNow'));
    this.#retry.hidden = state === 'moving';
    this.#notice.hidden = false;
  }

  /** Seconds are for the eye only; a screen reader hears the word, once. */
  #countDown() {
    const seconds = Math.ceil((this.#retryAt - Date.now()) / 1000);
    setText(this.#detail, seconds > 0 ? t('status.seconds', { count: seconds }) : '');
  }

  #retried = () => this.#delegate.statusRetry();
}
