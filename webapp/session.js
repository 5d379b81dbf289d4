// Who this browser is: the guest's name and secret, and the rooms to come back to. Two tabs are the same person.

/** How many rooms are remembered. */
const MOST_ROOMS = 50;

export class Session {
  #storage;
  #key;
  #name = null;
  #secret = null;
  #isGuest = true; // until the server says otherwise

  /**
   * `storage` is like localStorage, which all tabs share, and may throw (it does when the user forbids it); `scope`
   * keeps two Parleys of one origin apart. What this tab took stays its own until it takes or adopts another.
   */
  constructor(storage, scope) {
    this.#storage = storage;
    this.#key = `parley:${scope}`;
    const person = this.#read('person');
    this.#name = person?.name ?? null;
    this.#secret = person?.secret ?? null;
  }

  get name() {
    return this.#name;
  }

  get isGuest() {
    return this.#isGuest;
  }

  /** Asks for a name (empty: the server makes one up). The secret of the same name, if this browser has it, goes along. */
  take(name) {
    const person = this.#read('person');
    if (person?.name === name) this.#secret = person.secret;
    else if (name !== this.#name) this.#secret = null;
    this.#name = name;
  }

  /** The server's answer: the name in its canonical form, and the secret that proves it next time. */
  welcome(sender, secret, guest = true) {
    this.#name = sender;
    this.#isGuest = guest;
    this.#secret = secret ?? null;
    this.#write('person', { name: sender, secret: this.#secret });
  }

  /**
   * After a refusal: true when another tab of this browser got a newer secret for the same name, so that trying again
   * makes sense. A restarted server gives a new secret to whichever tab comes first.
   */
  adopt() {
    const person = this.#read('person');
    if (person?.name !== this.#name || !person.secret || person.secret === this.#secret) return false;
    this.#secret = person.secret;
    return true;
  }

  /** The query of the WebSocket's address. */
  query() {
    const query = new URLSearchParams();
    if (this.#name) query.set('name', this.#name);
    if (this.#name && this.#secret) query.set('session', this.#secret);
    return query.toString();
  }

  get rooms() {
    const rooms = this.#read('rooms');
    return Array.isArray(rooms) ? rooms.filter((room) => typeof room === 'string').slice(0, MOST_ROOMS) : [];
  }

  set rooms(rooms) {
    this.#write('rooms', rooms.slice(0, MOST_ROOMS));
  }

  /** Whether a `storage` event of the window is about this person. */
  concerns(storageKey) {
    return storageKey === `${this.#key}:person`;
  }

  #read(what) {
    try {
      return JSON.parse(this.#storage.getItem(`${this.#key}:${what}`));
    } catch {
      return null;
    }
  }

  #write(what, value) {
    try {
      if (value === null) this.#storage.removeItem(`${this.#key}:${what}`);
      else this.#storage.setItem(`${this.#key}:${what}`, JSON.stringify(value));
    } catch {
      // Forbidden or full: this tab still knows, only a reload will ask again.
    }
  }
}

/** The chat's address beside the page, below whatever context path: /x/ and /x/index.html both give /x/chat. */
export function chatUrl(pageUrl, query) {
  const url = new URL('chat', pageUrl);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  url.search = query;
  url.hash = '';
  return url.href;
}

/** What all tabs of this browser share. Reading `localStorage` throws by itself when the user forbids it. */
export function sharedStorage() {
  try {
    return window.localStorage;
  } catch {
    return { getItem: () => null, setItem() {}, removeItem() {} };
  }
}
