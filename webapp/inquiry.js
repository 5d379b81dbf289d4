// Asks the server who we are, and which ways in there are: an answer counts only if nothing was asked or done since.

import { backoff } from './parley-client.js';

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

  /** What was asked does not matter any more. */
  drop() {
    clearTimeout(this.#timer);
    this.#turn++;
  }
}
