// What this page knows of one room's log: a position, the messages below it, and the holes among them. Pure state.

import { Holes } from './holes.js';
import { isLogEvent } from './protocol.js';
import { placeOf } from './ordered.js';

export class Timeline {
  #epoch = null;
  #position = null; // the highest seq heard of; null until the log's first page or event
  #oldest = null; // from here to the position everything is known, but for the holes
  #first = 1; // what is below has expired and is no hole
  #pageDue = null; // the head of a join whose page has not come yet
  #messages = []; // ascending by seq
  #holes = new Holes();
  #revision = 0;

  get epoch() {
    return this.#epoch;
  }

  get position() {
    return this.#position;
  }

  get messages() {
    return this.#messages;
  }

  get holes() {
    return this.#holes.ranges;
  }

  /** Rises whenever there is something new to show. */
  get revision() {
    return this.#revision;
  }

  /** What a `join` sends along: where to go on, or nothing for recent history. */
  get cursor() {
    return this.#position === null ? {} : { since: this.#position, epoch: this.#epoch };
  }

  /** Where older history goes on, as `before`; null when there is none. */
  get before() {
    return this.#oldest !== null && this.#oldest > this.#first ? this.#oldest : null;
  }

  get awaitsPage() {
    return this.#pageDue !== null;
  }

  /** The ack of a join. True when this is another log than before, and everything known has been forgotten. */
  joined({ epoch, head, first = 1, recovered = false }) {
    const beyond = this.#position !== null && this.#position > head;
    const another = epoch !== this.#epoch || (beyond && !recovered);
    if (another) this.#forget();
    this.#epoch = epoch;
    this.#expire(first);
    this.#pageDue = recovered ? null : head;
    return another;
  }

  /** The page that follows a join without recovery. Answers the messages that are new here. */
  joinPage({ messages = [], more = false, first = 1 }) {
    const head = this.#pageDue;
    const events = messages.filter(isLogEvent);
    const before = this.#position;
    const low = events[0]?.seq ?? head + 1;
    const high = events.at(-1)?.seq ?? head;
    this.#pageDue = null;
    if (before === null) this.#oldest = low;
    else this.#holes.dig(before + 1, low - 1);
    this.#position = Math.max(before ?? 0, high, head);
    this.#holes.dig(high + 1, head);
    this.#expire(more ? first : Math.max(first, low));
    return this.#merge(events).filter((event) => event.seq > (before ?? 0));
  }

  /** A live event. False when it is at or below the position: doubled, and dropped. */
  event(event) {
    if (this.#position !== null && event.seq <= this.#position) return false;
    if (this.#position === null) this.#oldest = event.seq;
    else this.#holes.dig(this.#position + 1, event.seq - 1);
    this.#position = event.seq;
    if (event.type === 'message') this.#messages.push(event);
    this.#revision++;
    return true;
  }

  /** The server skipped `from`..`to`, both included; neither is there when only notices were skipped. */
  gap({ from, to }) {
    if (!Number.isInteger(from) || !Number.isInteger(to)) return;
    if (this.#position === null) this.#oldest = from;
    const known = this.#position ?? from - 1;
    this.#holes.dig(known + 1, to);
    this.#position = Math.max(known, to);
    this.#revision++;
  }

  /** The answer to `history` with `before`. Answers the messages that are new here. */
  olderPage({ messages = [], more = false, first = 1 }, before) {
    if (before !== this.#oldest) return [];
    const events = messages.filter((event) => isLogEvent(event) && event.seq < before);
    this.#oldest = events[0]?.seq ?? before;
    this.#expire(more && events.length > 0 ? first : Math.max(first, this.#oldest));
    return this.#merge(events);
  }

  /** The answer to `history` with `after`, which fills a hole from below. Answers the messages that are new here. */
  holePage({ messages = [], more = false, first = 1 }, after) {
    const hole = this.#holes.at(after + 1);
    if (hole === undefined) return [];
    const events = messages.filter((event) => isLogEvent(event) && event.seq >= hole.from && event.seq <= hole.to);
    this.#holes.fill(hole, (more && events.at(-1)?.seq) || hole.to);
    this.#expire(first);
    return this.#merge(events);
  }

  /** Keeps the newest `most` messages; the others can be read again as older history. */
  trim(most) {
    if (this.#messages.length <= most) return;
    this.#messages.splice(0, this.#messages.length - most);
    this.#oldest = this.#messages[0].seq;
    this.#holes.clip(this.#oldest);
    this.#revision++;
  }

  #forget() {
    this.#position = null;
    this.#oldest = null;
    this.#first = 1;
    this.#messages = [];
    this.#holes.clear();
  }

  #expire(first) {
    this.#first = Math.max(this.#first, first);
    this.#holes.clip(this.#first);
    this.#revision++;
  }

  /**
   * Log events of types not known here have been counted by now, but are not shown. A page lies beside or between what is
   * known: only where it overlaps is there anything to sort, however long the log has become.
   */
  #merge(events) {
    this.#revision++;
    const said = events.filter(({ type }) => type === 'message');
    if (said.length === 0) return said;
    const from = placeOf(this.#messages, said[0].seq);
    const to = placeOf(this.#messages, said.at(-1).seq + 1);
    const overlap = this.#messages.slice(from, to);
    const known = new Set(overlap.map(({ seq }) => seq));
    const fresh = said.filter(({ seq }) => !known.has(seq));
    this.#messages.splice(from, to - from, ...[...overlap, ...fresh].sort((a, b) => a.seq - b.seq));
    return fresh;
  }
}
