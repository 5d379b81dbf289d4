// What this person wrote and is not in the log yet, kept by this tab alone: over a reload, and when the browser drops the tab.

const KEEP_MS = 1000;

export class Unsent {
  #storage;
  #key;
  #rooms;
  #person = null; // whose it is; nothing is kept before it is known
  #kept = '';
  #timer = null;

  /** `storage` is like sessionStorage, which ends with the tab, and may throw; `scope` keeps two Parleys of one origin apart. */
  constructor(storage, scope, rooms) {
    this.#storage = storage;
    this.#key = `parley:${scope}:unsent`;
    this.#rooms = rooms;
  }

  start() {
    this.#timer = setInterval(this.keep, KEEP_MS);
    window.addEventListener('pagehide', this.keep);
    document.addEventListener('visibilitychange', this.keep);
  }

  stop() {
    clearInterval(this.#timer);
    window.removeEventListener('pagehide', this.keep);
    document.removeEventListener('visibilitychange', this.keep);
  }

  /** Who is here now. What they left before a reload comes back, once; what somebody else left is gone. */
  is(name, isGuest) {
    const isFirst = this.#person === null;
    this.#person = `${isGuest ? 'guest' : 'account'} ${name}`;
    if (!isFirst) return;
    const { person, rooms } = this.#read();
    if (person !== this.#person) return;
    for (const [room, left] of rooms) this.#rooms.enter(room).restore(left, name);
  }

  keep = () => {
    if (this.#person === null) return;
    const rooms = this.#rooms.all.map((room) => [room.name, leftOf(room)]).filter(([, { draft, entries }]) => draft !== '' || entries.length > 0);
    const text = rooms.length === 0 ? '' : JSON.stringify({ person: this.#person, rooms });
    if (text === this.#kept) return;
    this.#kept = text;
    this.#write(text);
  };

  /** Nothing is left for whoever sits here next. */
  forget() {
    this.#person = null;
    this.#kept = '';
    this.#write('');
  }

  #read() {
    try {
      this.#kept = this.#storage.getItem(this.#key) ?? '';
      const { person = null, rooms = [] } = JSON.parse(this.#kept);
      return { person, rooms };
    } catch {
      return { person: null, rooms: [] };
    }
  }

  #write(text) {
    try {
      if (text === '') this.#storage.removeItem(this.#key);
      else this.#storage.setItem(this.#key, text);
    } catch {
      // Forbidden or full: only a reload will not know it.
    }
  }
}

/** What is committed comes with the log by itself. */
function leftOf({ draft, outbox }) {
  const entries = outbox.entries.filter(({ state }) => state !== 'committed');
  return { draft, entries: entries.map(({ id, content, state, writtenAt, words }) => ({ id, content, state, writtenAt, words })) };
}

/** What this tab alone has. Reading `sessionStorage` throws by itself when the user forbids it. */
export function ownStorage() {
  try {
    return window.sessionStorage;
  } catch {
    return { getItem: () => null, setItem() {}, removeItem() {} };
  }
}
