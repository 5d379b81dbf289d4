// The room in view by name: in the heading, in the window's title, and why one could not go in.

import { setText } from './dom.js';

export class HeadingView {
  #name;
  #count;
  #refusal;
  #words;
  #retry;
  #me;
  #rename;
  #delegate;

  /** The delegate: `headingRetry()` tries the room again, `headingRename()` asks for another name. */
  constructor(root, delegate) {
    this.#name = root.querySelector('#heading-room');
    this.#count = root.querySelector('#heading-count');
    this.#refusal = root.querySelector('#refusal');
    this.#words = root.querySelector('#refusal-words');
    this.#retry = root.querySelector('#refusal-retry');
    this.#me = root.querySelector('#me');
    this.#rename = root.querySelector('#rename');
    this.#delegate = delegate;
  }

  start() {
    this.#retry.addEventListener('click', this.#retried);
    this.#rename.addEventListener('click', this.#renamed);
  }

  stop() {
    this.#retry.removeEventListener('click', this.#retried);
    this.#rename.removeEventListener('click', this.#renamed);
  }

  draw(room, me, unread) {
    const { count } = room.roster;
    setText(this.#name, room.name);
    setText(this.#count, count === 1 ? '1 person' : `${count.toLocaleString()} people`);
    this.#count.hidden = count === 0;
    this.#refusal.hidden = room.state !== 'refused';
    setText(this.#words, room.words);
    setText(this.#me, me ?? '');
    this.title(room, unread);
  }

  /** By itself, because a hidden page draws nothing but still shows its title. */
  title(room, unread) {
    const title = `${unread > 0 ? `(${unread}) ` : ''}#${room.name} · Parley`;
    if (document.title !== title) document.title = title;
  }

  #retried = () => this.#delegate.headingRetry();

  #renamed = () => this.#delegate.headingRename();
}
