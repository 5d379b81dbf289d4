// What this browser remembers between visits: the rooms to come back to, and how far each was read. Nothing that says or proves
// who somebody is. All tabs share it, so each change is one to what is there, not to what a tab knew.

/** How many rooms are remembered. */
const MOST_ROOMS = 50;

export class Remembered {
  #storage;
  #keys;

  /**
   * `storage` is like localStorage, which all tabs share, and may throw (it does when the user forbids it); `scope`
   * keeps two Parleys of one origin apart.
   */
  constructor(storage, scope) {
    this.#storage = storage;
    this.#keys = { rooms: `parley:${scope}:rooms`, last: `parley:${scope}:last`, read: `parley:${scope}:read` };
  }

  get rooms() {
    return this.#rooms ?? [];
  }

  set rooms(rooms) {
    this.#write('rooms', rooms.slice(0, MOST_ROOMS));
  }

  /** Whether anything is remembered, be it that there is no room any more. */
  get isKnown() {
    return this.#rooms !== null;
  }

  entered(room) {
    const { rooms } = this;
    if (!rooms.includes(room)) this.rooms = [...rooms.slice(-MOST_ROOMS + 1), room];
    if (this.last !== room) this.#write('last', room);
  }

  left(room) {
    this.rooms = this.rooms.filter((each) => each !== room);
    const { [room]: _, ...read } = this.read;
    this.#write('read', read);
  }

  /** The room that was in view last; null when nobody knows. */
  get last() {
    const last = this.#read('last');
    return typeof last === 'string' ? last : null;
  }

  /** How far rooms have been read: by name { epoch, seq }. */
  get read() {
    const read = this.#read('read');
    const known = read !== null && typeof read === 'object' ? Object.entries(read) : [];
    return Object.fromEntries(known.filter(([, each]) => typeof each?.epoch === 'string' && Number.isInteger(each.seq)));
  }

  /** Of one log the furthest counts, whichever tab it was read in. */
  set read(read) {
    const all = this.read;
    for (const [room, { epoch, seq }] of Object.entries(read)) {
      const known = all[room]?.epoch === epoch ? all[room].seq : -1;
      all[room] = { epoch, seq: Math.max(seq, known) };
    }
    this.#write('read', all);
  }

  /** Whether an event of the storage, which other tabs cause, is about what was read. */
  isAboutRead({ key }) {
    return key === this.#keys.read;
  }

  /** For whoever sits here next. */
  forget() {
    try {
      for (const key of Object.values(this.#keys)) this.#storage.removeItem(key);
    } catch {
      // Forbidden: then nothing is there either.
    }
  }

  get #rooms() {
    const rooms = this.#read('rooms');
    return Array.isArray(rooms) ? rooms.filter((room) => typeof room === 'string').slice(0, MOST_ROOMS) : null;
  }

  #read(what) {
    try {
      return JSON.parse(this.#storage.getItem(this.#keys[what]));
    } catch {
      return null;
    }
  }

  #write(what, value) {
    try {
      this.#storage.setItem(this.#keys[what], JSON.stringify(value));
    } catch {
      // Forbidden or full: only a reload will not know it.
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
