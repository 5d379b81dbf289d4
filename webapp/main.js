// Wires the page: what the server says goes to the session and the rooms, and from there to the views.

import { Acts } from './acts.js';
import { Api } from './api.js';
import { Connection } from './connection.js';
import { DEFAULT_LIMITS, newId } from './protocol.js';
import { Entrance } from './entrance.js';
import { PageView } from './view/page.js';
import { Places } from './places.js';
import { Probe } from './probe.js';
import { Remembered, sharedStorage } from './remembered.js';
import { Rooms } from './rooms.js';
import { Session } from './session.js';
import { Siblings } from './siblings.js';
import { chatUrl, scopeOf } from './addresses.js';
import { faceOf } from './face.js';
import { translate } from './words.js';

class Page {
  #session = new Session();
  #api = new Api(document.baseURI);
  #entrance = new Entrance(this.#api, this.#session, this);
  #probe = new Probe(this.#api, this);
  #connection = new Connection(() => chatUrl(document.baseURI), this);
  #rooms = new Rooms(this.#context(), this);
  #places = new Places(this.#rooms, new Remembered(sharedStorage(), scopeOf(document.baseURI)));
  #siblings = new Siblings(scopeOf(document.baseURI), this);
  #view = new PageView(document, new Acts(this.#parts(), this));
  #limits = DEFAULT_LIMITS;
  #me = null; // { name, isGuest } as the chat said it last
  #wish = null; // what somebody who is in wants at the door

  start() {
    translate(document);
    this.#view.start();
    this.#rooms.start();
    window.addEventListener('hashchange', this.#hashChanged);
    document.addEventListener('visibilitychange', this.#visibilityChanged);
    this.#siblings.start();
    this.#places.restore();
    this.#entrance.start();
  }

  stop() {
    document.removeEventListener('visibilitychange', this.#visibilityChanged);
    window.removeEventListener('hashchange', this.#hashChanged);
    this.#entrance.stop();
    this.#siblings.stop();
    this.#connection.stop();
    this.#rooms.stop();
    this.#view.stop();
  }

  // What the entrance says

  entranceOpened() {
    this.#wish = null;
    this.#connection.start();
    this.entranceChanged();
  }

  entranceLeft() {
    this.#connection.stop();
    this.#forget();
    this.#places.forget();
    this.entranceChanged();
  }

  entranceChanged() {
    const wasOpen = this.#view.welcome.isOpen;
    if (!this.#session.isIn) {
      this.#wish = null;
      this.#connection.stop();
    }
    this.#view.welcome.draw(faceOf(this.#session, this.#wish, this.#rooms.hasUnsent));
    this.#view.account.draw(this.#session);
    this.roomsChanged();
    if (wasOpen && !this.#view.welcome.isOpen) this.#view.focus();
  }

  entranceRenewed() {
    this.#siblings.tell();
  }

  entranceWaits(retryAt) {
    this.entranceChanged();
    this.#view.status.draw('waiting', { retryAt, atDoor: true });
  }

  siblingsChanged() {
    this.#entrance.renewedElsewhere();
  }

  // What the connection and the rooms say

  connectionChanged(state, detail) {
    this.#view.status.draw(state, detail);
    if (state === 'away' && detail.atDoor) this.#entrance.turnedAway(detail);
  }

  connectionOpened(welcome) {
    const me = { name: welcome.sender, isGuest: welcome.guest === true };
    // A guest may become somebody else, who decides what becomes of what was written; an account leaves nothing behind.
    if (this.#me !== null && this.#me.name !== me.name) {
      if (this.#me.isGuest) this.#rooms.personChanged();
      else this.#forget();
    }
    this.#me = me;
    this.#limits = { ...DEFAULT_LIMITS, ...welcome.limits };
    this.#entrance.welcomed(welcome);
    this.entranceChanged();
    this.#rooms.connected();
  }

  connectionReceived(messages) {
    this.#rooms.receive(messages);
  }

  connectionLost() {
    this.#rooms.disconnected();
  }

  roomsChanged() {
    const { name, isGuest } = this.#me ?? this.#session;
    this.#view.draw(this.#rooms, { me: name, isGuest, limits: this.#limits });
  }

  // What the person's acts need

  changed() {
    this.roomsChanged();
  }

  wish(wish) {
    this.#wish = wish;
    this.entranceChanged();
  }

  /** Why there is no connection; asked while nobody knows. */
  unreached() {
    this.#probe.ask();
  }

  probeAnswered(closed) {
    this.#view.status.answered(closed);
  }

  tell(words) {
    this.#view.welcome.tell(words);
  }

  #forget() {
    this.#me = null;
    this.#rooms.forget();
    this.#view.forget();
    this.#places.home();
    this.#places.changed();
  }

  #hashChanged = () => {
    this.#places.changed();
    this.#view.drawers.close();
  };

  /** Somebody may have signed in in another tab meanwhile. */
  #visibilityChanged = () => {
    this.#rooms.looked(!document.hidden);
    const { isIn, state } = this.#session;
    if (!document.hidden && !isIn && state !== 'banned') this.#entrance.look();
  };

  #parts() {
    return { entrance: this.#entrance, connection: this.#connection, rooms: this.#rooms, places: this.#places };
  }

  #context() {
    return {
      newId,
      now: () => performance.timeOrigin + performance.now(),
      sender: () => this.#me?.name ?? null,
      send: (message) => this.#connection.send(message),
    };
  }
}

new Page().start();
