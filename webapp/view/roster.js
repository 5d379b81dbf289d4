// The people in the room in view, and how many they are.

import { avatarOf, keep, make, nameOf, setText } from './dom.js';

export class RosterView {
  #list;
  #count;
  #more;
  #delegate;
  #drawn = '';

  /** The delegate: `rosterMore()`. */
  constructor(root, delegate) {
    this.#list = root.querySelector('#people-list');
    this.#count = root.querySelector('#people-count');
    this.#more = root.querySelector('#people-more');
    this.#delegate = delegate;
  }

  start() {
    this.#more.addEventListener('click', this.#moreAsked);
  }

  stop() {
    this.#more.removeEventListener('click', this.#moreAsked);
  }

  draw({ name, roster }, me) {
    const drawn = `${name} ${roster.revision} ${me}`;
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    setText(this.#count, roster.count.toLocaleString());
    this.#more.hidden = !roster.hasMore;
    keep(this.#list, roster.names, (sender) => sender, (sender) => this.#create(sender), (element, sender) => {
      element.querySelector('.you').hidden = sender !== me;
    });
  }

  #create(sender) {
    const element = make('li', 'person');
    element.append(avatarOf(sender), nameOf(sender), make('span', 'you', 'you'));
    return element;
  }

  #moreAsked = () => this.#delegate.rosterMore();
}
