// Notifications of the desktop: only when asked for, one at a time for a room, none while somebody looks at it, and of all tabs
// that are open only from one. Browsers have them, and the locks by which tabs agree, on secure addresses alone.

const MOST_CHARACTERS = 200;
/** A room does not notify more often than this. */
const PAUSE_MS = 1000;

export class Notices {
  #scope;
  #storage;
  #context;
  #shown = new Map(); // by room
  #waiting = new Map(); // by room, what is to be told next
  #looking = null; // { name, release }

  /**
   * `context`: `how(room)`: 'off', 'mentions' or 'all'; `calls(content)`: whether this person is called; `titleOf(message, room)`;
   * `opened(name)`: a notification was clicked.
   */
  constructor(scope, storage, context) {
    this.#scope = `parley:${scope}:`;
    this.#storage = storage;
    this.#context = context;
  }

  /** Why there are none: 'insecure', 'unsupported', 'denied'; 'unasked'; or 'granted'. */
  static get permission() {
    if (!globalThis.isSecureContext) return 'insecure';
    if (!('Notification' in globalThis) || navigator.locks === undefined) return 'unsupported';
    return Notification.permission === 'default' ? 'unasked' : Notification.permission;
  }

  /** By a click of the person. Answers as `permission`, and shows a first one: some browsers know only then that they cannot. */
  static async allow(title) {
    if (Notices.permission === 'unasked') await Notification.requestPermission();
    if (Notices.permission !== 'granted') return Notices.permission;
    try {
      const notice = new Notification(title, { tag: 'parley' });
      setTimeout(() => notice.close(), 5000);
      return 'granted';
    } catch {
      return 'unsupported';
    }
  }

  /** The room that is looked at in this tab, or null: the others ask for this lock. */
  look(name) {
    if (name !== null) this.#close(name);
    if ((this.#looking?.name ?? null) === name || navigator.locks === undefined) return;
    this.#looking?.release();
    this.#looking = null;
    if (name === null) return;
    let release;
    const until = new Promise((done) => (release = done));
    this.#looking = { name, release };
    navigator.locks.request(this.#lookLock(name), { mode: 'shared' }, () => until).catch(() => {});
  }

  /** Others said something in a room. */
  arrived(room, messages) {
    const how = this.#context.how(room);
    if (how === 'off' || this.#looking?.name === room.name || Notices.permission !== 'granted') return;
    const wanted = how === 'all' ? messages : messages.filter(({ content }) => this.#context.calls(content));
    const message = wanted.at(-1);
    if (message === undefined) return;
    const isWaiting = this.#waiting.has(room.name);
    this.#waiting.set(room.name, { room, message });
    if (!isWaiting) this.#tell(room.name);
  }

  /** What is read needs no notification any more. A room in view is read once its window is looked at. */
  follow(rooms) {
    for (const room of rooms) if (room.unread === 0 && !room.shown) this.#close(room.name);
  }

  forget() {
    this.look(null);
    for (const name of [...this.#shown.keys()]) this.#close(name);
    this.#waiting.clear();
  }

  /** Whoever has the lock decides; the others find it told. */
  async #tell(name) {
    let told = this.#waiting.get(name);
    try {
      await navigator.locks.request(`${this.#scope}notify`, async () => {
        const { held } = await navigator.locks.query();
        const next = this.#waiting.get(name);
        told = next;
        const isSeen = held.some((lock) => lock.name === this.#lookLock(name));
        if (next !== undefined && !isSeen && this.#isNew(next)) this.#show(next);
      });
    } catch {
      // The page goes, or the browser does not let it: then there is none.
    }
    setTimeout(() => {
      const isOlder = this.#waiting.get(name) === told;
      if (isOlder) this.#waiting.delete(name);
      else this.#tell(name);
    }, PAUSE_MS);
  }

  #isNew({ room, message }) {
    const key = `${this.#scope}notified`;
    try {
      const known = JSON.parse(this.#storage.getItem(key)) ?? {};
      const mark = `${room.timeline.epoch} ${room.name}`;
      if (known[mark] >= message.seq) return false;
      const others = Object.entries(known).filter(([each]) => each !== mark).slice(-99);
      this.#storage.setItem(key, JSON.stringify({ ...Object.fromEntries(others), [mark]: message.seq }));
    } catch {
      // Nothing is kept: the tag still lets one tab's take the place of another's.
    }
    return true;
  }

  #show({ room, message }) {
    const characters = [...message.content];
    const isLong = characters.length > MOST_CHARACTERS;
    const body = isLong ? `${characters.slice(0, MOST_CHARACTERS).join('')}…` : message.content;
    const notice = new Notification(this.#context.titleOf(message, room), { body, tag: `${this.#scope}${room.name}` });
    notice.addEventListener('click', () => {
      window.focus();
      this.#context.opened(room.name);
      notice.close();
    });
    this.#shown.set(room.name, notice);
  }

  #close(name) {
    this.#shown.get(name)?.close();
    this.#shown.delete(name);
  }

  #lookLock(name) {
    return `${this.#scope}look:${name}`;
  }
}
