// Reading the people of one room: one `members` request at a time, and not too often.

/** A large room changes all the time: it is not read anew more often than this. */
const PAUSE_MS = 3000;
const ANSWER_MS = 30_000;

export class Census {
  #roster;
  #send;
  #context;
  #asked = { id: null, at: 0 };
  #notBefore = 0;

  constructor(roster, send, context) {
    this.#roster = roster;
    this.#send = send;
    this.#context = context;
  }

  /** A new membership is read at once. */
  joined(count) {
    this.#roster.joined(count);
    this.#notBefore = 0;
  }

  /** Asks when something was missed. */
  tick() {
    const now = this.#context.now();
    if (this.#roster.isAsking(this.#asked.id) && now - this.#asked.at >= ANSWER_MS) this.#roster.refused();
    if (this.#roster.needsAsking && now >= this.#notBefore) this.#ask(this.#roster.ask(this.#context.newId()));
  }

  /** The person wants to see more of a large room. */
  more() {
    const request = this.#roster.askMore(this.#context.newId());
    if (request !== null) this.#ask(request);
  }

  refused(retryAt) {
    this.#roster.refused();
    this.#notBefore = retryAt;
  }

  #ask(request) {
    this.#asked = { id: request.id, at: this.#context.now() };
    this.#notBefore = this.#asked.at + PAUSE_MS;
    if (!this.#send(request)) this.#roster.refused();
  }
}
