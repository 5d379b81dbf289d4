// Asks the server who we are, and which ways in there are: an answer counts only if nothing was asked or done since.

import { backoff } from './parley-client.js';

/** Whom one ban held, such as all of an address, come back over so long. */
const SPREAD_MS = 2000;
/** As long as a timer can wait; whoever is too early then is told so. */
const LONGEST_MS = 2 ** 31 - 1;

export class Inquiry {
  #api;
  #delegate;
  #timer = null;
  #failures = 0;
  #turn = 0; // of what was asked last

  /** The delegate hears of each question that still counts: `inquiryAnswered(ways)`, or `inquiryFailed(problem)`. */
  constructor(api, delegate) {
    this.#api = api;
    this.#delegate = delegate;
  }

  async ask() {
    this.drop();
    const turn = this.#turn;
    const answer = await this.#api.ways().catch((problem) => problem);
    if (turn !== this.#turn) return;
    if (answer instanceof Error) {
      this.#delegate.inquiryFailed(answer);
      return;
    }
    this.#failures = 0;
    this.#delegate.inquiryAnswered(answer);
  }

  /** After a failure: asks again, not before the server wants it. Gives the time, in ms since the Unix epoch. */
  askLater({ retryAfterMs }) {
    const waitMs = Math.max(retryAfterMs ?? 0, backoff(this.#failures++));
    this.#timer = setTimeout(() => this.ask(), waitMs);
    return Date.now() + waitMs;
  }

  /** Asks again at a time, in ms since the Unix epoch: not before, and not everybody at once. */
  askAt(time) {
    this.drop();
    const waitMs = time - Date.now() + Math.random() * SPREAD_MS;
    this.#timer = setTimeout(() => this.ask(), Math.min(Math.max(waitMs, 0), LONGEST_MS));
  }

  /** What was asked does not matter any more. */
  drop() {
    clearTimeout(this.#timer);
    this.#turn++;
  }
}
