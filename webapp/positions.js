// How far this person has read each room, over reloads and in all tabs: what came meanwhile is unread when they come back.

import { isMentioned } from './mentions.js';

/** Not written more often than this. */
const PAUSE_MS = 1000;

export class Positions {
  #rooms;
  #remembered;
  #context;
  #read = new WeakMap(); // of each room { epoch, seq }
  #isDirty = false;
  #writtenAt = -Infinity;

  /** `context`: `now()` in ms, `sender()`, this person's name. */
  constructor(rooms, remembered, context) {
    this.#rooms = rooms;
    this.#remembered = remembered;
    this.#context = context;
  }

  /** To be called whenever a room may have changed, and about once a second. */
  follow() {
    for (const room of this.#rooms.all) this.#follow(room);
    if (this.#isDirty && this.#context.now() - this.#writtenAt >= PAUSE_MS) this.write();
  }

  /** Before the page goes. */
  write() {
    if (!this.#isDirty) return;
    this.#isDirty = false;
    this.#writtenAt = this.#context.now();
    const known = this.#rooms.all.filter((room) => this.#read.has(room));
    this.#remembered.read = Object.fromEntries(known.map((room) => [room.name, this.#read.get(room)]));
  }

  /** Another tab has read on. True when that changes what is unread here. */
  readElsewhere() {
    const all = this.#remembered.read;
    let isChanged = false;
    for (const room of this.#rooms.all) {
      const [there, here] = [all[room.name], this.#read.get(room)];
      if (here === undefined || there?.epoch !== here.epoch || there.seq <= here.seq) continue;
      here.seq = there.seq;
      if (!room.shown && room.unread > 0) this.#count(room, here.seq);
      isChanged = true;
    }
    return isChanged;
  }

  #follow(room) {
    const { epoch, position, awaitsPage } = room.timeline;
    if (epoch === null || position === null || awaitsPage) return;
    let read = this.#read.get(room);
    if (read?.epoch !== epoch) {
      read = { epoch, seq: this.#restored(room, read !== undefined) };
      this.#read.set(room, read);
      this.#isDirty = true;
    }
    if (!room.shown || read.seq >= position) return;
    read.seq = position;
    this.#isDirty = true;
  }

  /** The first that is known of a log. Of a room that is new here everything has been read; of a new log nothing. */
  #restored(room, isOtherLog) {
    const known = this.#remembered.read[room.name];
    if (known === undefined && !isOtherLog) return room.timeline.position;
    const seq = known?.epoch === room.timeline.epoch ? Math.min(known.seq, room.timeline.position) : 0;
    const [first] = this.#unread(room, seq);
    if (first !== undefined) room.reading?.arrived(first.seq, false);
    if (!room.shown) this.#count(room, seq);
    return seq;
  }

  /** What is older than the page that came is not counted, but said: `unreadMore`. */
  #count(room, seq) {
    const unread = this.#unread(room, seq);
    const me = this.#context.sender();
    room.unread = unread.length;
    room.mentions = unread.filter(({ content }) => isMentioned(content, me)).length;
    room.unreadMore = unread.length > 0 && room.timeline.before !== null && room.timeline.before > seq + 1;
  }

  #unread({ timeline }, seq) {
    const me = this.#context.sender();
    return timeline.messages.filter((message) => message.seq > seq && message.sender !== me);
  }
}
