// The life of the WebSocket: connect, notice death, come back with full jitter, move over when the server asks.

import { backoff } from './backoff.js';
import { Heartbeat } from './heartbeat.js';
import { closeWords } from './faults.js';
import { t } from './words.js';
import { SUBPROTOCOLS, closeMeaning, decode, encode } from './protocol.js';

/** From the attempt to `welcome`. */
const CONNECT_MS = 15_000;
/** A connection that lasted this long was a success: the next failure counts from zero again. */
const STEADY_MS = 10_000;
/** On waking up, waiting is cut to this, still spread: a whole office may wake at once. */
const WAKE_MS = 1000;

export class Connection {
  #url;
  #delegate;
  #heartbeat = new Heartbeat(this);
  #socket = null;
  #state = 'idle'; // idle, connecting, open, moving (open, but soon to go), waiting, away
  #failures = 0;
  #openedAt = 0;
  #timer = null;

  /**
   * `url` is asked before every attempt. The delegate hears `connectionChanged(state, detail)`; then, per connection,
   * first `connectionOpened(welcome)`, then `connectionReceived(messages)` as often as frames come, and always last
   * `connectionLost()`.
   */
  constructor(url, delegate) {
    this.#url = url;
    this.#delegate = delegate;
  }

  start() {
    this.stop();
    this.#failures = 0;
    this.#heartbeat.start();
    this.#connect();
  }

  stop() {
    this.#heartbeat.stop();
    this.#drop();
    this.#become('idle');
  }

  /** Cuts a wait short, or ends a stay away. */
  retry() {
    if (this.#state === 'waiting') this.#connect();
    else if (this.#state === 'away' || this.#state === 'idle') this.start();
  }

  /** False when there is nobody to send to: the caller keeps what matters and sends it after the next welcome. */
  send(message) {
    if (!this.#isOpen || this.#socket?.readyState !== WebSocket.OPEN) return false;
    this.#socket.send(encode(message));
    return true;
  }

  heartbeatPing() {
    this.send({ type: 'ping' });
  }

  heartbeatDead() {
    this.#lost(closeMeaning(1006));
  }

  heartbeatWoke() {
    if (this.#state === 'waiting') this.#wait(Math.random() * WAKE_MS);
  }

  #connect() {
    this.#drop();
    const socket = new WebSocket(this.#url(), SUBPROTOCOLS);
    this.#socket = socket;
    // What an abandoned socket still says is nobody's business.
    const ifCurrent = (act) => (event) => {
      if (socket === this.#socket) act(event);
    };
    socket.addEventListener('message', ifCurrent((event) => this.#received(event.data)));
    socket.addEventListener('close', ifCurrent((event) => this.#lost(closeMeaning(event.code, event.reason))));
    this.#timer = setTimeout(() => this.#lost(closeMeaning(1006)), CONNECT_MS);
    this.#become('connecting');
  }

  #received(frame) {
    this.#heartbeat.heard();
    const messages = decode(frame);
    for (const message of messages) {
      if (message.type === 'welcome') this.#opened(message);
      if (message.type === 'reconnect') this.#move(message.afterMs);
    }
    if (messages.length > 0) this.#delegate.connectionReceived(messages);
  }

  #opened(welcome) {
    clearTimeout(this.#timer);
    this.#openedAt = performance.now();
    this.#heartbeat.arm(welcome.pingMs);
    this.#become('open');
    this.#delegate.connectionOpened(welcome);
  }

  /** The server goes away, but serves us until our slot has come; the slot is the jitter. */
  #move(afterMs = 0) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#connect(), afterMs);
    this.#become('moving', { words: t('closes.1001') });
  }

  #lost(meaning) {
    const words = this.#isOpen || meaning.code !== 1006 ? closeWords(meaning) : t('closes.unreachable');
    this.#drop();
    if (meaning.comeBack) this.#wait(backoff(this.#failures++), { ...meaning, words });
    else this.#become('away', { ...meaning, words });
  }

  #wait(waitMs, meaning = { ...closeMeaning(1006), words: t('closes.lost') }) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#connect(), waitMs);
    this.#become('waiting', { ...meaning, retryAt: Date.now() + waitMs });
  }

  /** Lets go of the socket without waiting for it: on a dead network its close event may take minutes. */
  #drop() {
    clearTimeout(this.#timer);
    this.#heartbeat.disarm();
    const socket = this.#socket;
    this.#socket = null;
    if (socket !== null && socket.readyState <= WebSocket.OPEN) socket.close(1000);
    if (!this.#isOpen) return;
    if (performance.now() - this.#openedAt >= STEADY_MS) this.#failures = 0;
    this.#state = 'idle';
    this.#delegate.connectionLost();
  }

  get #isOpen() {
    return this.#state === 'open' || this.#state === 'moving';
  }

  #become(state, detail = {}) {
    this.#state = state;
    this.#delegate.connectionChanged(state, detail);
  }
}
