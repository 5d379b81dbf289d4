// Where a person comes in: asks for a name, and says why the last one was not taken.

import { setText } from './dom.js';

export class DoorView {
  #door;
  #chat;
  #form;
  #input;
  #words;
  #cancel;
  #delegate;

  /** The delegate: `doorEntered(name)`. */
  constructor(root, delegate) {
    this.#door = root.querySelector('#door');
    this.#chat = root.querySelector('#chat');
    this.#form = root.querySelector('#door-form');
    this.#input = root.querySelector('#door-name');
    this.#words = root.querySelector('#door-words');
    this.#cancel = root.querySelector('#door-cancel');
    this.#delegate = delegate;
  }

  start() {
    this.#form.addEventListener('submit', this.#submitted);
    this.#cancel.addEventListener('click', this.close);
  }

  stop() {
    this.#form.removeEventListener('submit', this.#submitted);
    this.#cancel.removeEventListener('click', this.close);
  }

  get isOpen() {
    return !this.#door.hidden;
  }

  /** `words`: why the last name was refused. `mayCancel`: there is a name to go on with. */
  open(name, words = '', mayCancel = false) {
    this.#cancel.hidden = !mayCancel;
    this.#door.hidden = false;
    this.#chat.hidden = true;
    this.#input.value = name ?? '';
    this.#input.setAttribute('aria-invalid', String(words !== ''));
    setText(this.#words, words);
    this.#words.hidden = words === '';
    this.#input.focus();
    this.#input.select();
  }

  close = () => {
    this.#door.hidden = true;
    this.#chat.hidden = false;
  };

  #submitted = (event) => {
    event.preventDefault();
    this.#words.hidden = true;
    this.#delegate.doorEntered(this.#input.value.trim());
  };
}
