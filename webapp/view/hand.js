// What one can do with a single message, by pointer and by keyboard: go from one to the next, copy it, call its sender.

import { button, make } from './dom.js';
import { t } from '../words.js';
import { wordsOf } from './message.js';

/** How long a button says that it is done. */
const DONE_MS = 1500;

export class Hand {
  #log;
  #host;
  #acts = make('div', 'hand');
  #copy = button('quiet', '', '', () => this.#copied());
  #mention = button('quiet', '@', '', () => this.#host.handMention(this.#senderOf(this.#row)));
  #current = null; // what Tab leads to

  /** The host: `handGo(element, step)` when there is no message beside it in the document, `handMention(name)`, `handSaid(words)`. */
  constructor(log, host) {
    this.#log = log;
    this.#host = host;
    this.#acts.setAttribute('role', 'group');
    this.#acts.setAttribute('aria-label', t('talk.acts'));
    this.#acts.append(this.#mention, this.#copy);
  }

  start() {
    this.#log.addEventListener('pointerover', this.#pointed);
    this.#log.addEventListener('click', this.#pointed);
    this.#log.addEventListener('pointerleave', this.#left);
    this.#log.addEventListener('focusin', this.#focused);
    this.#log.addEventListener('keydown', this.#pressed);
  }

  stop() {
    this.#log.removeEventListener('pointerover', this.#pointed);
    this.#log.removeEventListener('click', this.#pointed);
    this.#log.removeEventListener('pointerleave', this.#left);
    this.#log.removeEventListener('focusin', this.#focused);
    this.#log.removeEventListener('keydown', this.#pressed);
  }

  /** Tab leads to this message, unless one is in the log already. */
  lead(element) {
    if (element === null || this.#log.contains(document.activeElement)) return;
    this.#leadTo(element);
  }

  focus(element) {
    this.#leadTo(element);
    element.focus({ preventScroll: true });
    element.scrollIntoView({ block: 'nearest' });
  }

  #leadTo(element) {
    if (this.#current === element) return;
    this.#current?.setAttribute('tabindex', '-1');
    this.#current?.removeAttribute('aria-label');
    this.#current = element;
    element.tabIndex = 0;
    const values = { name: this.#senderOf(element), time: element.querySelector('time').textContent, words: element.querySelector('.message-content').textContent };
    element.setAttribute('aria-label', t('talk.saidAt', values));
  }

  get #row() {
    return this.#acts.closest('.message');
  }

  /** A finger that only scrolls is none that points. */
  #pointed = ({ type, pointerType, target }) => {
    if (type === 'pointerover' && pointerType === 'touch') return;
    const row = target.closest('.message');
    // Whoever goes by keyboard is not disturbed by a pointer that lies there, under what scrolls.
    if (row !== null && this.#log.querySelector(':focus-visible') === null) this.#showAt(row);
  };

  #left = ({ pointerType }) => {
    if (pointerType === 'touch') return;
    const focused = document.activeElement?.closest('#log .message');
    if (focused === null || focused === undefined) this.#acts.remove();
    else this.#showAt(focused);
  };

  #focused = ({ target }) => {
    const row = target.closest('.message');
    if (row === null) return;
    this.#leadTo(row);
    this.#showAt(row);
  };

  #showAt(row) {
    if (this.#row === row) return;
    const name = this.#senderOf(row);
    this.#mention.hidden = row.classList.contains('own');
    this.#mention.setAttribute('aria-label', t('talk.mention', { name }));
    this.#mention.title = t('talk.mention', { name });
    this.#copy.textContent = t('talk.copy');
    if (row.dataset.state === 'read') row.append(this.#acts);
  }

  #pressed = (event) => {
    const row = event.target.closest('.message');
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (row === null || step === undefined || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const next = neighbourOf(row, step);
    if (next === null) this.#host.handGo(row, step);
    else this.focus(next);
  };

  async #copied() {
    const row = this.#row;
    const words = wordsOf(row);
    try {
      await navigator.clipboard.writeText(words);
    } catch {
      // Without TLS a page has no clipboard of its own: it copies as the person would.
      document.getSelection().selectAllChildren(row.querySelector('.message-content'));
      document.execCommand('copy');
      document.getSelection().removeAllRanges();
    }
    this.#copy.textContent = t('talk.copied');
    this.#host.handSaid(t('talk.copied'));
    setTimeout(() => (this.#copy.textContent = t('talk.copy')), DONE_MS);
  }

  #senderOf(row) {
    return row.dataset.sender;
  }
}

/** The message next to this one; null when it is not in the document. */
function neighbourOf(row, step) {
  let next = row;
  do {
    next = step < 0 ? next.previousElementSibling : next.nextElementSibling;
    if (next?.classList.contains('space') && next.clientHeight > 0) return null;
  } while (next !== null && !next.classList.contains('message'));
  return next;
}
