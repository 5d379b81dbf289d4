// Who is typing in one room, as far as was heard lately; and when to tell the others of oneself. Pure state.

/** Protocol, section 3: at most once in this time. */
const TELL_MS = 3000;
/** Who goes on typing is told of again before that, even if one of theirs gave way to somebody else's. */
const FORGET_MS = 7000;
/** In a larger room nobody hears of it. */
const MOST_PEOPLE = 100;

export class Typing {
  #heard = new Map(); // by name, when last
  #toldAt = -Infinity;

  heard(sender, now) {
    this.#heard.set(sender, now);
  }

  /** Their message came, or they have gone. */
  ended(sender) {
    this.#heard.delete(sender);
  }

  /** Who types now, but for `me`; who began first is first. */
  namesAt(now, me) {
    for (const [sender, at] of this.#heard) if (now - at >= FORGET_MS) this.#heard.delete(sender);
    return [...this.#heard.keys()].filter((sender) => sender !== me);
  }

  /** Whether to tell the others now, of whom there are `count` with oneself; it is taken for told then. */
  tell(now, count) {
    if (now - this.#toldAt < TELL_MS || count < 2 || count > MOST_PEOPLE) return false;
    this.#toldAt = now;
    return true;
  }
}
