// Reading the people of one room: one `members` request at a time, and not too often.

import { newId } from './parley-client.js';

/** A large room changes all the time: it is not read anew more often than this. */
const PAUSE_MS = 3000;

export class Census {
  #roster;
  #request;
  #context;
  #notBefore = 0;

  /** `request(message)` gives a promise of the answer, which comes to the roster by itself, in its order among the notices. */
  constructor(roster, request, context) {
    this.#roster = roster;
    this.#request = request;
    this.#context = context;
  }

  /** A new membership is read at once. */
  joined(count) {
    this.#roster.joined(count);
    this.#notBefore = 0;
  }

  /** Asks when something was missed. */
  tick() {
    if (this.#roster.needsAsking && this.#context.now() >= this.#notBefore) this.#ask(this.#roster.ask(newId()));
  }

  /** The person wants to see more of a large room. */
  more() {
    const request = this.#roster.askMore(newId());
    if (request !== null) this.#ask(request);
  }

  async #ask(request) {
    this.#notBefore = this.#context.now() + PAUSE_MS;
    const answer = await this.#request(request).catch((error) => error);
    if (!(answer instanceof Error) || !this.#roster.isAsking(request.id)) return;
    this.#roster.refused();
    this.#notBefore = this.#context.now() + (answer.retryAfterMs ?? PAUSE_MS);
  }
}
