// Reading back one room's log: one `history` request at a time, for older messages or for a hole.

const PAGE = 200;
const HOLE_PAGE = 200;
/** Smaller holes are filled unasked; a larger one shows how much is missing and waits for the person. */
const FILL_UNASKED = 400;
const ANSWER_MS = 30_000;

export class Pages {
  #timeline;
  #send;
  #context;
  #asked = null; // { id, before } or { id, after }, and at: when
  #notBefore = 0;

  constructor(timeline, send, context) {
    this.#timeline = timeline;
    this.#send = send;
    this.#context = context;
  }

  get isBusy() {
    return this.#asked !== null || this.#timeline.awaitsPage;
  }

  isAsking(id) {
    return this.#asked !== null && this.#asked.id === id;
  }

  /** Reads what is before the oldest message. */
  older() {
    const before = this.#timeline.before;
    if (before !== null && this.#context.now() >= this.#notBefore) this.#ask({ before }, PAGE);
  }

  /** Reads the hole that starts there. */
  fill(from) {
    const hole = this.#timeline.holes.find((each) => each.from === from);
    if (hole === undefined) return;
    this.#ask({ after: hole.from - 1 }, Math.min(HOLE_PAGE, hole.to - hole.from + 1));
  }

  /** Fills the newest hole that is small enough. */
  tick() {
    const now = this.#context.now();
    if (this.#asked !== null && now - this.#asked.at >= ANSWER_MS) this.#asked = null;
    const hole = this.#timeline.holes.findLast(({ from, to }) => to - from < FILL_UNASKED);
    if (hole !== undefined && now >= this.#notBefore) this.fill(hole.from);
  }

  /** A `history`. Answers { live, old }: the messages that are new here. A late page, of nobody's asking, is dropped. */
  answered(page, joinId) {
    const asked = this.#asked;
    if (asked !== null && page.id === asked.id) {
      this.#asked = null;
      if ('before' in asked) return { old: this.#timeline.olderPage(page, asked.before) };
      return { old: this.#timeline.holePage(page, asked.after) };
    }
    const ofJoin = page.id === undefined || page.id === null || page.id === joinId;
    if (!ofJoin || !this.#timeline.awaitsPage) return {};
    const returning = this.#timeline.position !== null;
    const messages = this.#timeline.joinPage(page);
    return returning ? { live: messages } : { old: messages };
  }

  refused(retryAt) {
    this.#asked = null;
    this.#notBefore = retryAt;
  }

  disconnected() {
    this.#asked = null;
    this.#notBefore = 0;
  }

  #ask(range, limit) {
    if (this.isBusy) return;
    const id = this.#context.newId();
    if (this.#send({ type: 'history', id, limit, ...range })) this.#asked = { ...range, id, at: this.#context.now() };
  }
}
