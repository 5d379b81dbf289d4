// What stands around the log: how it begins, the way to what is older, and the way back to the newest.

import { placeOf } from '../ordered.js';
import { setText } from './dom.js';
import { t } from '../words.js';

/** So many messages can be scrolled through at once. */
const MOST_OLDER = 100_000;

export class Edges {
  #older;
  #start;
  #newest;
  #host;
  #isUp = false; // the button leads up to the line

  /** The host: `older()`, `toEnd()` and `toLine()`. */
  constructor(root, host) {
    this.#older = root.querySelector('#older');
    this.#start = root.querySelector('#log-start');
    this.#newest = root.querySelector('#newest');
    this.#host = host;
  }

  start() {
    this.#older.addEventListener('click', this.#olderAsked);
    this.#newest.addEventListener('click', this.#newestAsked);
  }

  stop() {
    this.#older.removeEventListener('click', this.#olderAsked);
    this.#newest.removeEventListener('click', this.#newestAsked);
  }

  draw({ timeline, outbox, pages, name, state }) {
    const isEmpty = timeline.messages.length === 0 && outbox.entries.length === 0;
    const isMore = timeline.before !== null;
    this.#older.hidden = !canHaveOlder(timeline);
    this.#older.ariaDisabled = String(pages.isBusy);
    setText(this.#older, t(pages.isBusy ? 'talk.loading' : 'talk.earlier'));
    this.#start.hidden = !this.#older.hidden;
    const known = timeline.position !== null && !timeline.awaitsPage;
    const start = isEmpty ? t('talk.empty') : isMore ? t('talk.most') : t('talk.begins', { room: name });
    setText(this.#start, known ? start : state === 'refused' ? '' : t('talk.moment'));
  }

  /** Who reads above the end is told how much they have not seen yet; who is at the end, what they missed above. */
  drawNewest({ timeline: { messages, position }, reading, following }, isLineAbove) {
    this.#isUp = following && isLineAbove;
    this.#newest.hidden = following && !isLineAbove;
    if (this.#isUp) setText(this.#newest, `${t('talk.below', { count: position - reading.newFrom + 1 })} ↑`);
    if (following) return;
    const below = messages.length - placeOf(messages, (reading.seenTo ?? 0) + 1);
    setText(this.#newest, `${below > 0 ? t('talk.below', { count: below }) : t('talk.newest')} ↓`);
  }

  #olderAsked = () => this.#host.older();
  #newestAsked = () => (this.#isUp ? this.#host.toLine() : this.#host.toEnd());
}

/** Whether there is older history, and room for it. */
export function canHaveOlder({ before, messages }) {
  return before !== null && messages.length < MOST_OLDER;
}
