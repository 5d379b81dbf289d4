// A log of any length that scrolls: only what is near the screen is in the document, and what one reads stays where it is.

import { Heights } from './heights.js';
import { keep } from './dom.js';
import { placeOf } from '../ordered.js';
import { selected, united, windowAt } from './window.js';
import { TAIL } from './rows.js';

/** This close to the end counts as being there, in CSS pixels. */
const NEAR_END = 60;
/** Beyond the screen this many screens are drawn, on either side; half of it may be used up before it is drawn anew. */
const BEYOND = 1;
/** So long after the last move the person is taken to have come to rest. */
const REST_MS = 150;
/** Measured heights prove guesses wrong, and then other messages may be near: so often it is drawn anew at once. */
const ROUNDS = 4;

export class Scroll {
  #scroller;
  #log;
  #host;
  #room = null;
  #places = new WeakMap(); // by room: { heights, anchor, epoch, tail }
  #place = null;
  #range = { from: 0, to: 0 };
  #shift = 0; // what the space above has too much, as long as the person scrolls: putting it right would stop them
  #sizes = '';
  #top = 0;
  #width = 0;
  #rest = null;
  #observer = new ResizeObserver(() => this.#resized());

  /**
   * The host: `rowsIn(ranges)` are the rows to be drawn, `create(row)` and `update(element, row)` their elements; it hears
   * `moved()` when what is on the screen may be another part of the log.
   */
  constructor(scroller, log, host) {
    this.#scroller = scroller;
    this.#log = log;
    this.#host = host;
  }

  start() {
    this.#scroller.addEventListener('scroll', this.#scrolled, { passive: true });
    this.#observer.observe(this.#scroller);
    this.#observer.observe(this.#log);
  }

