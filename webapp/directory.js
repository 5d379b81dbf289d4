// The rooms there are, while somebody looks for one: asked anew as they type and now and then, late answers dropped.

/** After the last key, before the server is asked. */
const TYPING_MS = 180;
/** The server's answer is some seconds old at most, so asking more often shows nothing new. */
const REFRESH_MS = 10_000;
/** After a failure that does not say when to try again. */
const RETRY_MS = 5000;

export class Directory {
  #ask;
  #told;
  #part = '';
  #answered = null; // the part the rooms are of
  #asked = 0;
  #timer = null;
  #isOpen = false;

  state = 'loading'; // loading, ready, failed
  problem = null; // why it failed: a Problem
  rooms = []; // { name, count }
  more = false;

  /** `ask(part)` gives { rooms, more } or throws a Problem; `told()` follows every change. */
  constructor(ask, told) {
    this.#ask = ask;
    this.#told = told;
  }

  /** Whether what is there is of what was asked for last. */
  get isOfPart() {
    return this.#answered === this.#part;
  }

  open() {
    this.#isOpen = true;
    this.#part = '';
    if (this.state === 'failed') this.state = 'loading';
    this.look();
  }

  close() {
    this.#isOpen = false;
    this.#asked++;
    clearTimeout(this.#timer);
  }

  /** Looks for rooms with this in their name. */
  filter(part) {
    if (part === this.#part) return;
    this.#part = part;
    this.#asked++;
    this.#later(TYPING_MS);
  }

  look = async () => {
    clearTimeout(this.#timer);
    const asked = ++this.#asked;
    const part = this.#part;
    if (this.#answered === null) this.#become('loading');
    try {
      const { rooms = [], more = false } = await this.#ask(part);
      if (asked !== this.#asked) return;
      this.rooms = rooms.map(({ room, count }) => ({ name: room, count }));
      this.more = more === true;
      this.#answered = part;
      this.#become('ready');
      this.#later(REFRESH_MS);
    } catch (problem) {
      if (asked !== this.#asked) return;
      this.problem = problem;
      this.#become('failed');
      if (problem.code !== 'not_signed_in' && problem.code !== 'banned') this.#later(problem.retryAfterMs ?? RETRY_MS);
    }
  };

  /** Nothing is left for whoever sits here next. */
  forget() {
    this.rooms = [];
    this.more = false;
    this.#answered = null;
  }

  #later(ms) {
    clearTimeout(this.#timer);
    if (this.#isOpen) this.#timer = setTimeout(this.look, ms);
  }

  #become(state) {
    this.state = state;
    if (state !== 'failed') this.problem = null;
    this.#told();
  }
}
