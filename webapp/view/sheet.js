// A dialog over the page: a click beside it, its button or Escape closes it, and the browser gives the focus back.

export class Sheet {
  #dialog;
  #closed;

  /** `closed()` follows every close. */
  constructor(dialog, closed = () => {}) {
    this.#dialog = dialog;
    this.#closed = closed;
  }

  get isOpen() {
    return this.#dialog.open;
  }

  start() {
    this.#dialog.addEventListener('click', this.#clicked);
    this.#dialog.addEventListener('close', this.#closed);
  }

  stop() {
    this.#dialog.removeEventListener('click', this.#clicked);
    this.#dialog.removeEventListener('close', this.#closed);
  }

  open() {
    if (!this.#dialog.open) this.#dialog.showModal();
  }

  close() {
    if (this.#dialog.open) this.#dialog.close();
  }

  #clicked = ({ target }) => {
    // A click on the dialog itself is one beside what it holds.
    if (target === this.#dialog || target.closest('[data-act="close"]') !== null) this.close();
  };
}
