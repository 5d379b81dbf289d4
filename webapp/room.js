// One room this person is in: joins it anew on every connection, and brings what arrives to its timeline, roster and outbox.

import { Census } from './census.js';
import { errorWords } from './faults.js';
import { isLogEvent } from './protocol.js';
import { isMentioned } from './mentions.js';
import { Outbox } from './outbox.js';
import { Pages } from './pages.js';
import { Roster } from './roster.js';
import { Timeline } from './timeline.js';
import { Typing } from './typing.js';

/** An answer to `join` must come within this time; then it is asked again. */
const ANSWER_MS = 30_000;
/** After a refusal that does not say when to try again. */
const RETRY_MS = 3000;
/** Messages kept in memory: while the newest are in view, and at the very most. */
const KEEP = 400;
const KEEP_MOST = 4000;

export class Room {
  #context;
  #joinId = null; // the one that was answered: its page bears it too
  #joinsOpen = new Set(); // ids not answered yet
  #joinAt = 0; // when asked last, or when to ask again

  timeline = new Timeline();
  roster = new Roster();
  outbox = new Outbox();
  typing = new Typing();
  pages;
  census;
  state = 'outside'; // outside, joining, joined, refused
  words = ''; // why refused
  unread = 0;
  unreadMore = false; // there are more unread ones than are known here
  mentions = 0; // of the unread ones, those that call this person
  draft = '';
  shown = false; // in view right now
  following = true; // the newest message is in view

  /** `context`: `send(message)` that may answer false, `newId()`, `now()` in ms, `sender()` (this person's name), and if
   * it likes `arrived(room, messages)`: what others said just now. */
  constructor(name, context) {
    this.name = name;
    this.#context = context;
    const send = (message) => this.#send(message);
    this.pages = new Pages(this.timeline, send, context);
    this.census = new Census(this.roster, send, context);
  }

  /** Of several unanswered, the first that is accepted counts: its answer alone brings the talk along. */
  join() {
    const id = this.#context.newId();
    this.#joinAt = this.#context.now();
    this.state = this.#send({ type: 'join', id, ...this.timeline.cursor }) ? 'joining' : 'outside';
    if (this.state === 'joining') this.#joinsOpen.add(id);
  }

  disconnected() {
    this.state = 'outside';
    this.#joinsOpen.clear();
    this.outbox.disconnected();
    this.pages.disconnected();
  }

  say(content) {
    if (this.outbox.isFull) return false;
    this.outbox.add(this.#context.newId(), content, this.#context.now());
    this.tick();
    return true;
  }

  /** Who else is typing here, right now. */
  get typists() {
    return this.typing.namesAt(this.#context.now(), this.#context.sender());
  }

  /** This person is writing something. */
  compose() {
    if (this.state === 'joined' && this.typing.tell(this.#context.now(), this.roster.count)) this.#send({ type: 'typing' });
  }

  /** Sends a failed message once more. */
  again(id) {
    this.outbox.retry(id, this.#context.now());
    this.tick();
  }

  seen() {
    this.unread = 0;
    this.unreadMore = false;
    this.mentions = 0;
  }

  owns(id) {
    return this.#joinsOpen.has(id) || this.outbox.has(id) || this.roster.isAsking(id) || this.pages.isAsking(id);
  }

  receive(message) {
    const { type, id } = message;
    if (type === 'error') this.#refused(message);
    else if (type === 'ack' && this.#joinsOpen.has(id)) this.#joined(message);
    else if (type === 'ack') this.outbox.acked(id, message.seq, this.timeline.position);
    else if (this.state !== 'joined') return; // of a membership that has ended
    else if (type === 'history') this.#arrived(this.pages.answered(message, this.#joinId));
    else if (type === 'members') this.roster.members(message);
    else if (type === 'gap') this.#skipped(message);
    else if (isLogEvent(message)) this.#arrived(this.timeline.event(message) ? { live: [message] } : {});
    else if (type === 'join' || type === 'leave') this.roster.changed(message);
    else if (type === 'typing') this.typing.heard(message.sender, this.#context.now());
    if (type === 'message' || type === 'leave') this.typing.ended(message.sender);
  }

  /** To be called about once a second, and when something may be due. */
  tick() {
    const now = this.#context.now();
    if (this.state === 'joining' && now - this.#joinAt >= ANSWER_MS) this.join();
    if (this.state === 'outside' && now >= this.#joinAt) this.join();
    if (this.state !== 'joined') return;
    for (const { id, content } of this.outbox.due(now)) {
      if (this.outbox.sending(id, now)) this.#send({ type: 'message', id, content });
    }
    if (this.shown) this.pages.tick();
    if (this.shown) this.census.tick();
    this.timeline.trim(this.shown && !this.following ? KEEP_MOST : KEEP);
  }

  #joined(ack) {
    this.state = 'joined';
    this.#joinId = ack.id;
    this.#joinsOpen.clear();
    if (this.timeline.joined(ack)) this.outbox.forgetCommitted();
    this.census.joined(ack.count);
    this.tick();
  }

  #refused(error) {
    const { id } = error;
    const retryAt = this.#context.now() + (error.retryAfterMs ?? RETRY_MS);
    if (this.#joinsOpen.delete(id)) {
      if (this.#joinsOpen.size > 0) return; // a later one is still to be answered
      this.state = error.temporary ? 'outside' : 'refused';
      this.words = errorWords(error);
      this.#joinAt = retryAt;
    } else if (this.roster.isAsking(id)) this.census.refused(retryAt);
    else if (this.pages.isAsking(id)) this.pages.refused(retryAt);
    else this.outbox.refused(error, this.#context.now());
    // The server does not know us here any more, for whatever reason: come in again.
    if (error.code === 'not_joined' && this.state === 'joined') this.join();
  }

  #arrived({ live = [], old = [] }) {
    const sender = this.#context.sender();
    for (const message of [...live, ...old]) if (message.sender === sender) this.outbox.seen(message.id);
    this.outbox.passed(this.timeline.position);
    this.timeline.trim(KEEP_MOST);
    const news = live.filter((each) => each.type === 'message' && each.sender !== sender);
    if (!this.shown) this.#unread(news, sender);
    if (news.length > 0) this.#context.arrived?.(this, news);
  }

  #unread(news, me) {
    this.unread += news.length;
    this.mentions += news.filter(({ content }) => isMentioned(content, me)).length;
  }

  #skipped(gap) {
    const before = this.timeline.position ?? 0;
    this.timeline.gap(gap);
    if (!this.shown) this.unread += Math.max(0, (this.timeline.position ?? 0) - before);
    this.#arrived({});
  }

  #send(message) {
    return this.#context.send({ ...message, room: this.name });
  }
}
