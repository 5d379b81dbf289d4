// Where the person writes: Enter sends, Shift+Enter makes a new line; says when a message is too long.

import { setText } from './dom.js';
import { bytesLeft, tidyContent } from '../protocol.js';

/** From here on the bytes that are left are shown. */
const SHOW_LEFT = 200;
/** An id as long as ours, to know what a message will weigh. */
const ANY_ID = '0'.repeat(32);

export class ComposerView {
  #form;
  #input;
  #left;
  #send;
  #delegate;
  #room = null;
  #limits = null;

  /** The delegate: `composerSay(content)`; false means: not now, keep the text. */
  constructor(root, delegate) {
    this.#form = root.querySelector('#composer');
    this.#input = root.querySelector('#content');
    this.#left = root.querySelector('#content-left');
    this.#send = root.querySelector('#send');
    this.#delegate = delegate;
  }

  start() {
    this.#form.addEventListener('submit', this.#submitted);
    this.#input.addEventListener('keydown', this.#pressed);
    this.#input.addEventListener('input', this.#changed);
  }

  stop() {
    this.#form.removeEventListener('submit', this.#submitted);
    this.#input.removeEventListener('keydown', this.#pressed);
    this.#input.removeEventListener('input', this.#changed);
  }

  /** Each room keeps its own draft. */
  draw(room, limits) {
    this.#form.hidden = room.state === 'refused';
    if (room === this.#room && limits === this.#limits && room.draft === this.#input.value) return;
    this.#room = room;
    this.#limits = limits;
    if (room.draft !== this.#input.value) this.#input.value = room.draft; // of another room, or from before a reload
    this.#input.placeholder = `Message #${room.name}`;
    this.#changed();
  }

  focus() {
    this.#input.focus();
  }

  #submitted = (event) => {
    event.preventDefault();
    const content = tidyContent(this.#input.value);
    if (content === '' || this.#leftFor(content) < 0) return;
    if (!this.#delegate.composerSay(content)) return;
    this.#input.value = '';
    this.#changed();
    this.#input.focus();
  };

  #pressed = (event) => {
    // While an input method composes, Enter chooses a word.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    this.#form.requestSubmit();
  };

  #changed = () => {
    this.#room.draft = this.#input.value;
    const content = tidyContent(this.#input.value);
    const left = this.#leftFor(content);
    const isOver = left < 0;
    this.#left.hidden = left > SHOW_LEFT;
    this.#left.classList.toggle('over', isOver);
    this.#input.setAttribute('aria-invalid', String(isOver));
    setText(this.#left, isOver ? `Too long by ${-left} bytes` : `${left} bytes left`);
    this.#send.disabled = content === '' || isOver;
    this.#input.parentElement.dataset.text = this.#input.value;
  };

  #leftFor(content) {
    return bytesLeft({ type: 'message', id: ANY_ID, content, room: this.#room.name }, this.#limits);
  }
}
