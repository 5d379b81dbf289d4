// The way in: asks the server who we are, signs in and out, and finds out what it means when the chat turns us away.

import { Problem } from './api.js';
import { Inquiry } from './inquiry.js';
import { closeWords } from './faults.js';
import { expelled, firstWrong, refusalOf } from './refusals.js';
import { t } from './words.js';

const UNAUTHENTICATED = 4401;
const BANNED = 4403;

const UNDER_WAY = { field: null, words: t('refusals.under_way'), reveal: null };

export class Entrance {
  #api;
  #inquiry;
  #session;
  #delegate;
  #isActing = false; // the session is being changed
  #closed = null; // how the chat turned us away meanwhile
  #isDoubted = false; // the chat turned us away, and has not welcomed us since
  #isAskingWhy = false; // it did so for a ban, and is asked until when that is

  /**
   * The delegate hears `entranceOpened()` when somebody is in and has to be connected (anew), `entranceLeft()` when they
   * signed out here, `entranceChanged()` when the session changed otherwise, `entranceRenewed()` besides when it was this
   * tab that changed it, `entranceWaits(retryAt)` when the server cannot be asked, and will be again then.
   */
  constructor(api, session, delegate) {
    this.#api = api;
    this.#inquiry = new Inquiry(api, this);
    this.#session = session;
    this.#delegate = delegate;
  }

  start() {
    this.look();
  }

  stop() {
    this.#inquiry.drop();
  }

  /** Asks who we are, and which ways in there are. */
  look() {
    if (this.#isActing) return;
    this.#isAskingWhy = false;
    this.#inquiry.ask();
  }

  /** Another tab changed the session: of interest to whoever is out, or about to find out. */
  renewedElsewhere() {
    const { isIn, state } = this.#session;
    if ((!isIn || this.#isDoubted) && state !== 'banned') this.look();
  }

  /** The chat turned us away for good. By a session that is over? Then perhaps another tab has begun a new one. */
  turnedAway(meaning) {
    if (this.#isActing) {
      this.#closed = meaning;
      return;
    }
    if (meaning.code === UNAUTHENTICATED && !this.#isDoubted) {
      this.#isDoubted = true;
      this.look();
      return;
    }
    if (meaning.code === BANNED) this.#expelled(expelled(meaning.reason));
    else this.#session.end(Date.now(), null, meaning.code === UNAUTHENTICATED ? null : closeWords(meaning));
    this.#isDoubted = false;
    this.#delegate.entranceChanged();
  }

  /** A close has no room for the end of a ban: that is asked for. */
  #expelled(meaning) {
    this.#session.ban(meaning);
    if (meaning.isKick) return;
    this.#isAskingWhy = true;
    this.#inquiry.ask();
  }

  welcomed({ sender, guest = false, expiresAt }) {
    this.#isDoubted = false;
    this.#session.entered({ name: sender, guest, expiresAt });
  }

  /** Goes on as whom the browser is in another tab. */
  follow() {
    this.#session.follow();
    if (this.#session.isIn) this.#opened();
  }

  // What the inquiry says

  inquiryAnswered(ways) {
    if (this.#isAskingWhy) return; // not every ban is known there; nor does a tab come back by itself before it ends
    this.#session.learned(ways, Date.now());
    if (this.#session.isIn) this.#opened();
    else this.#delegate.entranceChanged();
  }

  inquiryFailed(problem) {
    if (!(problem instanceof Problem)) throw problem;
    const { code, until } = problem;
    const { words } = refusalOf(problem);
    if (this.#session.state === 'unknown' && code !== 'banned') {
      this.#session.unreachable({ title: t(code === 'foreign_origin' ? 'door.foreign' : 'door.unreachable'), words });
      this.#delegate.entranceWaits(this.#inquiry.askLater(problem));
      return;
    }
    if (code === 'banned') {
      this.#isAskingWhy = false;
      const ends = Number.isFinite(until);
      this.#session.ban({ title: t('door.banned'), words: ends ? `${words} ${t('door.byItself')}` : words, until });
      if (ends) this.#inquiry.askAt(until);
    } else if (this.#isAskingWhy) return;
    else if (this.#session.state === 'banned') this.#inquiry.askLater(problem);
    else if (this.#session.isIn) this.#session.end(Date.now());
    this.#delegate.entranceChanged();
  }

  // What the person does: each gives null, or what refusalOf does when it was refused.

  join({ name }) {
    return this.#act(() => this.#api.join(name), (session) => this.#entered(session), { name });
  }

  signIn({ name, password }) {
    const wrong = firstWrong({ name, password });
    return wrong ?? this.#act(() => this.#api.signIn(name, password), (session) => this.#entered(session));
  }

  /** `code`: of the server's operator, for the name of an admin; empty for none. */
  signUp({ name, newPassword, code = '' }) {
    const wrong = firstWrong({ name, newPassword });
    const ask = () => this.#api.signUp(name, newPassword, code === '' ? undefined : code);
    return wrong ?? this.#act(ask, (session) => this.#entered(session), { name, code });
  }

  changePassword({ password, newPassword }) {
    const wrong = firstWrong({ password, newPassword });
    return wrong ?? this.#act(() => this.#api.changePassword(password, newPassword), (session) => this.#entered(session));
  }

  signOut() {
    return this.#act(() => this.#api.signOut(), () => this.#left(t('session.signedOut')));
  }

  deleteAccount({ password }) {
    const wrong = firstWrong({ password });
    return wrong ?? this.#act(() => this.#api.deleteAccount(password), () => this.#left(t('session.deleted')));
  }

  /** One at a time. The old session's connections may be closed before the answer is here: only then it is known why. */
  async #act(ask, done, asked = {}) {
    if (this.#isActing) return UNDER_WAY;
    this.#inquiry.drop();
    this.#isAskingWhy = false;
    this.#isActing = true;
    this.#closed = null;
    const wasIn = this.#session.isIn;
    const answer = await ask().catch((problem) => problem);
    this.#isActing = false;
    if (!(answer instanceof Error)) {
      done(answer);
      return null;
    }
    if (!(answer instanceof Problem)) throw answer;
    const closed = this.#closed ?? (answer.code === 'not_signed_in' ? { code: UNAUTHENTICATED } : null);
    if (closed !== null && wasIn) this.turnedAway(closed);
    return refusalOf(answer, wasIn, asked);
  }

  #entered(session) {
    this.#session.entered(session);
    this.#isDoubted = false;
    this.#delegate.entranceRenewed();
    this.#opened();
  }

  #opened() {
    this.#delegate.entranceOpened();
  }

  #left(words) {
    this.#session.leave(words);
    this.#isDoubted = false;
    this.#delegate.entranceRenewed();
    this.#delegate.entranceLeft();
  }
}
