// The first things one reaches by Tab: over the rooms to the talk, and to where one writes. No links, which are rooms here.

export class SkipsView {
  #box;
  #root;

  constructor(root) {
    this.#root = root;
    this.#box = root.querySelector('#skips');
  }

  start() {
    this.#box.addEventListener('click', this.#clicked);
  }

  stop() {
    this.#box.removeEventListener('click', this.#clicked);
  }

  draw(isInRoom) {
    this.#box.hidden = !isInRoom;
  }

  #clicked = ({ target }) => this.#root.querySelector(`#${target.dataset.skip}`)?.focus();
}
