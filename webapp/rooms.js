// The rooms this person is in: brings each message to its room, and all rooms back after a reconnect.

import { Room } from './room.js';

const TICK_MS = 1000;

export class Rooms {
  #rooms = new Map(); // by canonical name, in the order of entering
  #context;
  #delegate;
  #timer = null;
  #current = null;

  /** `context` is what a Room needs. The delegate hears `roomsChanged()` whenever there may be something new to show. */
  constructor(context, delegate) {
    this.#context = context;
    this.#delegate = delegate;
  }

  start() {
    this.#timer = setInterval(() => this.#tick(), TICK_MS);
  }

  stop() {
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
    if (!this.#rooms.has(name)) this.#rooms.set(name, new Room(name, this.#context));
    return this.#rooms.get(name);
  }

  /** Makes a room the one in view. */
  show(name, isVisible) {
    const room = this.enter(name);
    this.#current = room;
    if (room.state === 'refused') room.state = 'outside';
    this.looked(isVisible);
    room.tick();
    this.#delegate.roomsChanged();
  }

  leave(name) {
    if (!this.#rooms.delete(name)) return;
    if (this.#current?.name === name) this.#current = null;
    this.#context.send({ type: 'leave', room: name, id: this.#context.newId() });
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
    for (const room of this.all) room.shown = isVisible && room === this.#current;
    if (isVisible) this.#current?.seen();
    this.#delegate.roomsChanged();
  }

  /** The room in view comes first. */
  connected() {
    this.#current?.join();
    for (const room of this.all) if (room !== this.#current) room.join();
    this.#delegate.roomsChanged();
  }

  disconnected() {
    for (const room of this.all) room.disconnected();
    this.#delegate.roomsChanged();
  }

  /** Whether something was written that no room's log has yet. */
  get hasUnsent() {
    return this.all.some((room) => room.draft.trim() !== '' || room.outbox.entries.length > 0);
  }

  /** Nothing is left for whoever sits here next. */
  forget() {
    this.#rooms.clear();
    this.#current = null;
  }

  /** The person has another name now: what was written is not sent under another name. */
  personChanged() {
    for (const room of this.all) room.outbox.hold();
  }

  receive(messages) {
    for (const message of messages) this.#of(message)?.receive(message);
    this.#delegate.roomsChanged();
  }

  #of(message) {
    const named = this.#rooms.get(message.room);
    if (named !== undefined) return named;
    // An error may lack the room, and the server may know a better spelling of it than we do.
    if (typeof message.id !== 'string') return undefined;
    const room = this.all.find((each) => each.owns(message.id));
    if (room !== undefined && message.type === 'ack' && message.room) this.#rename(room, message.room);
    return room;
  }

  #rename(room, name) {
    this.#rooms.delete(room.name);
    room.name = name;
    this.#rooms.set(name, room);
  }

  #tick() {
    for (const room of this.all) room.tick();
    this.#delegate.roomsChanged();
  }
}
