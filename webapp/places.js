// Which room is in view, by the fragment of the address; and which ones to come back to after a reload.

import { canonicalRoom } from './protocol.js';

const DEFAULT_ROOM = 'lobby';

export class Places {
  #rooms;
  #remembered;

  constructor(rooms, remembered) {
    this.#rooms = rooms;
    this.#remembered = remembered;
  }

  /** The rooms of the last visit, and the one that the address asks for. */
  restore() {
    for (const name of this.#remembered.rooms) this.#rooms.enter(name);
    this.changed();
  }

  /** The address may ask for another room. */
  changed() {
    this.#rooms.show(roomInHash() ?? DEFAULT_ROOM, !document.hidden);
    this.#remembered.rooms = this.#rooms.names;
  }

  go(name) {
    location.hash = encodeURIComponent(name);
    this.changed();
  }

  leave(name) {
    const wasCurrent = this.#rooms.current.name === name;
    this.#rooms.leave(name);
    this.#remembered.rooms = this.#rooms.names;
    if (wasCurrent) this.go(this.#rooms.names[0] ?? DEFAULT_ROOM);
  }

  /** Nobody who comes next is brought to where the one before was. */
  home() {
    history.replaceState(null, '', location.pathname + location.search);
  }

  forget() {
    this.#remembered.forget();
  }
}

function roomInHash() {
  try {
    return canonicalRoom(decodeURIComponent(location.hash.slice(1)));
  } catch {
    return null;
  }
}
