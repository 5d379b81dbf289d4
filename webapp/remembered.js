// What this browser remembers between visits: the rooms to come back to. Nothing that says or proves who somebody is.

/** How many rooms are remembered. */
const MOST_ROOMS = 50;

export class Remembered {
  #storage;
  #key;

  /**
   * `storage` is like localStorage, which all tabs share, and may throw (it does when the user forbids it); `scope`
   * keeps two Parleys of one origin apart.
   */
  constructor(storage, scope) {
    this.#storage = storage;
    this.#key = `parley:${scope}:rooms`;
  }

  get rooms() {
    try {
      const rooms = JSON.parse(this.#storage.getItem(this.#key));
      return Array.isArray(rooms) ? rooms.filter((room) => typeof room === 'string').slice(0, MOST_ROOMS) : [];
    } catch {
      return [];
    }
  }

  set rooms(rooms) {
    try {
      this.#storage.setItem(this.#key, JSON.stringify(rooms.slice(0, MOST_ROOMS)));
    } catch {
      // Forbidden or full: only a reload will not know them.
    }
  }

  /** For whoever sits here next. */
  forget() {
    try {
      this.#storage.removeItem(this.#key);
    } catch {
      // Forbidden: then nothing is there either.
    }
  }
}

/** What all tabs of this browser share. Reading `localStorage` throws by itself when the user forbids it. */
export function sharedStorage() {
  try {
    return window.localStorage;
  } catch {
    return { getItem: () => null, setItem() {}, removeItem() {} };
  }
}
