// The state of the connection, always visible: a word, and in an outage why, and what to do.

import { inWords } from '../moments.js';
import { Outage } from '../outage.js';
import { setText } from './dom.js';
import { t } from '../words.js';

const TICK_MS = 500;

export class StatusView {
  #root;
  #word;
  #ear;
  #notice;
  #why;
  #next;
  #retry;
  #delegate;
  #outage = new Outage();
  #timer = null;
  #face = null;

  /** The delegate: `statusRetry()`; `statusReload()`; `statusUnreached()` when it would be good to know why there is no connection. */
  constructor(root, delegate) {
    this.#root = root.querySelector('#status');
    this.#word = root.querySelector('#status-word');
    this.#ear = root.querySelector('#status-ear');
    this.#notice = root.querySelector('#notice');
    this.#why = root.querySelector('#notice-words');
    this.#next = root.querySelector('#notice-next');
    this.#retry = root.querySelector('#notice-retry');
    this.#delegate = delegate;
  }

  start() {
    this.#retry.addEventListener('click', this.#retried);
    window.addEventListener('online', this.#draw);
    window.addEventListener('offline', this.#draw);
  }

  stop() {
    clearInterval(this.#timer);
    this.#retry.removeEventListener('click', this.#retried);
    window.removeEventListener('online', this.#draw);
    window.removeEventListener('offline', this.#draw);
  }

  draw(state, detail = {}) {
    this.#root.dataset.state = state;
    setText(this.#word, t(`status.${state}`));
    this.#outage.become(state, detail, Date.now());
    clearInterval(this.#timer);
    if (this.#outage.isRunning) this.#timer = setInterval(this.#draw, TICK_MS);
    this.#draw();
  }

  /** What the server says over HTTP of a connection that it does not take: see Outage. */
  answered(closed) {
    this.#outage.answered(closed);
    this.#draw();
  }

  #draw = () => {
    if (this.#outage.isUnreached) this.#delegate.statusUnreached();
    const before = this.#face;
    const face = this.#outage.face(Date.now(), navigator.onLine);
    this.#face = face;
    this.#notice.hidden = face === null;
    if (face === null) {
      if (before !== null) setText(this.#ear, this.#root.dataset.state === 'open' ? t('status.back') : '');
      return;
    }
    setText(this.#why, face.words);
    setText(this.#ear, face.words);
    // Seconds are for the eye only: an ear would hear each of them.
    const wait = face.retryAt - Date.now();
    const isTrying = this.#root.dataset.state === 'connecting';
    setText(this.#next, isTrying ? t('status.trying') : wait > 0 ? t('status.next', { when: inWords(wait) }) : '');
    this.#retry.hidden = face.act === null;
    if (face.act !== null) setText(this.#retry, t(`status.${face.act}`));
  };

  #retried = () => {
    if (this.#face?.act === 'reload') this.#delegate.statusReload();
    else this.#delegate.statusRetry();
  };
}
