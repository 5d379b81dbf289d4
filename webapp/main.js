// Wires the page: what the server says goes to the session and the rooms, and from there to the views.

import { Acts } from './acts.js';
import { Api } from './api.js';
import { Connection } from './connection.js';
import { DEFAULT_LIMITS, newId } from './protocol.js';
import { Entrance } from './entrance.js';
import { Directory } from './directory.js';
import { Notices } from './notices.js';
import { PageView } from './view/page.js';
import { Places } from './places.js';
import { Positions } from './positions.js';
import { Probe } from './probe.js';
import { Remembered, sharedStorage } from './remembered.js';
import { Rooms } from './rooms.js';
import { Session } from './session.js';
import { Settings } from './settings.js';
import { Siblings } from './siblings.js';
import { chatUrl, scopeOf } from './addresses.js';
import { faceOf } from './face.js';
import { isMentioned } from './mentions.js';
import { t, translate } from './words.js';

const scope = scopeOf(document.baseURI);
/** How many rooms the directory shows at once; whoever looks for another one types. */
const ROOMS_SHOWN = 100;

class Page {
  #settings = new Settings(sharedStorage(), scope, () => window.dispatchEvent(new Event('parley:settings')));
  #session = new Session();
  #api = new Api(document.baseURI);
  #entrance = new Entrance(this.#api, this.#session, this);
  #probe = new Probe(this.#api, this);
  #connection = new Connection(() => chatUrl(document.baseURI), this);
  #rooms = new Rooms(this.#context(), this);
  #remembered = new Remembered(sharedStorage(), scope);
  #places = new Places(this.#rooms, this.#remembered);
  #positions = new Positions(this.#rooms, this.#remembered, this.#context());
  #notices = new Notices(scope, sharedStorage(), this.#noticed());
  #directory = new Directory((part) => this.#look(part), () => this.roomsChanged());
  #siblings = new Siblings(scope, this);
  #view = new PageView(document, new Acts(this.#parts(), this), { directory: this.#directory, settings: this.#settings });
  #limits = DEFAULT_LIMITS;
  #me = null; // { name, isGuest } as the chat said it last
  #wish = null; // what somebody who is in wants at the door

  start() {
    translate(document);
    this.#view.start();
    this.#rooms.start();
    window.addEventListener('hashchange', this.#hashChanged);
    document.addEventListener('visibilitychange', this.#visibilityChanged);
    window.addEventListener('focus', this.#attended);
    window.addEventListener('blur', this.#attended);
    window.addEventListener('pagehide', this.#gone);
    window.addEventListener('storage', this.#stored);
    this.#siblings.start();
    this.#places.restore();
    this.#entrance.start();
  }

  stop() {
    window.removeEventListener('storage', this.#stored);
    window.removeEventListener('pagehide', this.#gone);
    window.removeEventListener('blur', this.#attended);
    window.removeEventListener('focus', this.#attended);
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
    this.#attended();
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
    this.#positions.follow();
    this.#notices.follow(this.#rooms.all);
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

  get isInChat() {
    return this.#session.isIn && !this.#view.welcome.isOpen;
  }

  get areSingleKeysOn() {
    return this.#settings.get('singleKeys') === 'on';
  }

  /** A dialog by its name. Rooms there are only for who is in. */
  open(dialog) {
    if (dialog === 'directory' && !this.isInChat) return false;
    this.#view.drawers.close();
    this.#view[dialog].open();
    return true;
  }

  left(room, byKey) {
    if (room !== null) this.#view.left.show(room, byKey);
  }

  focus(where) {
    if (!this.isInChat || this.#rooms.current === null) return false;
    if (where === 'composer') this.#view.focus();
    else document.querySelector('#talk-scroll').focus();
    return true;
  }

  say(room) {
    this.#view.say(room);
  }

  tell(words) {
    this.#view.welcome.tell(words);
  }

  #forget() {
    this.#me = null;
    this.#directory.forget();
    this.#notices.forget();
    this.#rooms.forget();
    this.#view.forget();
    this.#places.home();
    this.#places.changed();
  }

  #hashChanged = () => {
    this.#places.changed();
    this.#attended();
    this.#view.drawers.close();
    this.#view.arrived();
  };

  /** Whether somebody looks: at a window that is behind another one, or in another tab, nobody does. */
  #attended = () => {
    const isLooked = this.isInChat && !document.hidden && document.hasFocus();
    this.#notices.look(isLooked ? (this.#rooms.current?.name ?? null) : null);
  };

  #gone = () => this.#positions.write();

  #stored = (event) => {
    if (this.#remembered.isAboutRead(event) && this.#positions.readElsewhere()) this.roomsChanged();
  };

  /** Somebody may have signed in in another tab meanwhile. */
  #visibilityChanged = () => {
    this.#rooms.looked(!document.hidden);
    if (document.hidden) this.#positions.write();
    this.#attended();
    const { isIn, state } = this.#session;
    if (!document.hidden && !isIn && state !== 'banned') this.#entrance.look();
  };

  #parts() {
    return { entrance: this.#entrance, connection: this.#connection, rooms: this.#rooms, places: this.#places };
  }

  /** The rooms there are, with a part in their names. A session that is over is the door's matter. */
  async #look(part) {
    try {
      return await this.#api.rooms(part, ROOMS_SHOWN);
    } catch (problem) {
      if (problem.code === 'not_signed_in' || problem.code === 'banned') this.#entrance.look();
      throw problem;
    }
  }

  /** What notifications need to know, and do. */
  #noticed() {
    return {
      how: () => this.#settings.get('notify'),
      calls: (content) => isMentioned(content, this.#me?.name ?? null),
      titleOf: ({ sender }, { name }) => t('notify.title', { name: sender, room: name }),
      opened: (name) => this.#places.go(name),
    };
  }

  #context() {
    return {
      arrived: (room, messages) => this.#notices.arrived(room, messages),
      newId,
      now: () => performance.timeOrigin + performance.now(),
      sender: () => this.#me?.name ?? null,
      send: (message) => this.#connection.send(message),
    };
  }
}

new Page().start();
