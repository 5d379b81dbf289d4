// Parley's client for pages and Node, one file that imports nothing: connects, joins, sends, resumes, and tells by events.
// client.md says how to use it and what it guarantees; the words, and the sections named here, are those of protocol.md.

const CONNECT_MS = 15_000; // from the attempt to `welcome`
const STEADY_MS = 10_000; // a connection that lasted this long was a success: the next failure counts from zero again
const WAKE_MS = 1000; // on waking up, waiting is cut to this, still spread: a whole office may wake at once
const PING_MS = 25_000; // section 1: a page pings after so much silence,
export const PONG_MS = 10_000; // and then anything at all must be heard within this
export const ANSWER_MS = 30_000; // later a join or a message is sent again, which is safe, and a request is given up
const RETRY_MS = 3000; // after a refusal that may pass and does not say when
export const MOST_WAITING = 50; // messages of one room
export const MOST_ATTEMPTS = 6; // sendings of one message; then it is left to the person to try again

export const encode = (message) => JSON.stringify(message, (_, value) => value ?? undefined);
/** Whether a message moves the reader's position in its room, also when its type is not known here. */
export const isLogEvent = (message) => typeof message?.room === 'string' && Number.isInteger(message.seq) && message.type !== 'ack';
/** Random, because it is a dedupe key for ever. crypto.randomUUID is missing on plain http beyond localhost. */
export const newId = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
/** Milliseconds before the attempt that follows so many failed ones: evenly spread below a ceiling that doubles. */
export const backoff = (failures, random = Math.random, { baseMs = 1000, capMs = 30_000 } = {}) =>
  Math.floor(random() * Math.min(capMs, baseMs * 2 ** Math.max(0, failures)));
