// The people of one room, by version: knows when a change was missed and what to ask for. Pure state.

export class Roster {
  #version = null; // what the names are true of; null: nothing known of this membership yet
  #heard = 0; // the highest version anything told of
  #count = 0;
  #names = new Set();
  #reach = null; // the last name that is listed of a room larger than its pages; null: everybody is
  #pages = 1; // how many the person wants to see
  #stale = true;
  #next = null; // { after, page } with which reading anew goes on
  #asking = null; // { id, after, page } that is on its way
  #revision = 0;

  get count() {
    return this.#count;
  }

  /** In the server's order: by UTF-16 code units, as `<` compares. */
  get names() {
    return [...this.#names].sort((a, b) => (a < b ? -1 : 1));
  }

  get hasMore() {
    return this.#reach !== null;
  }

  get revision() {
    return this.#revision;
  }

  /** Something was missed or is not read yet, and nothing is on its way that will tell. */
  get needsAsking() {
    return this.#asking === null && (this.#stale || this.#next !== null);
  }

  /** A new membership: old versions mean nothing. What is listed stays in sight until the first page comes. */
  joined(count) {
    this.#version = null;
    this.#heard = 0;
    this.#asking = null;
    this.#stale = true;
    this.#show(count);
  }

  /** The request that reads the names anew, or goes on with it. */
  ask(id) {
    const { after, page } = this.#stale || this.#next === null ? { after: null, page: 1 } : this.#next;
    this.#stale = false;
    return this.#request({ id, after, page });
  }

  /** The request for one page more than is listed; null when there is none, or one is on its way. */
  askMore(id) {
    if (this.#reach === null || this.#asking !== null || this.#next !== null) return null;
    this.#pages++;
    return this.#request({ id, after: this.#reach, page: this.#pages });
  }

  isAsking(id) {
    return this.#asking !== null && this.#asking.id === id;
  }

  /** The request failed, or was never answered: read anew, when the caller thinks it is time. */
  refused() {
    this.#asking = null;
    this.#stale = true;
  }

  /** `members`: the page asked for, or the summary that a large room sends in place of names. Late pages are dropped. */
  members({ id, version, count, members, more = false }) {
    if (!Array.isArray(members)) this.#missed(version, count);
    else if (this.isAsking(id)) this.#page(version, count, members, more && members.length > 0);
  }

  /** `join` and `leave`, of others and of oneself. */
  changed({ type, sender, version, count }) {
    if (this.#version === null || version !== this.#version + 1) {
      this.#missed(version, count);
      return;
    }
    this.#version = version;
    this.#heard = version;
    if (type === 'leave') this.#names.delete(sender);
    else if (this.#reach === null || sender <= this.#reach) this.#names.add(sender);
    this.#show(count);
  }

  #missed(version, count) {
    if (version <= this.#heard) return;
    this.#heard = version;
    // While the first page is on its way it may bring this very change: the page's version will tell.
    if (this.#version !== null) this.#stale = true;
    this.#show(count);
  }

  /** A page is the truth about the names behind `after`, up to its last one, or to the end. */
  #page(version, count, members, more) {
    const { after, page } = this.#asking;
    const last = more ? members[members.length - 1] : null;
    const ends = !more || page >= this.#pages;
    const replaced = (name) => (after === null || name > after) && (ends || name <= last);
    this.#names = new Set([...this.#names].filter((name) => !replaced(name)).concat(members));
    this.#asking = null;
    this.#next = ends ? null : { after: last, page: page + 1 };
    if (ends) this.#reach = last;
    if (!more) this.#pages = page;
    // Later pages do not touch the version: changes since the first one are still told, and then count.
    if (page === 1) this.#version = version;
    if (page === 1 && this.#heard > version) this.#stale = true;
    this.#heard = Math.max(this.#heard, this.#version);
    this.#show(version >= this.#heard ? count : this.#count);
  }

  #request(asking) {
    this.#asking = asking;
    const { id, after } = asking;
    return after === null ? { type: 'members', id } : { type: 'members', id, after };
  }

  #show(count) {
    this.#count = count ?? this.#count;
    this.#revision++;
  }
}

/** The names to show, in their order, but whose list it is first: all, or those that hold what is looked for. */
export function listed(names, me, filter = '') {
  const wanted = folded(filter.trim().replace(/^@/, ''));
  const found = wanted === '' ? names : names.filter((name) => folded(name).includes(wanted));
  return found.includes(me) ? [me, ...found.filter((name) => name !== me)] : found;
}

function folded(text) {
  return text.normalize('NFC').toLowerCase();
}
