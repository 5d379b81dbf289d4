// Reading back one room's log: one `history` request at a time, for older messages or for a hole.

const PAGE = 200;
const HOLE_PAGE = 200;
const PAGES_WANTED = 10;
/** Smaller holes are filled unasked; a larger one shows how much is missing and waits for the person. */
const FILL_UNASKED = 400;
/** After a refusal that does not say when to try again. */
const RETRY_MS = 3000;

export class Pages {
  #timeline;
  #request;
  #context;
  #isAsking = false;
  #wanted = null; // { to, pages }: a hole by its upper end, and how many pages of it
  #notBefore = 0;

  /** `request(message)` gives a promise of the answer. The context: `now()`, and `read(messages)`, which are new here. */
  constructor(timeline, request, context) {
    this.#timeline = timeline;
    this.#request = request;
    this.#context = context;
  }

  get isBusy() {
    return this.#isAsking || this.#timeline.awaitsPage;
  }

  /** Reads what is before the oldest message. */
  older() {
    const before = this.#timeline.before;
    if (before === null || this.#context.now() < this.#notBefore) return;
    this.#ask({ before, limit: PAGE }, (page) => this.#timeline.olderPage(page, before));
  }

  /** The person wants what is missing there: it is read a page after the other, so many at most, as soon as may be. */
  load(from) {
    const hole = this.#timeline.holes.find((each) => each.from === from);
    if (hole === undefined) return;
    this.#wanted = { to: hole.to, pages: PAGES_WANTED };
    if (!this.isBusy) this.#goOn();
  }

  /** Reads the lower end of the hole that starts there. */
  fill(from) {
    const hole = this.#timeline.holes.find((each) => each.from === from);
    if (hole === undefined) return;
    const limit = Math.min(HOLE_PAGE, hole.to - hole.from + 1);
    this.#ask({ after: from - 1, limit }, (page) => this.#timeline.holePage(page, from - 1));
  }

  /** Fills the newest hole that is small enough. */
  tick() {
    if (this.#wanted !== null && !this.isBusy) this.#goOn();
    const hole = this.#timeline.holes.findLast(({ from, to }) => to - from < FILL_UNASKED);
    if (hole !== undefined && this.#context.now() >= this.#notBefore) this.fill(hole.from);
  }

  async #ask(range, take) {
    if (this.isBusy) return;
    this.#isAsking = true;
    const page = await this.#request({ type: 'history', ...range }).catch((error) => error);
    this.#isAsking = false;
    const isRefused = page instanceof Error;
    if (isRefused) this.#notBefore = page.code === 'lost' ? 0 : this.#context.now() + (page.retryAfterMs ?? RETRY_MS);
    this.#context.read(isRefused ? [] : take(page));
    if (isRefused) this.#wanted = null;
    else this.#goOn();
  }

  #goOn() {
    const hole = this.#timeline.holes.find(({ to }) => to === this.#wanted?.to);
    if (hole === undefined || this.#wanted.pages-- === 0) this.#wanted = null;
    else this.fill(hole.from);
  }
}
