// The list of rooms this person is in, with what is unread, and the form that goes into another one.

import { button, keep, make, setText } from './dom.js';
import { canonicalRoom } from '../protocol.js';

export class RoomsView {
  #list;
  #form;
  #input;
  #hint;
  #delegate;

  /** The delegate: `roomsEnter(name)` shows a room, `roomsLeave(name)` leaves one. */
  constructor(root, delegate) {
    this.#list = root.querySelector('#room-list');
    this.#form = root.querySelector('#room-form');
    this.#input = root.querySelector('#room-name');
    this.#hint = root.querySelector('#room-hint');
    this.#delegate = delegate;
  }

  start() {
    this.#form.addEventListener('submit', this.#entered);
  }

  stop() {
    this.#form.removeEventListener('submit', this.#entered);
  }

  /** As new, for somebody else. */
  reset() {
    this.#form.reset();
    this.#hint.hidden = true;
    this.#input.removeAttribute('aria-invalid');
  }

  draw(rooms, current) {
    const isAlone = rooms.length === 1;
    keep(
      this.#list,
      rooms,
      (room) => room.name,
      (room) => this.#create(room),
      (element, room) => this.#update(element, room, room === current, isAlone),
    );
  }

  #create({ name }) {
    const element = make('li', 'room');
    const link = make('a', 'room-link');
    link.href = `#${encodeURIComponent(name)}`;
    const unread = make('span', 'unread');
    link.append(make('bdi', 'room-label', name), unread);
    element.append(link, button('room-leave quiet', '×', `Leave ${name}`, () => this.#delegate.roomsLeave(name)));
    return element;
  }

  #update(element, room, isCurrent, isAlone) {
    const link = element.querySelector('.room-link');
    const unread = element.querySelector('.unread');
    if (isCurrent) link.setAttribute('aria-current', 'true');
    else link.removeAttribute('aria-current');
    element.classList.toggle('refused', room.state === 'refused');
    unread.hidden = room.unread === 0;
    setText(unread, room.unread > 999 ? '999+' : String(room.unread));
    unread.setAttribute('aria-label', `${room.unread} unread`);
    element.querySelector('.room-leave').hidden = isAlone;
  }

  #entered = (event) => {
    event.preventDefault();
    const name = canonicalRoom(this.#input.value);
    this.#hint.hidden = name !== null;
    this.#input.setAttribute('aria-invalid', String(name === null));
    if (name === null) return;
    this.#input.value = '';
    this.#delegate.roomsEnter(name);
  };
}
