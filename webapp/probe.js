// Finds out why there is no connection: a browser does not say what a handshake was refused with, but the server may over HTTP.

/** Whoever asks more often learns no more. */
const PAUSE_MS = 10_000;

export class Probe {
  #api;
  #delegate;
  #isAsking = false;
  #notBefore = -Infinity;

  /**
   * The delegate hears `probeAnswered(closed)`: why the server takes no connection, null for nothing in particular,
   * undefined when it does not answer.
   */
  constructor(api, delegate) {
    this.#api = api;
    this.#delegate = delegate;
  }

  async ask(now = Date.now()) {
    if (this.#isAsking || now < this.#notBefore) return;
    this.#isAsking = true;
    this.#notBefore = now + PAUSE_MS;
    const answer = await this.#api.ways().catch(() => null);
    this.#isAsking = false;
    this.#delegate.probeAnswered(answer === null ? undefined : (answer.closed ?? null));
  }
}
