// The rooms this person is in: brings what the client tells to the room it is about.

import { Room } from './room.js';

const TICK_MS = 1000;
/** The events of the client that are about a room. */
const HEARD = ['joined', 'refused', 'history', 'message', 'event', 'gap', 'join', 'leave', 'members', 'typing', 'outgoing'];

export class Rooms {
  #rooms = new Map(); // by canonical name, in the order of entering
  #context;
  #delegate;
  #timer = null;
  #current = null;
  #isTold = true;

  /** `context` is what a Room needs. The delegate hears `roomsChanged()` whenever there may be something new to show. */
  constructor(context, delegate) {
    this.#context = { ...context, changed: () => this.#changed() };
    this.#delegate = delegate;
  }

  start() {
    const { client } = this.#context;
    for (const type of HEARD) client.addEventListener(type, this.#heard);
    client.addEventListener('state', this.#stateChanged);
    this.#timer = setInterval(() => this.#tick(), TICK_MS);
  }

  stop() {
    const { client } = this.#context;
    for (const type of HEARD) client.removeEventListener(type, this.#heard);
    client.removeEventListener('state', this.#stateChanged);
    clearInterval(this.#timer);
  }

  get all() {
    return [...this.#rooms.values()];
  }

  get names() {
    return [...this.#rooms.keys()];
  }

  get current() {
    return this.#current;
  }

  get unread() {
    return this.all.reduce((sum, room) => sum + room.unread, 0);
  }

  /** Goes into a room, or comes back to one, without showing it. */
  enter(name) {
    if (!this.#rooms.has(name)) {
      this.#rooms.set(name, new Room(name, this.#context));
      this.#rooms.get(name).join();
    }
    return this.#rooms.get(name);
  }

  /** Makes a room the one in view. */
  show(name, isVisible) {
    const room = this.enter(name);
    this.#current = room;
    room.join();
    this.looked(isVisible);
    room.tick();
    this.#delegate.roomsChanged();
  }

  leave(name) {
    const room = this.#rooms.get(name);
    if (!this.#rooms.delete(name)) return;
    if (this.#current === room) this.#current = null;
    room.leave();
    this.#delegate.roomsChanged();
  }

  /** No room is in view. */
  hide() {
    this.#current = null;
    this.looked(false);
  }

  /** A room that was left, as it was. */
  rejoin(room) {
    if (this.#rooms.has(room.name)) return;
    room.disconnected();
    this.#rooms.set(room.name, room);
    room.join();
  }

  /** Whether the person can see the room in view now: what comes while nobody looks is unread. */
  looked(isVisible) {
    for (const room of this.all) {
      room.open = room === this.#current;
      const shown = isVisible && room.open;
      if (room.shown && !shown) room.reading.left(room.following);
      room.shown = shown;
    }
    if (isVisible) this.#current?.seen();
    this.#delegate.roomsChanged();
  }

  /** Whether something was written that no room's log has yet. */
  get hasUnsent() {
    return this.all.some((room) => room.draft.trim() !== '' || room.outbox.entries.length > 0);
  }

  /** Nothing is left for whoever sits here next. */
  forget() {
    for (const room of this.all) room.leave();
    this.#rooms.clear();
    this.#current = null;
  }

  #heard = ({ detail }) => {
    const room = this.#rooms.get(detail.room) ?? this.#rename(detail);
    room?.receive(detail);
    this.#changed();
  };

  #stateChanged = ({ detail: { state } }) => {
    if (state !== 'open' && state !== 'moving') for (const room of this.all) room.disconnected();
    this.#changed();
  };

  /** The server may know a better spelling than we do. */
  #rename({ room: name, asked }) {
    const room = this.#rooms.get(asked);
    if (room === undefined) return undefined;
    this.#rooms.delete(asked);
    this.#rooms.set(name, room);
    room.name = name;
    return room;
  }

  #tick() {
    for (const room of this.all) room.tick();
    this.#changed();
  }

  /** Told once for everything that comes at once. */
  #changed() {
    if (!this.#isTold) return;
    this.#isTold = false;
    queueMicrotask(() => {
      this.#isTold = true;
      this.#delegate.roomsChanged();
    });
  }
}
