// The timer and the browser's wake-up calls around Silence: asks for pings, reports death and waking.

import { Silence } from './silence.js';

/** Protocol, section 1: a page pings after 25 s of silence. */
const PING_MS = 25_000;
const CHECK_MS = 5000;

export class Heartbeat {
  #delegate;
  #silence = null;
  #timer = null;

  /** The delegate is told `heartbeatPing()`, `heartbeatDead()` and `heartbeatWoke()`. */
  constructor(delegate) {
    this.#delegate = delegate;
  }

  start() {
    document.addEventListener('visibilitychange', this.#woke);
    window.addEventListener('pageshow', this.#woke);
    window.addEventListener('online', this.#woke);
    window.addEventListener('offline', this.#woke);
  }

  stop() {
    this.disarm();
    document.removeEventListener('visibilitychange', this.#woke);
    window.removeEventListener('pageshow', this.#woke);
    window.removeEventListener('online', this.#woke);
    window.removeEventListener('offline', this.#woke);
  }

  /** A connection is open: watch it. */
  arm(pingMs) {
    this.disarm();
    this.#silence = new Silence(pingMs > 0 ? Math.min(pingMs, PING_MS) : PING_MS, performance.now());
    this.#timer = setInterval(() => this.#act(this.#silence.check(performance.now())), CHECK_MS);
  }

  disarm() {
    clearInterval(this.#timer);
    this.#silence = null;
  }

  heard() {
    this.#silence?.heard(performance.now());
  }

  #woke = () => {
    if (document.visibilityState === 'hidden') return;
    if (this.#silence !== null) this.#act(this.#silence.wake(performance.now()));
    else this.#delegate.heartbeatWoke();
  };

  #act(what) {
    if (what === 'ping') this.#delegate.heartbeatPing();
    if (what === 'dead') this.#delegate.heartbeatDead();
  }
}
