// Who this browser is to the server, as far as the page knows. Pure state; the session itself is a cookie no script sees.

import { t } from './words.js';

/** Until the server has said what it offers. */
const NO_WAYS = Object.freeze({ guests: false, signIn: false, signUp: false, elsewhere: false });

/** A clock of ours and one of the server's may differ by so much. */
const SKEW_MS = 5000;

export class Session {
  #state = 'unknown'; // unknown, signedOut, guest, member, ended, banned
  #name = null;
  #isGuest = true;
  #isExternal = false;
  #expiresAt = null;
  #ways = NO_WAYS;
  #title = '';
  #words = '';
  #other = null;
  #until = null;

  get state() {
    return this.#state;
  }

  /** Of whoever is in, or was before the session ended; null when nobody was. */
  get name() {
    return this.#name;
  }

  get isGuest() {
    return this.#isGuest;
  }

  /** Whether somebody else vouches for them: there is no account here to change, nor a session to end. */
  get isExternal() {
    return this.#isExternal;
  }

  get isIn() {
    return this.#state === 'guest' || this.#state === 'member';
  }

  /** { guests, signIn, signUp, elsewhere }: which ways in the server offers, and whether another system lets people in. */
  get ways() {
    return this.#ways;
  }

  /** Of a ban, a kick, or a server that cannot be asked. */
  get title() {
    return this.#title;
  }

  /** Why nobody is in; may be empty. */
  get words() {
    return this.#words;
  }

  /** As whom this browser came in meanwhile, in another tab; null when it did not, or as the same. */
  get other() {
    return this.#other?.name ?? null;
  }

  /** The answer of GET /api/ways. Only who was out, or is the same, is in by it: a tab does not change its person by itself. */
  learned({ session = null, ...ways }, now) {
    this.#ways = { ...NO_WAYS, ...ways };
    const hadSession = this.isIn || this.#state === 'ended';
    if (session !== null && (!hadSession || session.name === this.#name)) this.entered(session);
    else if (hadSession) this.end(now, session);
    else this.#signedOut(now);
  }

  /** Somebody is in: by signing in, up, as a guest, or welcomed by the chat, which does not say `external` and leaves it. */
  entered({ name, guest = false, expiresAt = null, external }) {
    this.#isExternal = external ?? (this.#isExternal && name === this.#name);
    this.#state = guest ? 'guest' : 'member';
    this.#name = name;
    this.#isGuest = guest;
    this.#expiresAt = expiresAt;
    this.#words = '';
    this.#other = null;
  }

  /** Goes on as whom the browser is in another tab. */
  follow() {
    if (this.#other !== null) this.entered(this.#other);
  }

  /** The session is over, and not by what was done here. `other`: whose session there is instead. */
  end(now, other = null, words = null) {
    const isNew = this.#state !== 'ended';
    this.#state = 'ended';
    this.#other = other;
    if (other !== null) this.#words = t('session.other', { name: other.name });
    else if (words !== null) this.#words = words;
    else if (isNew) this.#words = this.#whyEnded(now);
  }

  /** The server could not be asked yet. */
  unreachable({ title, words }) {
    this.#title = title;
    this.#words = words;
  }

  /** Somebody does not want this person here; `title` and `words` say what that means, `until` when it ends, if that is known. */
  ban({ title, words, until = null }) {
    this.#state = 'banned';
    this.#title = title;
    this.#words = words;
    this.#until = until;
    this.#other = null;
  }

  /** Signed out by the person; nothing of who they were is left. `words`: what they should know. */
  leave(words = '') {
    this.#state = 'signedOut';
    this.#name = null;
    this.#isGuest = true;
    this.#expiresAt = null;
    this.#words = words;
    this.#other = null;
  }

  /** Nobody was in. Whoever was banned reads on why, or that it is over. */
  #signedOut(now) {
    if (this.#state === 'unknown') this.#words = '';
    if (this.#state === 'banned' && this.#until !== null && now >= this.#until - SKEW_MS) this.#words = t('session.banOver');
    this.#state = 'signedOut';
  }

  #whyEnded(now) {
    if (this.#isGuest) return t('session.guestEnded');
    const isOver = this.#expiresAt !== null && now >= this.#expiresAt - SKEW_MS;
    return t(isOver ? 'session.timeOver' : 'session.endedElsewhere');
  }
}