  stop() {
    this.#scroller.removeEventListener('scroll', this.#scrolled);
    this.#observer.disconnect();
    clearTimeout(this.#rest);
  }

  draw(room) {
    if (room !== this.#room) this.#turnTo(room);
    const { epoch, messages } = room.timeline;
    if (epoch !== this.#place.epoch) this.#place.heights.clear();
    this.#place.epoch = epoch;
    this.#place.heights.forgetBelow(messages[0]?.seq ?? Infinity);
    this.#draw();
  }

  /** Shows the message with this seq, or the one above which it would stand, so far below the upper edge. */
  goTo(seq, below) {
    this.#room.following = false;
    this.#place.anchor = { item: seq, key: null, below };
    this.#shift = 0;
    this.#draw();
  }

  goToEnd() {
    this.#room.following = true;
    this.#draw();
  }

  goToStart() {
    const [first] = this.#messages;
    if (first !== undefined) this.goTo(first.seq, this.#above + 1);
  }

  /** What lies between the upper edge of the screen and the oldest message, in CSS pixels. */
  get fromStart() {
    return this.#offset(0, this.#range.from) + this.#firstTop();
  }

  /** The seq of the last message on the screen; null when there is none. */
  get lastSeen() {
    const bottom = this.#edge + this.#scroller.clientHeight;
    const seen = this.#rows().findLast((each) => each.dataset.item !== TAIL && each.getBoundingClientRect().top < bottom);
    return seen === undefined ? null : Number(seen.dataset.item);
  }

  /** The last message on the screen as an element, whether or not it is in the log yet. */
  get lastMessage() {
    const bottom = this.#edge + this.#scroller.clientHeight;
    const all = this.#rows().filter((each) => each.classList.contains('message'));
    return all.findLast((each) => each.getBoundingClientRect().bottom <= bottom + 1) ?? all[0] ?? null;
  }

  #turnTo(room) {
    this.#room = room;
    this.#log.replaceChildren();
    if (!this.#places.has(room)) this.#places.set(room, { heights: new Heights(), anchor: null, epoch: null, tail: 0 });
    this.#place = this.#places.get(room);
    this.#shift = 0;
  }

  #draw() {
    if (this.#scroller.clientWidth !== this.#width) this.#place.heights.clear();
    this.#width = this.#scroller.clientWidth;
    for (let round = 0; round < ROUNDS; round++) {
      this.#range = this.#wanted();
      const ranges = united([this.#range, ...this.#held()]);
      keep(this.#log, this.#host.rowsIn(ranges), (row) => row.key, (row) => this.#host.create(row), this.#update);
      this.#measure();
      this.#space();
      this.#hold();
      if (this.#isCovered(0)) break;
    }
    this.#remember();
  }

  #update = (element, row) => {
    if (row.kind === 'space') Object.assign(element.dataset, { from: row.from, to: row.to });
    else element.dataset.item = row.item;
    this.#host.update(element, row);
  };

  /** The places that have to be drawn, by where the screen is to be in the log. */
  #wanted() {
    const { length } = this.#messages;
    const { clientHeight } = this.#scroller;
    const beyond = clientHeight * BEYOND;
    const { following } = this.#room;
    const top = following ? this.#offset(0, length) + this.#place.tail - clientHeight : this.#anchored();
    const range = windowAt(this.#place.heights, this.#messages, top - beyond, top + clientHeight + beyond);
    if (following) range.to = length;
    return range;
  }

  /** The offset of the upper edge of the screen in the log, by what is to stay where it is. */
  #anchored() {
    const { anchor } = this.#place;
    return anchor === null ? 0 : this.#offset(0, this.#placeOf(anchor.item)) - anchor.below;
  }

  /** What has the focus, and what is selected, must not be taken out of the document. */
  #held() {
    const focused = this.#itemOf(document.activeElement);
    const held = focused === null ? [] : [selected(this.#placeOf(focused), this.#placeOf(focused))];
    const selection = document.getSelection();
    if (selection !== null && !selection.isCollapsed) {
      const [began, now] = [selection.anchorNode, selection.focusNode].map((node) => this.#itemOf(node));
      if (began !== null && now !== null) held.push(selected(this.#placeOf(began), this.#placeOf(now)));
    }
    const { length } = this.#messages;
    return held.map(({ from, to }) => ({ from: Math.min(from, length), to: Math.min(to, length) }));
  }

  #measure() {
    const measured = new Map();
    for (const row of this.#rows()) {
      const { item } = row.dataset;
      measured.set(item, (measured.get(item) ?? 0) + row.getBoundingClientRect().height);
    }
    this.#place.tail = measured.get(TAIL) ?? (this.#range.to === this.#messages.length ? 0 : this.#place.tail);
    measured.delete(TAIL);
    for (const [item, height] of measured) this.#place.heights.set(Number(item), height);
  }

  #space() {
    const { length } = this.#messages;
    const [first, ...others] = this.#spaces();
    const above = this.#offset(0, Number(first.dataset.to));
    const isMoving = this.#rest !== null && !this.#room.following;
    if (!isMoving || Number(first.dataset.to) === 0 || above + this.#shift < 0) this.#shift = 0;
    first.style.height = `${above + this.#shift}px`;
    for (const space of others) {
      const [from, to] = [Number(space.dataset.from), Number(space.dataset.to)];
      const isTailMissing = to === length && from < length;
      space.style.height = `${this.#offset(from, to) + (isTailMissing ? this.#place.tail : 0)}px`;
    }
  }

  /** Puts what one reads back to where it was. While they scroll it is the space above that gives way, if it can. */
  #hold() {
    if (this.#room.following) {
      this.#scroller.scrollTop = this.#scroller.scrollHeight;
      return;
    }
    const { anchor } = this.#place;
    const rows = this.#rows();
    const element = rows.find(({ dataset }) => dataset.key === anchor?.key) ?? rows.find(({ dataset }) => dataset.item === String(anchor?.item));
    if (element === undefined) return;
    const drift = element.getBoundingClientRect().top - this.#edge - anchor.below;
    if (Math.abs(drift) < 0.5) return;
    const [first] = this.#spaces();
    const height = Number.parseFloat(first.style.height) - drift;
    if (this.#rest !== null && Number(first.dataset.to) > 0 && height >= 0) {
      this.#shift -= drift;
      first.style.height = `${height}px`;
    } else this.#scroller.scrollTop += drift;
  }

  #scrolled = () => {
    if (this.#room === null || this.#scroller.scrollTop === this.#top) return;
    // Not the person moved but the page: something grew or shrank, and this is told before the observer is.
    if (this.#sizes !== this.#measures()) {
      this.#resized();
      return;
    }
    clearTimeout(this.#rest);
    this.#rest = setTimeout(this.#rested, REST_MS);
    this.#room.following = this.isAtEnd;
    if (this.#isCovered(0)) this.#remember();
    else this.#place.anchor = this.#guessedAnchor();
    if (!this.#isCovered(this.#scroller.clientHeight * BEYOND / 2)) this.#draw();
    this.#top = this.#scroller.scrollTop;
    this.#host.moved();
  };

  #rested = () => {
    this.#rest = null;
    if (this.#shift !== 0) this.#draw();
  };

  #resized() {
    if (this.#room === null || this.#sizes === this.#measures()) return;
    this.#draw();
    this.#host.moved();
  }

  /** No space that is still to be filled is on the screen, nor so close to it. */
  #isCovered(margin) {
    const top = this.#edge - margin;
    const bottom = this.#edge + this.#scroller.clientHeight + margin;
    return this.#spaces().every((space) => {
      if (space.dataset.from === space.dataset.to) return true;
      const box = space.getBoundingClientRect();
      return box.height === 0 || box.bottom <= top || box.top >= bottom;
    });
  }

  /** Where everything is now, to find it again. */
  #remember() {
    const edge = this.#edge;
    const rows = this.#rows();
    const onScreen = (each) => each.getBoundingClientRect().bottom > edge;
    const first = rows.findIndex(onScreen);
    const element = nearestMessage(rows, first) ?? rows[first];
    if (element !== undefined) {
      const { key, item } = element.dataset;
      const below = element.getBoundingClientRect().top - edge;
      this.#place.anchor = { key, item: item === TAIL ? Infinity : Number(item), below };
    }
    this.#top = this.#scroller.scrollTop;
    this.#sizes = this.#measures();
  }

  /** The person went to where nothing is drawn: the message that should be there. */
  #guessedAnchor() {
    const top = this.#edge - this.#log.getBoundingClientRect().top - this.#shift;
    const index = this.#place.heights.at(this.#messages, top);
    return { key: null, item: this.#messages[index]?.seq ?? Infinity, below: this.#offset(0, index) - top };
  }

  #itemOf(node) {
    const element = node instanceof Element ? node : node?.parentElement;
    const item = element?.closest('#log > [data-item]')?.dataset.item;
    if (item === undefined) return null;
    return item === TAIL ? Infinity : Number(item);
  }

  #placeOf(item) {
    return placeOf(this.#messages, item);
  }

  #offset(from, to) {
    const { heights } = this.#place;
    return heights.offset(this.#messages, to) - heights.offset(this.#messages, from);
  }

  #rows() {
    return Array.from(this.#log.children).filter(({ dataset }) => dataset.item !== undefined);
  }

  #spaces() {
    return Array.from(this.#log.children).filter(({ dataset }) => dataset.item === undefined);
  }

  #firstTop() {
    const first = this.#log.children[1];
    return first === undefined ? 0 : this.#edge - first.getBoundingClientRect().top;
  }

  #measures() {
    return `${this.#scroller.scrollHeight} ${this.#scroller.clientHeight} ${this.#scroller.clientWidth}`;
  }

  get #messages() {
    return this.#room.timeline.messages;
  }

  get isAtEnd() {
    const { scrollTop, scrollHeight, clientHeight } = this.#scroller;
    return scrollHeight - scrollTop - clientHeight < NEAR_END;
  }

  get #edge() {
    return this.#scroller.getBoundingClientRect().top;
  }

  get #above() {
    return this.#log.offsetTop;
  }
}

/** The first message from this row on; but where that is a hole, the one above it, so that it is filled before one's eyes. */
function nearestMessage(rows, first) {
  const isMessage = (each) => each.classList.contains('message');
  const above = rows[first]?.classList.contains('hole') ? rows.slice(0, first).findLast(isMessage) : undefined;
  return above ?? rows.slice(Math.max(0, first)).find(isMessage);
}
