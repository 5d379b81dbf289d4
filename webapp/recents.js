// The emoji this person used last, and the skin tone they chose: remembered by this browser until they sign out.

const MOST = 24;

export class Recents {
  #storage;
  #key;

  /** `storage` is like localStorage and may throw; `scope` keeps two Parleys of one origin apart. */
  constructor(storage, scope) {
    this.#storage = storage;
    this.#key = `parley:${scope}:emoji`;
  }

  /** The newest first. */
  get emoji() {
    return this.#read().emoji;
  }

  /** 1 (light) to 5 (dark), 0 for none. */
  get tone() {
    return this.#read().tone;
  }

  set tone(tone) {
    this.#write({ ...this.#read(), tone });
  }

  used(emoji) {
    const before = this.#read();
    this.#write({ ...before, emoji: [emoji, ...before.emoji.filter((each) => each !== emoji)].slice(0, MOST) });
  }

  forget() {
    try {
      this.#storage.removeItem(this.#key);
    } catch {
      // Forbidden: then nothing is there either.
    }
  }

  #read() {
    try {
      const { emoji, tone } = JSON.parse(this.#storage.getItem(this.#key)) ?? {};
      const known = Array.isArray(emoji) ? emoji.filter((each) => typeof each === 'string').slice(0, MOST) : [];
      return { emoji: known, tone: [1, 2, 3, 4, 5].includes(tone) ? tone : 0 };
    } catch {
      return { emoji: [], tone: 0 };
    }
  }

  #write(value) {
    try {
      this.#storage.setItem(this.#key, JSON.stringify(value));
    } catch {
      // Forbidden or full: only a reload will not know them.
    }
  }
}
