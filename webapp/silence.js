// How long the server has been silent, and what to do about it. Pure: the caller brings the time and the timer.

/** Anything at all must be heard within this time after a ping. */
export const ANSWER_MS = 10_000;

export class Silence {
  #pingMs;
  #heardAt;
  #pingedAt = null;
  #checkedAt;

  constructor(pingMs, now) {
    this.#pingMs = pingMs;
    this.#heardAt = now;
    this.#checkedAt = now;
  }

  /** Any frame is a sign of life, not only a pong. */
  heard(now) {
    this.#heardAt = now;
    this.#pingedAt = null;
  }

  /** To be called every few seconds: 'fine', 'ping' (send one now) or 'dead' (nothing came back). */
  check(now) {
    const slept = now - this.#checkedAt > ANSWER_MS;
    this.#checkedAt = now;
    // After a sleep an answer may lie unread in the browser's queue: ask again rather than judge.
    if (slept) return this.wake(now);
    if (this.#pingedAt !== null) return now - this.#pingedAt >= ANSWER_MS ? 'dead' : 'fine';
    return now - this.#heardAt >= this.#pingMs ? this.wake(now) : 'fine';
  }

  /** The page woke up, or the network changed: the connection has to prove itself anew. */
  wake(now) {
    this.#checkedAt = now;
    this.#pingedAt = now;
    return 'ping';
  }
}
