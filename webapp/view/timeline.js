// The talk of the room in view: its log, which follows its end or stays where the person reads, and what stands around it.

import { Hand } from './hand.js';
import { Heard } from './heard.js';
import { Scroll } from './scroll.js';
import { createMark, updateMark } from './marks.js';
import { createMessage, updateMessage } from './message.js';
import { dayOf, rowsOf, SLOW_MS, TAIL } from './rows.js';
import { placeOf } from '../ordered.js';
import { setText } from './dom.js';
import { t } from '../words.js';

/** Older messages are read this many screens before one comes to the oldest. */
const AHEAD = 4;
/** So many messages can be scrolled through at once. */
const MOST_OLDER = 100_000;
/** Above the line stands a little of what one knows, in CSS pixels. */
const ABOVE_LINE = 120;

export class TimelineView {
  #scroll;
  #hand;
  #heard;
  #scroller;
  #older;
  #start;
  #newest;
  #delegate;
  #room = null;
  #reader = null;
  #drawn = '';
  #startedAt = new WeakMap(); // by room: the line it was begun to read at
  #heardTo = null;
  #wasShown = false;
  #isFilling = false; // from asking for what was missed until it is drawn

  /** The delegate: `timelineOlder()`, `timelineFill(from)`, `timelineRetry(id)`, `timelineDiscard(id)`, `timelineMention(name)`. */
  constructor(root, delegate) {
    this.#scroller = root.querySelector('#talk-scroll');
    this.#older = root.querySelector('#older');
    this.#start = root.querySelector('#log-start');
    this.#newest = root.querySelector('#newest');
    this.#delegate = delegate;
    const log = root.querySelector('#log');
    this.#scroll = new Scroll(this.#scroller, log, this);
    this.#hand = new Hand(log, this);
    this.#heard = new Heard(root.querySelector('#heard'));
  }

  start() {
    this.#scroll.start();
    this.#hand.start();
    this.#scroller.addEventListener('keydown', this.#pressed);
    this.#older.addEventListener('click', this.#olderAsked);
    this.#newest.addEventListener('click', this.#toEnd);
  }

  stop() {
    this.#scroll.stop();
    this.#hand.stop();
    this.#heard.stop();
    this.#scroller.removeEventListener('keydown', this.#pressed);
    this.#older.removeEventListener('click', this.#olderAsked);
    this.#newest.removeEventListener('click', this.#toEnd);
  }

  draw(room, me, isGuest) {
    const isOther = room !== this.#room;
    const { newFrom } = room.reading;
    this.#room = room;
    this.#reader = { me, isGuest, newFrom, now: Date.now() };
    const drawn = this.#state();
    const comes = (isOther || !this.#wasShown) && room.shown;
    this.#wasShown = room.shown;
    if (!isOther && !comes && drawn === this.#drawn) return;
    this.#drawn = drawn;
    if (isOther) this.#heard.stop();
    this.#hear(isOther);
    this.#drawEdges();
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
    const below = timeline.messages.length - placeOf(timeline.messages, (reading.seenTo ?? 0) + 1);
    this.#newest.hidden = following;
    if (!following) setText(this.#newest, `${below > 0 ? t('talk.below', { count: below }) : t('talk.newest')} ↓`);
    this.#hand.lead(onScreen.at(-2) ?? onScreen.at(-1) ?? null);
    if (this.#scroll.fromStart < AHEAD * this.#scroller.clientHeight) this.#olderAsked();
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

  /** Begins where the person stopped, if that is above the screen. */
  #begin(newFrom) {
    const room = this.#room;
    this.#startedAt.set(room, newFrom);
    this.#scroll.goTo(newFrom, ABOVE_LINE);
    if (this.#scroll.isAtEnd) this.#scroll.goToEnd();
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

  #drawEdges() {
    const { timeline, outbox, pages, name, state } = this.#room;
    const isEmpty = timeline.messages.length === 0 && outbox.entries.length === 0;
    const isMore = timeline.before !== null;
    const isFull = timeline.messages.length >= MOST_OLDER;
    this.#older.hidden = !isMore || isFull;
    this.#older.ariaDisabled = String(pages.isBusy);
    setText(this.#older, t(pages.isBusy ? 'talk.loading' : 'talk.earlier'));
    this.#start.hidden = isMore && !isFull;
    const known = timeline.position !== null && !timeline.awaitsPage;
    const start = isEmpty ? t('talk.empty') : isMore ? t('talk.most') : t('talk.begins', { room: name });
    setText(this.#start, known ? start : state === 'refused' ? '' : t('talk.moment'));
  }

  #olderAsked = () => {
    const { pages, timeline } = this.#room;
    if (!pages.isBusy && timeline.before !== null && timeline.messages.length < MOST_OLDER) this.#delegate.timelineOlder();
  };

  /** Who asks for what they missed goes on reading there. */
  #fill = (from) => {
    this.#isFilling = true;
    this.#room.following = false;
    this.#delegate.timelineFill(from);
  };

  #toEnd = () => {
    this.#scroll.goToEnd();
    this.moved();
    // The button is gone now.
    this.#scroller.focus({ preventScroll: true });
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
