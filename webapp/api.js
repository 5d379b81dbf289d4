// The HTTP interface: each request gives what the server answered, or throws a Problem. The session is a cookie that no
// script can read.

import { apiUrl } from './addresses.js';

/** The server answers within ten seconds, whatever happens; who has not by now, will not. */
const ANSWER_MS = 15_000;

/** Why a request was refused, or got no answer: what travels as application/problem+json (RFC 9457). */
export class Problem extends Error {
  /**
   * `code` is the server's, or `no_network` when there was no answer, or `internal` when the answer is none of Parley's.
   * `retryAfterMs` is null when nobody knows; of a ban `reason`, and `until` in milliseconds since the Unix epoch.
   */
  constructor({ code, detail = '', retryAfterMs = null, reason = '', until = null }) {
    super(detail || code);
    Object.assign(this, { code, detail, retryAfterMs, reason, until });
  }
}

export class Api {
  #pageUrl;
  #fetch;

  constructor(pageUrl, fetch = (...request) => globalThis.fetch(...request)) {
    this.#pageUrl = pageUrl;
    this.#fetch = fetch;
  }

  /**
   * { guests, signIn, signUp, elsewhere?, closed?, session?: { name, guest, expiresAt? } }: what may be offered, whether another
   * system lets people in, why no connection is taken now, and who is in.
   */
  ways() {
    return this.#ask('GET', 'ways');
  }

  /** As a guest; without a name the server makes one up. */
  join(name) {
    return this.#ask('POST', 'session', name === '' ? {} : { name });
  }

  signIn(name, password) {
    return this.#ask('POST', 'session', { name, password });
  }

  /** `code` opens the name of an admin; undefined for none. */
  signUp(name, password, code) {
    return this.#ask('POST', 'users', { name, password, code });
  }

  signOut() {
    return this.#ask('DELETE', 'session');
  }

  changePassword(password, newPassword) {
    return this.#ask('POST', 'session/password', { password, newPassword });
  }

  deleteAccount(password) {
    return this.#ask('POST', 'users/me/deletion', { password });
  }

  /** { rooms: [{ room, count }], more }: the rooms with this in their name, those with the most people first. */
  rooms(filter, limit) {
    return this.#ask('GET', `rooms?${new URLSearchParams({ filter, limit })}`);
  }

  async #ask(method, path, body) {
    const request = { method, credentials: 'same-origin', cache: 'no-store', signal: AbortSignal.timeout(ANSWER_MS) };
    if (body !== undefined) {
      request.headers = { 'Content-Type': 'application/json' };
      request.body = JSON.stringify(body);
    }
    let response;
    let text;
    try {
      response = await this.#fetch(apiUrl(this.#pageUrl, path), request);
      text = await response.text();
    } catch {
      throw new Problem({ code: 'no_network' });
    }
    const answer = objectIn(text);
    if (response.ok && (answer !== null || response.status === 204)) return answer;
    throw problemOf(response, answer);
  }
}

function objectIn(text) {
  try {
    const value = JSON.parse(text);
    return value !== null && typeof value === 'object' ? value : null;
  } catch {
    return null;
  }
}

/** A proxy before the server says what it says: only the status is to be believed. */
function problemOf({ status, headers }, answer) {
  const seconds = Number(headers.get('Retry-After') ?? NaN);
  const retryAfterMs = answer?.retryAfterMs ?? (Number.isFinite(seconds) ? seconds * 1000 : null);
  if (typeof answer?.code === 'string') return new Problem({ ...answer, retryAfterMs });
  const code = status === 429 ? 'rate_limited' : status === 503 ? 'busy' : 'internal';
  return new Problem({ code, retryAfterMs });
}
