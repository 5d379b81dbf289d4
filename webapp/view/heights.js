// How high the messages of one room are on this screen: measured once they were drawn, guessed until then. Pure state.

import { placeOf } from '../ordered.js';

/** Numbers of the log that are summed up together. */
const CHUNK = 256;
/** Before anything was measured: a line and a half, in CSS pixels. */
const FIRST_GUESS = 40;
/** So many measured heights tell what the others are like. */
const ENOUGH = 20;

/**
 * Heights are kept by seq, so that nothing moves when older messages come in above, and only those that were measured:
 * messages come and go without a word to this class. It is asked in places among `messages`, sorted by seq.
 */
export class Heights {
  #chunks = new Map(); // by seq / CHUNK: a Map of heights by seq
  #sums = null; // of the chunks from below, { number, below, count }; null when something has changed
  #guess = null;

  /** False when this was known. */
  set(seq, height) {
    const number = Math.floor(seq / CHUNK);
    const chunk = this.#chunks.get(number) ?? new Map();
    if (chunk.get(seq) === height) return false;
    chunk.set(seq, height);
    this.#chunks.set(number, chunk);
    this.#sums = null;
    return true;
  }

  /** From the top of the first message to the top of the one at this place; of all, to the end of the last. */
  offset(messages, index) {
    const { sum, count } = this.#below(index < messages.length ? messages[index].seq : Infinity);
    return sum + (index - count) * this.#guessed();
  }

  /** The place of the message that covers this offset, the first or the last one when it is beyond them. */
  at(messages, offset) {
    let low = 0;
    let high = Math.max(0, messages.length - 1);
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if (this.offset(messages, middle) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** What is below has been given up. */
  forgetBelow(floor) {
    for (const [number, chunk] of this.#chunks) {
      if (number * CHUNK >= floor) continue;
      for (const seq of chunk.keys()) if (seq < floor) chunk.delete(seq);
      if (chunk.size === 0) this.#chunks.delete(number);
      this.#sums = null;
    }
  }

  /** The lines break elsewhere now, or this is another log. */
  clear() {
    this.#chunks.clear();
    this.#sums = null;
    this.#guess = null;
  }

  /** The mean of the first that were measured; it stays, so that the log does not stretch while one moves in it. */
  #guessed() {
    if (this.#guess !== null) return this.#guess;
    const { sum, count } = this.#below(Infinity);
    const mean = count > 0 ? sum / count : FIRST_GUESS;
    if (count >= ENOUGH) this.#guess = mean;
    return mean;
  }

  #below(seq) {
    this.#sums ??= summedUp(this.#chunks);
    const number = Math.floor(seq / CHUNK);
    const at = this.#sums[Math.min(placeOf(this.#sums, number), this.#sums.length - 1)];
    let { sum, count } = at;
    if (at.seq === number && number < Infinity) {
      for (const [each, height] of this.#chunks.get(number)) {
        if (each >= seq) continue;
        sum += height;
        count++;
      }
    }
    return { sum, count };
  }
}

/** What lies below each chunk, and at last below Infinity; the chunk's number is its `seq`. */
function summedUp(chunks) {
  const sums = [];
  let sum = 0;
  let count = 0;
  for (const number of [...chunks.keys()].sort((a, b) => a - b)) {
    sums.push({ seq: number, sum, count });
    for (const height of chunks.get(number).values()) sum += height;
    count += chunks.get(number).size;
  }
  sums.push({ seq: Infinity, sum, count });
  return sums;
}
