// The room in view by name: in the heading, and why one could not go in. Or that one is in no room.

import { setText } from './dom.js';
import { t } from '../words.js';

export class HeadingView {
  #name;
  #count;
  #number; // the same where there is little room
  #refusal;
  #words;
  #retry;
  #remove;
  #nowhere;
  #others; // what there is only in a room
  #said;
  #delegate;
  #room = null;

  /** The delegate: `headingRetry()` tries the room again, `headingLeave()` gives it up. */
  constructor(root, delegate) {
    this.#name = root.querySelector('#heading-room');
    this.#count = root.querySelector('#heading-count');
    this.#number = root.querySelector('#heading-number');
    this.#refusal = root.querySelector('#refusal');
    this.#words = root.querySelector('#refusal-words');
    this.#retry = root.querySelector('#refusal-retry');
    this.#remove = root.querySelector('#refusal-leave');
    this.#nowhere = root.querySelector('#nowhere');
    this.#others = root.querySelectorAll('#talk, #people');
    this.#said = root.querySelector('#room-said');
    this.#delegate = delegate;
  }

  start() {
    this.#retry.addEventListener('click', this.#retried);
    this.#remove.addEventListener('click', this.#left);
  }

  stop() {
    this.#retry.removeEventListener('click', this.#retried);
    this.#remove.removeEventListener('click', this.#left);
  }

  draw(room) {
    this.#nowhere.hidden = room !== null;
    for (const each of this.#others) each.hidden = room === null;
    this.#room = room;
    if (room === null) return;
    const { count } = room.roster;
    setText(this.#name, room.name);
    this.#name.title = room.name;
    setText(this.#count, t('rooms.people', { count }));
    this.#count.hidden = count === 0;
    setText(this.#number, count === 0 ? '' : t('people.number', { count }));
    this.#refusal.hidden = room.state !== 'refused';
    setText(this.#words, room.state === 'refused' ? t('rooms.refused', { room: room.name, why: room.words }) : '');
  }

  /** For the ear: what the eye sees change. */
  say(words) {
    setText(this.#said, words);
  }

  #retried = () => this.#delegate.headingRetry();

  #left = () => this.#delegate.headingLeave(this.#room.name);
}
