// The talk of the room in view: its log, which follows its end or stays where the person reads, and what stands around it.

import { Edges, canHaveOlder } from './edges.js';
import { Hand } from './hand.js';
import { Heard } from './heard.js';
import { Scroll } from './scroll.js';
import { createMark, updateMark } from './marks.js';
import { createMessage, updateMessage } from './message.js';
import { dayOf, rowsOf, SLOW_MS, TAIL } from './rows.js';
import { placeOf } from '../ordered.js';
import { seqOf } from './held.js';

/** Older messages are read this many screens before one comes to the oldest. */
const AHEAD = 4;
/** Above the line stands a little of what one knows, in CSS pixels. */
const ABOVE_LINE = 120;

export class TimelineView {
  #scroll;
  #hand;
  #heard;
  #edges;
  #scroller;
  #delegate;
  #room = null;
  #reader = null;
  #drawn = '';
  #startedAt = new WeakMap(); // by room: the line it was begun to read at
  #metAt = new WeakMap(); // by room: the line that was on the screen
  #heardTo = null;
  #written = null; // the id of what was written last
  #wasShown = false;
  #isFilling = false; // from asking for what was missed until it is drawn

  /** The delegate: `timelineOlder()`, `timelineFill(from)`, `timelineRetry(id)`, `timelineDiscard(id)`, `timelineMention(name)`. */
  constructor(root, delegate) {
    this.#scroller = root.querySelector('#talk-scroll');
    this.#delegate = delegate;
    const log = root.querySelector('#log');
    this.#scroll = new Scroll(this.#scroller, log, this);
    this.#hand = new Hand(log, this);
    this.#edges = new Edges(root, this);
    this.#heard = new Heard(root.querySelector('#heard'));
  }

  start() {
    this.#scroll.start();
    this.#hand.start();
    this.#edges.start();
    this.#scroller.addEventListener('keydown', this.#pressed);
  }

  stop() {
    this.#scroll.stop();
    this.#hand.stop();
    this.#edges.stop();
    this.#heard.stop();
    this.#scroller.removeEventListener('keydown', this.#pressed);
  }

