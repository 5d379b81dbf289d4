// The part of a log that is in the document: some ranges of its rows, and spaces as high as what is left out.

import { Heights } from './heights.js';
import { keep } from './dom.js';
import { heldIn, seqOf } from './held.js';
import { placeOf } from '../ordered.js';
import { united, windowAt } from './window.js';

export class Strip {
  #log;
  #host;
  #messages = [];
  #heights = new Heights();
  #tail = 0; // the height of what stands below the last message
  #range = { from: 0, to: 0 };

  /** The host: `rowsIn(ranges)` are the rows to be drawn, `create(row)` and `update(element, row)` their elements. */
  constructor(log, host) {
    this.#log = log;
    this.#host = host;
  }

  /** Another room, or the same one with what has come: its messages, and the heights that are known of them. */
  turnTo({ messages, heights }) {
    if (heights !== this.#heights) {
      this.#log.replaceChildren();
      this.#tail = 0;
    }
    this.#messages = messages;
    this.#heights = heights;
    heights.forgetBelow(messages[0]?.seq ?? Infinity);
  }

  /** Draws what lies between two offsets, down to the end if so wished, all that is selected; and learns how high it is. */
  draw(top, bottom, { isToEnd, isCopied }) {
    this.#range = windowAt(this.#heights, this.#messages, top, bottom);
    if (isToEnd) this.#range.to = this.#messages.length;
    const ranges = united([this.#range, ...heldIn(this.#log, this.#messages, isCopied)]);
    keep(this.#log, this.#host.rowsIn(ranges), (row) => row.key, (row) => this.#host.create(row), this.#update);
    this.#measure();
  }

  /** Gives the spaces their heights; `shift` is what the first one has too much. */
  space(shift) {
    const { length } = this.#messages;
    const [first, ...others] = this.#spaces;
    first.style.height = `${Math.max(0, this.above + shift)}px`;
    for (const space of others) {
      const [from, to] = [Number(space.dataset.from), Number(space.dataset.to)];
      const isTailMissing = to === length && from < length;
      space.style.height = `${this.offset(to) - this.offset(from) + (isTailMissing ? this.#tail : 0)}px`;
    }
  }

  /** The rows, without the spaces. */
  get rows() {
    return Array.from(this.#log.children).filter(({ dataset }) => dataset.item !== undefined);
  }

  /** Whether the oldest message is drawn. */
  get isFromStart() {
    return this.#spaces[0]?.dataset.to === '0';
  }

  /** How high the messages above the first that is drawn are. */
  get above() {
    return this.offset(Number(this.#spaces[0].dataset.to));
  }

  get height() {
    return this.offset(this.#messages.length) + this.#tail;
  }

  get #spaces() {
    return Array.from(this.#log.children).filter(({ dataset }) => dataset.item === undefined);
  }

  /** From the top of the log to the message at this place. */
  offset(index) {
    return this.#heights.offset(this.#messages, index);
  }

  /** From the top of the log to the message with this seq, or to where it would stand. */
  offsetOf(seq) {
    return this.offset(placeOf(this.#messages, seq));
  }

  /** What to hold on to at an offset where nothing is drawn. */
  anchorAt(offset) {
    const index = this.#heights.at(this.#messages, offset);
    return { key: null, seq: this.#messages[index]?.seq ?? Infinity, below: this.offset(index) - offset };
  }

  /** What to hold on to below this edge: a message, and how far below it stands. */
  anchorBelow(edge) {
    const { rows } = this;
    const element = anchorIn(rows, rows.findIndex((each) => each.getBoundingClientRect().bottom > edge));
    if (element === undefined) return null;
    return { key: element.dataset.key, seq: seqOf(element), below: element.getBoundingClientRect().top - edge };
  }

  /** The element of an anchor, or what stands nearest to it. */
  elementOf({ key, seq }) {
    return this.rows.find(({ dataset }) => dataset.key === key) ?? this.rows.find((each) => seqOf(each) >= seq);
  }

  /** Whether there is no space between these edges that stands for something. */
  covers(top, bottom) {
    return this.#spaces.every((space) => {
      const box = space.getBoundingClientRect();
      return box.height === 0 || space.dataset.from === space.dataset.to || box.bottom <= top || box.top >= bottom;
    });
  }

  #update = (element, row) => {
    if (row.kind === 'space') Object.assign(element.dataset, { from: row.from, to: row.to });
    else element.dataset.item = row.item;
    this.#host.update(element, row);
  };

  #measure() {
    const measured = new Map();
    for (const row of this.rows) measured.set(seqOf(row), (measured.get(seqOf(row)) ?? 0) + row.getBoundingClientRect().height);
    const isTailDrawn = this.#spaces.at(-1).dataset.from === String(this.#messages.length);
    if (isTailDrawn) this.#tail = measured.get(Infinity) ?? 0;
    measured.delete(Infinity);
    for (const [seq, height] of measured) this.#heights.set(seq, height);
  }
}

/** The first message from this row on; but where that is a hole, the one above it, so that it is filled before one's eyes. */
function anchorIn(rows, first) {
  const isMessage = (each) => each.classList.contains('message');
  const above = rows[first]?.classList.contains('hole') ? rows.slice(0, first).findLast(isMessage) : undefined;
  return above ?? rows.slice(Math.max(0, first)).find(isMessage) ?? rows[first];
}
