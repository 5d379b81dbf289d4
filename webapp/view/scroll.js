// Scrolling in a log of any length: what one reads stays where it is, whatever comes above it, below it, or changes its height.

import { Heights } from './heights.js';
import { Strip } from './strip.js';

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
  #strip;
  #host;
  #room = null;
  #places = new WeakMap(); // by room: { heights, epoch, anchor: { key, seq, below } }
  #place = null;
  #shift = 0; // what the space above has too much while the person scrolls: to put it right then would stop them
  #sizes = '';
  #width = 0;
  #top = 0;
  #rest = null; // a timer, while the person scrolls
  #observer = new ResizeObserver(() => this.#resized());

  /** The host is one of Strip, and hears `moved()` when what is on the screen may be another part of the log. */
  constructor(scroller, log, host) {
    this.#scroller = scroller;
    this.#log = log;
    this.#host = host;
    this.#strip = new Strip(log, host);
  }

  start() {
    this.#scroller.addEventListener('scroll', this.#scrolled, { passive: true });
    document.addEventListener('copy', this.#copied);
    this.#observer.observe(this.#scroller);
    this.#observer.observe(this.#log);
  }

  stop() {
    this.#scroller.removeEventListener('scroll', this.#scrolled);
    document.removeEventListener('copy', this.#copied);
    this.#observer.disconnect();
    clearTimeout(this.#rest);
  }

  /** Draws the room as it is now: at its end if `following`, else where it was left. */
  draw(room) {
    const { epoch } = room.timeline;
    // In another log a number is another message: nothing that was drawn by it may stay.
    if (this.#places.get(room)?.epoch !== epoch) this.#places.set(room, { heights: new Heights(), epoch, anchor: null });
    if (this.#place !== this.#places.get(room)) this.#shift = 0;
    this.#room = room;
    this.#place = this.#places.get(room);
    this.#draw();
  }

  /** Shows the message with this seq, or the one above which it would stand, so far below the upper edge. */
  goTo(seq, below) {
    this.#room.following = false;
    this.#place.anchor = { key: null, seq, below };
    this.#shift = 0;
    this.#draw();
  }

  goToEnd() {
    this.#room.following = true;
    this.#draw();
  }

  get isAtEnd() {
    const { scrollTop, scrollHeight, clientHeight } = this.#scroller;
    return scrollHeight - scrollTop - clientHeight < NEAR_END;
  }

  /** What lies between the upper edge of the screen and the oldest message, in CSS pixels. */
  get fromStart() {
    const [first] = this.#strip.rows;
    return first === undefined ? 0 : this.#strip.above + this.#edge - first.getBoundingClientRect().top;
  }

  /** The messages on the screen, with what is still on its way. */
  get onScreen() {
    const [top, bottom] = [this.#edge, this.#edge + this.#scroller.clientHeight];
    return this.#strip.rows.filter((each) => {
      const box = each.getBoundingClientRect();
      return each.classList.contains('message') && box.bottom > top && box.top < bottom;
    });
  }

  #draw(isCopied = false) {
    const { timeline, following } = this.#room;
    const { clientHeight, clientWidth } = this.#scroller;
    const beyond = clientHeight * BEYOND;
    // Lines break elsewhere now.
    if (clientWidth !== this.#width) this.#place.heights.clear();
    this.#width = clientWidth;
    this.#strip.turnTo({ messages: timeline.messages, heights: this.#place.heights });
    const isFocused = this.#log.contains(document.activeElement);
    for (let round = 0; round < ROUNDS; round++) {
      const top = following ? this.#strip.height - clientHeight : this.#anchored();
      this.#strip.draw(top - beyond, top + clientHeight + beyond, { isToEnd: following, isCopied });
      this.#strip.space(this.#shiftNow());
      this.#hold();
      if (this.#isCovered(0)) break;
    }
    // What had the focus may be gone for good: a hole that is filled.
    if (isFocused && !this.#log.contains(document.activeElement)) this.#scroller.focus({ preventScroll: true });
    this.#remember();
  }

  /** The offset of the upper edge of the screen in the log, by what is to stay where it is. */
  #anchored() {
    const { anchor } = this.#place;
    return anchor === null ? 0 : this.#strip.offsetOf(anchor.seq) - anchor.below;
  }

  #shiftNow() {
    const isMoving = this.#rest !== null && !this.#room.following;
    if (!isMoving || this.#strip.isFromStart || this.#strip.above + this.#shift < 0) this.#shift = 0;
    return this.#shift;
  }

  /** Puts what one reads back to where it was. While they scroll it is the space above that gives way, if it can. */
  #hold() {
    if (this.#room.following) {
      this.#scroller.scrollTop = this.#scroller.scrollHeight;
      return;
    }
    const { anchor } = this.#place;
    const element = anchor === null ? undefined : this.#strip.elementOf(anchor);
    const drift = element === undefined ? 0 : element.getBoundingClientRect().top - this.#edge - anchor.below;
    if (Math.abs(drift) < 0.5) return;
    const canGive = this.#rest !== null && !this.#strip.isFromStart && this.#strip.above + this.#shift - drift >= 0;
    if (canGive) this.#strip.space((this.#shift -= drift));
    else this.#scroller.scrollTop += drift;
  }

  #scrolled = () => {
    if (this.#room === null || this.#scroller.scrollTop === this.#top) return;
    // Not the person moved but the page: something grew or shrank, and this is told before the observer is.
    if (this.#sizes !== this.#measure()) {
      this.#resized();
      return;
    }
    clearTimeout(this.#rest);
    this.#rest = setTimeout(this.#rested, REST_MS);
    this.#room.following = this.isAtEnd;
    if (this.#isCovered(0)) this.#remember();
    else this.#place.anchor = this.#strip.anchorAt(this.#edge - this.#log.getBoundingClientRect().top - this.#shift);
    if (!this.#isCovered((this.#scroller.clientHeight * BEYOND) / 2)) this.#draw();
    this.#host.moved();
  };

  /** Only what is in the document can be copied. */
  #copied = () => {
    if (this.#room !== null && document.getSelection().containsNode(this.#log, true)) this.#draw(true);
  };

  #rested = () => {
    this.#rest = null;
    if (this.#shift !== 0) this.#draw();
  };

  #resized() {
    const isHidden = this.#scroller.clientHeight === 0;
    if (this.#room === null || isHidden || this.#sizes === this.#measure()) return;
    this.#draw();
    this.#host.moved();
  }

  #isCovered(margin) {
    return this.#strip.covers(this.#edge - margin, this.#edge + this.#scroller.clientHeight + margin);
  }

  /** Where everything is now, to find it again. */
  #remember() {
    this.#place.anchor = this.#strip.anchorBelow(this.#edge) ?? this.#place.anchor;
    this.#top = this.#scroller.scrollTop;
    this.#sizes = this.#measure();
  }

  /** What tells that the page has changed its size, and not the person their place. */
  #measure() {
    const { scrollHeight, clientHeight, clientWidth } = this.#scroller;
    return `${scrollHeight} ${clientHeight} ${clientWidth}`;
  }

  get #edge() {
    return this.#scroller.getBoundingClientRect().top;
  }
}