  draw(room, me, isGuest) {
    const isOther = room !== this.#room;
    const { newFrom } = room.reading;
    this.#room = room;
    this.#reader = { me, isGuest, newFrom, now: Date.now() };
    const drawn = this.#state();
    const comes = (isOther || !this.#wasShown) && room.shown;
    this.#wasShown = room.shown;
    if (!isOther && !comes && drawn === this.#drawn) {
      this.#lookAhead();
      return;
    }
    this.#drawn = drawn;
    if (isOther) this.#heard.stop();
    this.#followOwn(isOther);
    this.#hear(isOther);
    this.#edges.draw(room);
    this.#scroll.draw(room);
    if (!this.#isFilling && this.#scroll.isAtEnd) room.following = true;
    this.#isFilling &&= room.pages.isBusy;
    if (comes && newFrom !== null && newFrom !== this.#startedAt.get(room)) this.#begin(newFrom);
    this.moved();
  }

  // What the scroll asks for, and says

  rowsIn(ranges) {
    const isBusy = this.#room.pages.isBusy;
    return rowsOf(this.#room, this.#reader, ranges).map((row) => (row.kind === 'hole' ? { ...row, isBusy } : row));
  }

  create(row) {
    const { timelineRetry, timelineDiscard } = this.#delegate;
    if (row.kind !== 'message') return createMark(row, { fill: this.#fill });
    return createMessage(row, this.#reader, { retry: timelineRetry, discard: timelineDiscard });
  }

  update(element, row) {
    if (row.kind === 'message') updateMessage(element, row);
    else updateMark(element, row);
  }

  moved() {
    const { timeline, reading, following, shown } = this.#room;
    const { onScreen } = this.#scroll;
    if (shown) reading.saw(following ? (timeline.position ?? 0) : lastSeq(onScreen));
    this.#edges.drawNewest(this.#room, this.#isLineAbove(onScreen[0]));
    this.#hand.lead(onScreen.at(-2) ?? onScreen.at(-1) ?? null);
    this.#lookAhead();
  }

  // What stands around the log asks for

  older() {
    const { pages, timeline } = this.#room;
    if (!pages.isBusy && canHaveOlder(timeline)) this.#delegate.timelineOlder();
  }

  toEnd() {
    this.#scroll.goToEnd();
    this.moved();
    // The button is gone now.
    this.#scroller.focus({ preventScroll: true });
  }

  toLine() {
    this.#begin(this.#room.reading.newFrom);
    this.moved();
    this.#scroller.focus({ preventScroll: true });
  }

  // What the hand asks for

  handGo(element, step) {
    const { messages } = this.#room.timeline;
    const at = placeOf(messages, Number(element.dataset.item)) + step;
    if (messages[at] === undefined) return;
    this.#scroll.goTo(messages[at].seq, this.#scroller.clientHeight / 2);
    const next = this.#scroller.querySelector(`.message[data-item="${messages[at].seq}"]`);
    if (next !== null) this.#hand.focus(next);
  }

  handMention(name) {
    this.#delegate.timelineMention(name);
  }

  handSaid(words) {
    this.#heard.words(words);
  }

  /** All that decides what is drawn, in one line. */
  #state() {
    const { name, state, timeline, outbox, pages, reading } = this.#room;
    const { me, isGuest, now } = this.#reader;
    const slow = outbox.entries.filter((entry) => now - entry.writtenAt >= SLOW_MS).length;
    const of = [name, state, timeline.epoch, timeline.revision, outbox.revision, pages.isBusy, reading.newFrom];
    return [...of, me, isGuest, slow, dayOf(new Date(now))].join(' ');
  }

  /** Whether there is a line above the screen that was not on it yet. */
  #isLineAbove(first) {
    const { newFrom } = this.#room.reading;
    if (newFrom === null || first === undefined || this.#metAt.get(this.#room) === newFrom) return false;
    if (seqOf(first) > newFrom) return true;
    this.#metAt.set(this.#room, newFrom);
    return false;
  }

  #lookAhead() {
    if (this.#scroll.fromStart < AHEAD * this.#scroller.clientHeight) this.older();
  }

  /** Begins where the person stopped, if that is above the screen. */
  #begin(newFrom) {
    const room = this.#room;
    this.#startedAt.set(room, newFrom);
    this.#scroll.goTo(newFrom, ABOVE_LINE);
    if (this.#scroll.isAtEnd) this.#scroll.goToEnd();
  }

  /** Who writes wants to see it, wherever they were reading. */
  #followOwn(isOther) {
    const written = this.#room.outbox.entries.at(-1)?.id ?? null;
    if (!isOther && written !== null && written !== this.#written) this.#room.following = true;
    this.#written = written ?? this.#written;
  }

  #hear(isOther) {
    const { timeline, shown } = this.#room;
    const { me } = this.#reader;
    const from = isOther ? null : this.#heardTo;
    this.#heardTo = timeline.position;
    if (from === null || from >= timeline.position || !shown) return;
    const { messages } = timeline;
    this.#heard.messages(messages.slice(placeOf(messages, from + 1)).filter(({ sender }) => sender !== me));
  }

  /** Who asks for what they missed goes on reading there. */
  #fill = (from) => {
    this.#isFilling = true;
    this.#room.following = false;
    this.#delegate.timelineFill(from);
  };

  #toStart() {
    const [first] = this.#room.timeline.messages;
    if (first !== undefined) this.#scroll.goTo(first.seq, this.#scroller.clientHeight / 2);
  }

  #pressed = (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (event.key === 'End') this.#scroll.goToEnd();
    else if (event.key === 'Home') this.#toStart();
    else return;
    event.preventDefault();
    this.moved();
  };
}

/** The highest seq among these elements. */
function lastSeq(elements) {
  const last = elements.findLast(({ dataset }) => dataset.item !== TAIL);
  return last === undefined ? 0 : Number(last.dataset.item);
}
