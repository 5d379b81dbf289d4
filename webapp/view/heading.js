// The room in view by name: in the heading, in the window's title, and why one could not go in.

import { setText } from './dom.js';

export class HeadingView {
  #name;
  #count;
  #refusal;
  #words;
  #retry;
  #delegate;

  /** The delegate: `headingRetry()` tries the room again. */
  constructor(root, delegate) {
    this.#name = root.querySelector('#heading-room');
    this.#count = root.querySelector('#heading-count');
    this.#refusal = root.querySelector('#refusal');
    this.#words = root.querySelector('#refusal-words');
    this.#retry = root.querySelector('#refusal-retry');
    this.#delegate = delegate;
  }

  start() {
    this.#retry.addEventListener('click', this.#retried);
  }

  stop() {
    this.#retry.removeEventListener('click', this.#retried);
  }

  draw(room, unread) {
    const { count } = room.roster;
    setText(this.#name, room.name);
    setText(this.#count, count === 1 ? '1 person' : `${count.toLocaleString()} people`);
    this.#count.hidden = count === 0;
    this.#refusal.hidden = room.state !== 'refused';
    setText(this.#words, room.words);
    this.title(room, unread);
  }

  /** By itself, because a hidden page draws nothing but still shows its title. */
  title(room, unread) {
    const title = `${unread > 0 ? `(${unread}) ` : ''}#${room.name} · Parley`;
    if (document.title !== title) document.title = title;
  }

  #retried = () => this.#delegate.headingRetry();
}
