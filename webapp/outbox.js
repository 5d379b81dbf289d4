// What this person wrote in one room and has not yet seen in its log: waiting, sent, committed or failed. Pure state.

import { errorWords } from './faults.js';

/** Messages that may wait at once; the composer holds the next one back. */
export const MOST_WAITING = 50;
/** Sendings of one message before it is left to the person to try again. */
export const MOST_ATTEMPTS = 6;
/** An answer must come within this time; after it the same message is sent again, which is safe. */
export const ANSWER_MS = 30_000;

export class Outbox {
  #entries = new Map(); // by id, in the order of writing
  #revision = 0;

  get entries() {
    return [...this.#entries.values()];
  }

  get revision() {
    return this.#revision;
  }

  get isFull() {
    return this.#entries.size >= MOST_WAITING;
  }

  has(id) {
    return this.#entries.has(id);
  }

  add(id, content, now) {
    this.#put({ id, content, state: 'waiting', attempts: 0, writtenAt: now, since: now, notBefore: now, seq: null, words: '' });
  }

  /** What to send now, in the order of writing; one that has to wait holds back those behind it. */
  due(now) {
    const due = [];
    for (const entry of this.#entries.values()) {
      if (entry.state === 'waiting' && entry.notBefore > now) break;
      if (entry.state === 'waiting' || (entry.state === 'sent' && now - entry.since >= ANSWER_MS)) due.push(entry);
    }
    return due;
  }

  /** About to be sent. False when it has been sent often enough: it is left to the person now. */
  sending(id, now) {
    const entry = this.#entries.get(id);
    const may = entry.attempts < MOST_ATTEMPTS;
    if (may) this.#put({ ...entry, state: 'sent', attempts: entry.attempts + 1, since: now, words: '' });
    else this.#fail(entry, 'The server does not answer.');
    return may;
  }

  /** Committed as `seq`. Its event comes before or after this; until then the message stays in sight. */
  acked(id, seq, position) {
    const entry = this.#entries.get(id);
    if (entry === undefined) return;
    this.#put({ ...entry, state: 'committed', seq });
    this.passed(position);
  }

  /** The message is in the log. */
  seen(id) {
    if (this.#entries.delete(id)) this.#revision++;
  }

  /** The log was read up to here: what is committed at or below is in it, or in one of its holes. */
  passed(position) {
    for (const entry of this.#entries.values()) {
      if (entry.state === 'committed' && entry.seq <= (position ?? 0)) this.seen(entry.id);
    }
  }

  /** An `error`. What may work later is tried again, with the same id: that is safe whatever happened to the first. */
  refused(error, now) {
    const entry = this.#entries.get(error.id);
    if (entry === undefined || entry.state === 'committed') return;
    const again = error.temporary || error.code === 'not_joined';
    if (!again || entry.attempts >= MOST_ATTEMPTS) {
      this.#fail(entry, errorWords(error));
      return;
    }
    const waitMs = error.retryAfterMs ?? 1000 * 2 ** entry.attempts;
    this.#put({ ...entry, state: 'waiting', notBefore: now + waitMs, words: errorWords(error) });
  }

  /** Whatever was not answered goes out again on the next connection. A committed one will be in the log. */
  disconnected() {
    for (const entry of this.#entries.values()) {
      if (entry.state === 'sent' || entry.state === 'waiting') {
        this.#put({ ...entry, state: 'waiting', notBefore: 0 });
      }
    }
  }

  /** Another log: numbers of the old one will not come any more. */
  forgetCommitted() {
    for (const entry of this.#entries.values()) if (entry.state === 'committed') this.seen(entry.id);
  }

  /** The name has changed: nothing goes out under another name unasked. */
  hold() {
    for (const entry of this.#entries.values()) {
      if (entry.state === 'committed') this.seen(entry.id);
      else this.#fail(entry, 'Written under another name. Send it under this one?');
    }
  }

  retry(id, now) {
    const entry = this.#entries.get(id);
    if (entry?.state === 'failed') this.#put({ ...entry, state: 'waiting', attempts: 0, notBefore: now, words: '' });
  }

  discard(id) {
    if (this.#entries.get(id)?.state === 'failed') this.seen(id);
  }

  #fail(entry, words) {
    this.#put({ ...entry, state: 'failed', words });
  }

  #put(entry) {
    this.#entries.set(entry.id, entry);
    this.#revision++;
  }
}