const canonical = (room) => room.trim().replace(/^#/, '').normalize('NFKC').toLowerCase();
/** An `error` of the server, or one of our own: lost, unanswered, full, left, not_joined, other_sender. */
const failure = (error) => Object.assign(new Error(error.content ?? error.code), error);

/** The objects of one frame, in order. What is not an object with a type is left out, never thrown over. */
export function decode(frame) {
  try {
    return [JSON.parse(frame)].flat().filter((each) => typeof each?.type === 'string');
  } catch {
    return [];
  }
}

/** What a close asks: to `comeBack` with full jitter, or to stay away; `atDoor`: until somebody comes in anew. */
export function closeMeaning(code, reason = '') {
  const comeBack = ![1002, 1003, 1007, 1009].includes(code) && (code < 4400 || code > 4499);
  return { code, reason, comeBack, atDoor: [4400, 4401, 4403, 4409].includes(code) };
}

export class ParleyClient extends EventTarget {
  state = 'idle'; // idle, connecting, open, moving (open, but soon to go), waiting, away
  sender = null; // who we are, by the last welcome
  #rooms = new Map(); // by canonical name, those asked for last at the end
  #asked = new Map(); // requests, by id
  #socket = null;
  #timer = null; // of the next step: an attempt, or giving one up
  #ticker = null;
  #failures = 0;
  #lostBy = closeMeaning(1006);
  #at = {}; // when it was opened, heard, pinged and ticked

  constructor(url, options) {
    super();
    Object.assign(this, { url, WebSocket: globalThis.WebSocket, random: Math.random, now: () => performance.now(), ...options });
  }

  start() {
    this.stop();
    [this.#failures, this.#at] = [0, { ticked: this.now(), date: Date.now() }];
    this.#ticker = setInterval(() => this.#tick(), 1000);
    this.#listen('addEventListener');
    this.#connect();
  }

  stop() {
    clearInterval(this.#ticker);
    this.#listen('removeEventListener');
    this.#drop();
    this.#become('idle');
  }

  retry() {
    if (this.state === 'waiting') this.#connect();
    else if (this.state === 'away' || this.state === 'idle') this.start();
  }

  join(name, { since = null, epoch = null, limit } = {}) {
    const known = this.#rooms.get(canonical(name));
    const room = known ?? { name: canonical(name), position: since, epoch, limit, pending: new Map() };
    this.#rooms.delete(room.name);
    this.#rooms.set(room.name, room);
    if (known === undefined || known.state === 'refused') this.#join(room);
  }

  leave(name) {
    const room = this.#rooms.get(canonical(name));
    if (room?.state === 'joined' || room?.state === 'joining') this.#transmit({ type: 'leave', room: room.name, id: newId() });
    for (const [key, each] of this.#rooms) if (each === room) this.#rooms.delete(key);
    for (const entry of room?.pending.values() ?? []) this.#fare(entry, 'failed', { error: { code: 'left' } });
  }

  send(name, content, { id = newId(), sender = this.sender } = {}) {
    const room = this.#rooms.get(canonical(name)) ?? { name, state: 'refused', refusal: { code: 'not_joined' }, pending: new Map() };
    const entry = room.pending.get(id) ?? { id, room, content, sender, attempts: 0 };
    if (entry.promise !== undefined) return entry.promise;
    entry.promise = new Promise((resolve, reject) => Object.assign(entry, { resolve, reject }));
    entry.promise.catch(() => {}); // who does not wait for it hears `outgoing`
    const error = room.state === 'refused' ? room.refusal : room.pending.size < MOST_WAITING ? null : { code: 'full' };
    this.#fare(entry, error === null ? 'waiting' : 'failed', { error });
    this.#flush(room);
    return entry.promise;
  }

  request(message) {
    const id = message.id ?? newId();
    return new Promise((resolve, reject) => {
      const done = (answer) => this.#asked.delete(id) && (answer.type === 'error' ? reject(failure(answer)) : resolve(answer));
      this.#asked.set(id, { done, at: this.now() });
      if (!this.#transmit({ ...message, id })) done({ type: 'error', id, code: 'lost' });
    });
  }

  typing = (name) => this.#transmit({ type: 'typing', room: canonical(name) });

  #isOpen = () => this.state === 'open' || this.state === 'moving';
  #all = () => [...new Set(this.#rooms.values())];
  #tell = (type, detail) => this.dispatchEvent(new CustomEvent(type, { detail: { type, ...detail } }));
  #become = (state, detail) => this.#tell('state', { ...detail, state: (this.state = state) });
  #transmit = (message) => this.#isOpen() && this.#socket.readyState === 1 && this.#socket.send(encode(message)) === undefined;
  #ping = () => this.#transmit({ type: 'ping' }) && (this.#at.pinged = this.now());
  #listen = (act) => ['visibilitychange', 'pageshow', 'online', 'offline'].forEach((type) => globalThis[act]?.(type, this.#woke));

  async #connect() {
    this.#drop();
    const attempt = (this.#socket = { close() {} });
    this.#timer = setTimeout(() => this.#lost(closeMeaning(1006)), CONNECT_MS);
    this.#become('connecting');
    try {
      const url = await (typeof this.url === 'function' ? this.url() : this.url);
      if (attempt !== this.#socket) return;
      const socket = (this.#socket = new this.WebSocket(url, ['parley.v1.batch', 'parley.v1']));
      // What an abandoned socket still says is nobody's business.
      const hear = (type, act) => socket.addEventListener(type, (event) => socket === this.#socket && act(event));
      hear('error', () => {}); // a close follows; but the `ws` of Node throws what nobody hears
      hear('close', ({ code, reason }) => this.#lost(closeMeaning(code, reason)));
      hear('message', ({ data }) => {
        Object.assign(this.#at, { heard: this.now(), pinged: null });
        for (const message of decode(data)) if (socket === this.#socket) this.#take(message);
      });
    } catch (error) {
      if (attempt === this.#socket) this.#lost(closeMeaning(error.code >= 4400 ? error.code : 1006, error.message));
    }
  }

  #welcomed(welcome) {
    clearTimeout(this.#timer);
    this.sender = welcome.sender;
    Object.assign(this.#at, { opened: this.now(), pingMs: Math.min(welcome.pingMs || PING_MS, PING_MS) });
    this.#become('open');
    this.#tell('welcome', welcome);
    for (const room of this.#all().reverse()) {
      for (const entry of room.pending.values()) { // nothing goes out under another name unasked
        if ((entry.sender ??= this.sender) !== this.sender) this.#fare(entry, 'failed', { error: { code: 'other_sender' } });
      }
      this.#join(room);
    }
  }

  #lost(meaning) {
    this.#lostBy = { ...meaning, wasOpen: this.#isOpen() };
    this.#drop();
    if (meaning.comeBack) this.#later('waiting', backoff(this.#failures++, this.random), this.#lostBy);
    else this.#become('away', this.#lostBy);
  }

  #later(state, waitMs, meaning) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#connect(), waitMs);
    this.#become(state, { ...meaning, retryAt: Date.now() + waitMs });
  }

  #drop() { // lets go of the socket without waiting for it: on a dead network its close event may take minutes
    const [socket, wasOpen] = [this.#socket, this.#isOpen()];
    clearTimeout(this.#timer);
    [this.#socket, this.state] = [null, 'idle'];
    socket?.close(1000);
    if (!wasOpen) return;
    if (this.now() - this.#at.opened >= STEADY_MS) this.#failures = 0;
    for (const [id, { done }] of this.#asked) done({ type: 'error', id, code: 'lost' });
    for (const room of this.#all()) {
      room.state = 'outside';
      for (const entry of room.pending.values()) this.#fare(entry, 'waiting');
    }
  }

  #tick() {
    const [now, { ticked, date, heard, pinged, pingMs }] = [this.now(), this.#at];
    Object.assign(this.#at, { ticked: now, date: Date.now() }); // some browsers' performance.now() stands still in a sleep
    if (!this.#isOpen()) return;
    // After a sleep an answer may lie unread in the browser's queue: ask again rather than judge.
    if (Math.max(now - ticked, this.#at.date - date) > PONG_MS || (pinged === null && now - heard >= pingMs)) this.#ping();
    else if (pinged !== null && now - pinged >= PONG_MS) return this.#lost(closeMeaning(1006));
    for (const [id, { at, done }] of this.#asked) if (now - at >= ANSWER_MS) done({ type: 'error', id, code: 'unanswered' });
    for (const room of this.#all()) this.#flush(room);
  }

  #woke = () => { // or the network changed: the connection has to prove itself anew, or is sought at once
    if (globalThis.document?.visibilityState === 'hidden') return;
    if (this.#isOpen()) this.#ping();
    else if (this.state === 'waiting') this.#later('waiting', this.random() * WAKE_MS, this.#lostBy);
  };

  #take(message) {
    const { type, id, from, to } = message;
    const isOwner = (each) => each.joinId === id || each.pending.has(id);
    const room = (type === 'ack' || type === 'error' ? this.#all().find(isOwner) : undefined) ?? this.#rooms.get(message.room);
    if (!isLogEvent(message)) this.#asked.get(id)?.done(message);
    if (type === 'welcome') this.#welcomed(message);
    else if (type === 'reconnect') this.#later('moving', message.afterMs ?? 0, closeMeaning(1001));
    else if (type === 'error') this.#refused(room, message);
    else if (type === 'ack' && id && room?.joinId === id && room.state !== 'joined') this.#joined(room, message);
    else if (type === 'ack') this.#fare(room?.pending.get(id), 'committed', message);
    else if (room?.state !== 'joined') return; // of nowhere, or of a membership that has ended
    else if (type === 'history') this.#page(room, message);
    else if (type === 'gap' && Number.isInteger(from) && Number.isInteger(to)) this.#skip(room, to, from);
    else if (isLogEvent(message)) this.#event(room, message);
    else if (['join', 'leave', 'members', 'typing'].includes(type)) this.#tell(type, message);
  }

  #join(room) { // with the same id when it was not answered: the first answer counts
    const cursor = room.position === null ? { limit: room.limit } : { since: room.position, epoch: room.epoch };
    if (room.state !== 'joining') room.joinId = newId();
    room.joinAt = this.now();
    room.state = this.#transmit({ type: 'join', room: room.name, id: room.joinId, ...cursor }) ? 'joining' : 'outside';
  }

  #joined(room, ack) {
    const { epoch, head, first = 1, recovered = false } = ack;
    const anew = room.position !== null && (epoch !== room.epoch || (room.position > head && !recovered));
    Object.assign(room, { state: 'joined', asked: room.name, name: ack.room ?? room.name, epoch, first, headDue: recovered ? null : head });
    if (anew) room.position = null;
    this.#rooms.set(room.name, room); // the server may know a better spelling
    this.#tell('joined', { ...ack, room: room.name, asked: room.asked, anew });
    this.#flush(room);
  }

  #page(room, page) { // the page that follows a join without recovery. A late one, of nobody's asking, is dropped
    const { headDue, joinId } = room;
    if (headDue === null || (page.id ?? joinId) !== joinId) return;
    const events = (page.messages ?? []).filter(isLogEvent);
    Object.assign(room, { headDue: null, first: Math.max(room.first, page.first ?? 1) });
    room.position ??= (events[0]?.seq ?? headDue + 1) - 1;
    this.#tell('history', page);
    for (const event of events) this.#event(room, event);
    this.#skip(room, headDue);
  }

  #event(room, event) { // a log event: once, and in order; doubled ones are dropped
    if (event.seq <= (room.position ?? 0)) return;
    this.#skip(room, event.seq - 1, event.seq);
    room.position = event.seq;
    if (event.sender === this.sender) this.#fare(room.pending.get(event.id), 'committed', event);
    this.#tell(event.type === 'message' ? 'message' : 'event', event);
  }

  #skip(room, to, start = to + 1) { // what has not come of the log up to there is a gap; who knows nothing yet begins at `start`
    const from = Math.max((room.position ?? start - 1) + 1, room.first);
    room.position = Math.max(room.position ?? 0, to);
    if (from <= to) this.#tell('gap', { room: room.name, from, to });
  }

  #refused(room, error) {
    const { id, code, temporary = false, retryAfterMs } = error;
    const [entry, now] = [room?.pending.get(id), this.now()];
    if (id && room?.joinId === id && room.state !== 'joined') {
      Object.assign(room, { state: temporary ? 'outside' : 'refused', refusal: error, joinAt: now + (retryAfterMs ?? RETRY_MS) });
      this.#tell('refused', { ...error, room: room.name });
      for (const each of temporary ? [] : room.pending.values()) this.#fare(each, 'failed', { error });
    } else if (entry !== undefined) {
      if (code === 'rate_limited') entry.attempts--; // it was not looked at
      const again = (temporary || code === 'not_joined') && entry.attempts < MOST_ATTEMPTS;
      this.#fare(entry, again ? 'waiting' : 'failed', { error, notBefore: now + (retryAfterMs ?? 1000 * 2 ** entry.attempts) });
      this.#flush(room);
    }
    if (code === 'not_joined' && room?.state === 'joined') this.#join(room); // for whatever reason: come in again
  }

  #flush(room) { // sends what is due: in the order of writing, each when the last was answered, so that none overtakes another
    const now = this.now();
    if (now - room.joinAt >= { outside: 0, joining: ANSWER_MS }[room.state]) this.#join(room);
    const [entry] = room.pending.values();
    if (room.state !== 'joined' || entry === undefined || entry.notBefore > now) return;
    if (entry.state === 'sent' && now - entry.sentAt < ANSWER_MS) return;
    const message = { type: 'message', room: room.name, id: entry.id, content: entry.content };
    if (entry.attempts++ >= MOST_ATTEMPTS) this.#fare(entry, 'failed', { error: { code: 'unanswered' } });
    else if (this.#transmit(message)) this.#fare(entry, 'sent', { sentAt: now });
  }

  #fare(entry, state, { error = null, seq, timestamp, sentAt = 0, notBefore = 0 } = {}) { // of a message
    if (entry === undefined) return;
    const { id, room } = Object.assign(entry, { state, sentAt, notBefore });
    const fate = { id, room: room.name, state, seq, timestamp, error };
    room.pending[state === 'waiting' || state === 'sent' ? 'set' : 'delete'](id, entry);
    if (state === 'committed') entry.resolve(fate);
    if (state === 'failed') entry.reject(failure({ ...error, id, room: room.name }));
    this.#tell('outgoing', fate);
    if (state === 'committed') this.#flush(room);
  }
}
