// The talk of the room in view: a log that follows its end, or stays where the person reads.

import { keep, make, setText } from './dom.js';
import { createRow, updateRow } from './message.js';
import { rowsOf } from './rows.js';

/** This close to an edge counts as being there. */
const NEAR_END = 60;
const NEAR_START = 300;

export class TimelineView {
  #scroller;
  #log;
  #older;
  #start;
  #newest;
  #delegate;
  #observer = new ResizeObserver(() => this.#stayAtEnd());
  #room = null;
  #drawn = '';
  #sizes = ''; // of the scroller, when it was last in order
  #wasBulk = true;

  /** The delegate: `timelineOlder()`, `timelineFill(from)`, `timelineRetry(id)`, `timelineDiscard(id)`. */
  constructor(root, delegate) {
    this.#scroller = root.querySelector('#talk-scroll');
    this.#log = root.querySelector('#log');
    this.#older = root.querySelector('#older');
    this.#start = root.querySelector('#log-start');
    this.#newest = root.querySelector('#newest');
    this.#delegate = delegate;
  }

  start() {
    this.#scroller.addEventListener('scroll', this.#scrolled, { passive: true });
    this.#observer.observe(this.#scroller);
    this.#older.addEventListener('click', this.#olderAsked);
    this.#newest.addEventListener('click', this.#toEnd);
  }

  stop() {
    this.#scroller.removeEventListener('scroll', this.#scrolled);
    this.#observer.disconnect();
    this.#older.removeEventListener('click', this.#olderAsked);
    this.#newest.removeEventListener('click', this.#toEnd);
  }

  draw(room, me, isGuest) {
    const { timeline, outbox, pages } = room;
    const of = [room.name, room.state, timeline.epoch, timeline.revision, outbox.revision, pages.isBusy, me, isGuest];
    const drawn = of.join(' ');
    if (room === this.#room && drawn === this.#drawn) return;
    const isOther = room !== this.#room;
    // A reader is told what is new, not a whole room or a page of the past.
    const isBulk = isOther || this.#wasBulk;
    this.#wasBulk = pages.isBusy || room.state !== 'joined';
    this.#log.setAttribute('aria-live', isBulk ? 'off' : 'polite');
    if (isOther) this.#log.replaceChildren();
    const anchor = isOther || room.following ? null : this.#anchor();
    this.#room = room;
    this.#drawn = drawn;
    this.#drawRows(room, me, isGuest);
    this.#drawEdges();
    if (anchor === null) this.#stayAtEnd();
    else this.#scroller.scrollTop += anchor.element.getBoundingClientRect().top - anchor.top;
    this.#sizes = this.#measure();
  }

  #drawRows(room, me, isGuest) {
    const acts = {
      me,
      fill: (from) => this.#delegate.timelineFill(from),
      retry: (id) => this.#delegate.timelineRetry(id),
      discard: (id) => this.#delegate.timelineDiscard(id),
    };
    keep(this.#log, rowsOf(room, me, isGuest), (row) => row.key, (row) => createRow(row, acts), updateRow);
  }

  #drawEdges() {
    const { timeline, outbox, pages, following, name, state } = this.#room;
    const isEmpty = timeline.messages.length === 0 && outbox.entries.length === 0;
    this.#older.hidden = timeline.before === null;
    this.#older.disabled = pages.isBusy;
    this.#start.hidden = timeline.before !== null;
    const known = timeline.position !== null && !timeline.awaitsPage;
    const start = isEmpty ? 'Nobody has said anything yet. Say hello!' : `This is where #${name} begins.`;
    setText(this.#start, known ? start : state === 'refused' ? '' : 'One moment…');
    this.#newest.hidden = following;
  }

  /** The first message in view and where it stands, to put it back there when something appears above it. */
  #anchor() {
    const top = this.#scroller.getBoundingClientRect().top;
    const element = Array.from(this.#log.querySelectorAll('.message')).find((each) => each.getBoundingClientRect().bottom > top);
    return element === undefined ? null : { element, top: element.getBoundingClientRect().top };
  }

  #scrolled = () => {
    if (this.#room === null) return;
    const { scrollTop, scrollHeight, clientHeight } = this.#scroller;
    // Not the person moved but the page: something grew or shrank, and this is told before the observer is.
    if (this.#room.following && this.#sizes !== this.#measure()) {
      this.#stayAtEnd();
      return;
    }
    this.#sizes = this.#measure();
    this.#room.following = scrollHeight - scrollTop - clientHeight < NEAR_END;
    this.#newest.hidden = this.#room.following;
    if (scrollTop < NEAR_START && scrollHeight > clientHeight) this.#olderAsked();
  };

  #stayAtEnd() {
    if (this.#room?.following) this.#scroller.scrollTop = this.#scroller.scrollHeight;
    this.#sizes = this.#measure();
  }

  #measure() {
    return `${this.#scroller.scrollHeight} ${this.#scroller.clientHeight}`;
  }

  #olderAsked = () => {
    if (!this.#room.pages.isBusy) this.#delegate.timelineOlder();
  };

  #toEnd = () => {
    this.#room.following = true;
    this.#stayAtEnd();
    this.#drawEdges();
  };
}
