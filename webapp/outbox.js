// What this person wrote in one room and has not yet seen in its log: waiting, sent, committed or failed. Pure state.

import { MOST_WAITING } from './parley-client.js';
import { errorWords } from './faults.js';
import { has, t } from './words.js';

export class Outbox {
  #entries = new Map(); // by id, in the order of writing
  #revision = 0;

  get entries() {
    return [...this.#entries.values()];
  }

  get revision() {
    return this.#revision;
  }

  /** The composer holds the next one back. */
  get isFull() {
    return this.#entries.size >= MOST_WAITING;
  }

  add(id, content, now) {
    this.#put({ id, content, state: 'waiting', writtenAt: now, seq: null, words: '' });
  }

  /** An `outgoing` of the client. A committed one stays in sight until its event is here, before or after this. */
  fared({ id, state, error, seq = null }, position) {
    const entry = this.#entries.get(id);
    if (entry === undefined) return;
    this.#put({ ...entry, state, seq, words: error ? wordsOf(error) : '' });
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

  /** Another log: numbers of the old one will not come any more. */
  forgetCommitted() {
    for (const entry of this.#entries.values()) if (entry.state === 'committed') this.seen(entry.id);
  }

  /** A failed message to be sent once more, with the same id; null when there is none. */
  retry(id) {
    const entry = this.#entries.get(id);
    if (entry?.state !== 'failed') return null;
    this.#put({ ...entry, state: 'waiting', words: '' });
    return entry;
  }

  discard(id) {
    if (this.#entries.get(id)?.state === 'failed') this.seen(id);
  }

  /** As it was before a reload: what failed waits for the person, all else for the log. */
  restore({ id, content, state, writtenAt, words }) {
    this.#put({ id, content, state: state === 'failed' ? 'failed' : 'waiting', writtenAt, seq: null, words });
  }

  #put(entry) {
    this.#entries.set(entry.id, entry);
    this.#revision++;
  }
}

function wordsOf(error) {
  return has(`sending.${error.code}`) ? t(`sending.${error.code}`) : errorWords(error);
}
