// Which room is in view, by the fragment of the address; and which ones to come back to after a reload.

import { afterLeaving } from './order.js';
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

  /** The address may ask for another room. Who left every room is in none. */
  changed() {
    const name = roomInHash() ?? this.#usual();
    if (name === null) {
      this.#rooms.hide();
      return;
    }
    this.#rooms.show(name, !document.hidden);
    this.#remembered.entered(name);
  }

  go(name) {
    location.hash = encodeURIComponent(name);
    this.changed();
  }

  /** Gives the room, so that who left it by accident comes back to it as it was. */
  leave(name) {
    const room = this.#rooms.all.find((each) => each.name === name);
    if (room === undefined) return null;
    const wasCurrent = this.#rooms.current === room;
    const next = afterLeaving(this.#rooms.all, room);
    this.#rooms.leave(name);
    this.#remembered.left(name);
    if (!wasCurrent) return room;
    if (next === null) this.#nowhere();
    else this.go(next.name);
    return room;
  }

  comeBack(room) {
    this.#rooms.rejoin(room);
    this.go(room.name);
  }

  /** Nobody who comes next is brought to where the one before was. */
  home() {
    this.#remembered.forget();
    noHash();
  }

  forget() {
    this.#remembered.forget();
  }

  #nowhere() {
    if (!this.#remembered.isKnown) this.#remembered.rooms = [];
    noHash();
    this.#rooms.hide();
  }

  #usual() {
    const { names, current } = this.#rooms;
    if (current !== null) return current.name;
    if (names.includes(this.#remembered.last)) return this.#remembered.last;
    return names[0] ?? (this.#remembered.isKnown ? null : DEFAULT_ROOM);
  }
}

function noHash() {
  history.replaceState(null, '', location.pathname + location.search);
}

function roomInHash() {
  try {
    return canonicalRoom(decodeURIComponent(location.hash.slice(1)));
  } catch {
    return null;
  }
}
