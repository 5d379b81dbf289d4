// That a room was left, and the way back to it, for a while.

import { setText } from './dom.js';
import { t } from '../words.js';

const STAYS_MS = 20_000;

export class LeftView {
  #box;
  #words;
  #undo;
  #close;
  #delegate;
  #room = null;
  #timer = null;

  /** The delegate: `leftUndo(room)`. */
  constructor(root, delegate) {
    this.#box = root.querySelector('#left');
    this.#words = root.querySelector('#left-words');
    this.#undo = root.querySelector('#left-undo');
    this.#close = root.querySelector('#left-close');
    this.#delegate = delegate;
  }

  start() {
    this.#undo.addEventListener('click', this.#undone);
    this.#close.addEventListener('click', this.hide);
  }

  stop() {
    clearTimeout(this.#timer);
    this.#undo.removeEventListener('click', this.#undone);
    this.#close.removeEventListener('click', this.hide);
  }

  /** `takesFocus`: left by the keyboard, whose place in the list is gone. */
  show(room, takesFocus) {
    this.#room = room;
    this.#box.hidden = false;
    setText(this.#words, t('rooms.left', { room: room.name }));
    if (takesFocus) this.#undo.focus();
    this.#later();
  }

  hide = () => {
    clearTimeout(this.#timer);
    this.#room = null;
    this.#box.hidden = true;
    setText(this.#words, '');
  };

  /** Not while somebody is about to press it. */
  #later() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => (this.#box.matches(':hover, :focus-within') ? this.#later() : this.hide()), STAYS_MS);
  }

  #undone = () => {
    const room = this.#room;
    this.hide();
    this.#delegate.leftUndo(room);
  };
}
