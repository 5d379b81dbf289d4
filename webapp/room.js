// One room this person is in: brings what the client tells of it to its timeline, roster and outbox.

import { Census } from './census.js';
import { errorWords } from './faults.js';
import { isLogEvent, newId } from './protocol.js';
import { isMentioned } from './mentions.js';
import { Outbox } from './outbox.js';
import { Pages } from './pages.js';
import { Reading } from './reading.js';
import { Roster } from './roster.js';
import { Timeline } from './timeline.js';
import { Typing } from './typing.js';

/** Messages kept in memory: of a room that is not open, of one that was left above its end; of the open one at its end, and above it. */
const KEEP = 1000;
const KEEP_PLACE = 10_000;
const KEEP_OPEN = 100_000;
const KEEP_MOST = 200_000;

export class Room {
  #context;
  #missedTo = 0; // up to here it was said while there was no connection

  timeline = new Timeline();
  roster = new Roster();
  outbox = new Outbox();
  reading = new Reading();
  typing = new Typing();
  pages;
  census;
  state = 'outside'; // outside, joined, refused
  words = ''; // why refused
  unread = 0;
  unreadMore = false; // there are more unread ones than are known here
  mentions = 0; // of the unread ones, those that call this person
  draft = '';
  open = false; // the one the page shows, whether or not somebody looks at the page
  shown = false; // in view right now
  following = true; // the newest message is in view

  /** `context`: `client`, a ParleyClient; `now()` in ms; `sender()`, this person's name; `changed()`, to be called when
   * there is something new to show; and if it likes `arrived(room, messages)`: what others said just now. */
  constructor(name, context) {
    this.name = name;
    this.#context = context;
    const request = (message) => context.client.request({ ...message, room: this.name });
    this.pages = new Pages(this.timeline, request, { now: context.now, read: (messages) => this.#read(messages) });
    this.census = new Census(this.roster, request, context);
  }

  /** Goes in, or tries again; the client comes back by itself. The room that asks last is the first then. */
  join() {
    if (this.state === 'refused') this.state = 'outside';
    this.#context.client.join(this.name);
  }

  leave() {
    this.#context.client.leave(this.name);
  }

  disconnected() {
    this.state = 'outside';
  }

  say(content) {
    if (this.outbox.isFull) return false;
    const id = newId();
    this.outbox.add(id, content, Date.now()); // a time to be read: `now` may stand still while a computer sleeps
    this.reading.said();
    this.#send(id, content);
    return true;
  }

  /** Who else is typing here, right now. */
  get typists() {
    return this.typing.namesAt(this.#context.now(), this.#context.sender());
  }

  /** This person is writing something. */
  compose() {
    if (this.state === 'joined' && this.typing.tell(this.#context.now(), this.roster.count)) this.#context.client.typing(this.name);
  }

  /** Sends a failed message once more. */
  again(id) {
    const entry = this.outbox.retry(id);
    if (entry !== null) this.#send(id, entry.content);
  }

  /** What was here before a reload: a draft, and what `sender` wrote and had not yet seen in the log. */
  restore({ draft, entries }, sender) {
    this.draft = draft;
    for (const entry of entries) {
      this.outbox.restore(entry);
      if (entry.state !== 'failed') this.#send(entry.id, entry.content, sender);
    }
  }

  seen() {
    this.unread = 0;
    this.unreadMore = false;
    this.mentions = 0;
  }

  receive(message) {
    const { type } = message;
    if (type === 'error') this.#refused(message);
    else if (type === 'ack') this.#joined(message);
    else if (type === 'outgoing') this.outbox.fared(message, this.timeline.position);
    else if (type === 'history') this.#began(message);
    else if (type === 'members') this.roster.members(message);
    else if (type === 'gap') this.#skipped(message);
    else if (isLogEvent(message)) this.#arrived(this.timeline.event(message) ? { live: [message] } : {});
    else if (type === 'join' || type === 'leave') this.roster.changed(message);
    else if (type === 'typing') this.typing.heard(message.sender, this.#context.now());
    if (type === 'message' || type === 'leave') this.typing.ended(message.sender);
  }

  /** To be called about once a second, and when something may be due. */
  tick() {
    if (this.state !== 'joined') return;
    if (this.shown) this.pages.tick();
    if (this.shown) this.census.tick();
    this.timeline.trim(this.#most);
  }

  #joined(ack) {
    this.state = 'joined';
    this.#missedTo = ack.head ?? 0;
    if (this.timeline.joined(ack)) {
      this.outbox.forgetCommitted();
      this.reading.forget();
    }
    this.census.joined(ack.count);
    this.tick();
  }

  #refused(error) {
    this.state = error.temporary ? 'outside' : 'refused';
    this.words = errorWords(error);
  }

  /** The page that begins a membership; its messages come one by one as well, and are dropped then. */
  #began(page) {
    const { position: before, awaitsPage } = this.timeline;
    const messages = awaitsPage ? this.timeline.joinPage(page) : [];
    // What was missed and did not come is new, too.
    const hole = awaitsPage && before !== null ? this.timeline.holes.find(({ from, to }) => from <= before + 1 && to > before) : undefined;
    if (hole !== undefined) this.#missed(before + 1, hole.to - before);
    this.#arrived(before === null ? { old: messages } : { live: messages });
  }

  #read(old) {
    this.#arrived({ old });
    this.#context.changed();
  }

  #arrived({ live = [], old = [] }) {
    const sender = this.#context.sender();
    for (const message of [...live, ...old]) if (message.sender === sender) this.outbox.seen(message.id);
    this.outbox.passed(this.timeline.position);
    this.timeline.trim(KEEP_MOST);
    const news = live.filter((each) => each.type === 'message' && each.sender !== sender);
    // Nobody could look at what was said while there was no connection.
    const isLooking = this.shown && this.following && news[0]?.seq > this.#missedTo;
    if (news.length > 0) this.reading.arrived(news[0].seq, isLooking);
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
    this.#missed(before + 1, Math.max(0, (this.timeline.position ?? 0) - before));
    this.#arrived({});
  }

  /** So many events from there on were not sent: nobody has seen them. */
  #missed(from, count) {
    if (!this.shown) this.unread += count;
    if (count > 0) this.reading.arrived(from, false);
  }

  get #most() {
    if (!this.open) return this.following ? KEEP : KEEP_PLACE;
    return this.following ? KEEP_OPEN : KEEP_MOST;
  }

  #send(id, content, sender) {
    this.#context.client.send(this.name, content, { id, sender });
  }
}
