// Wires the page: what the server says goes to the session and the rooms, and from there to the views.

import { Acts } from './acts.js';
import { Api } from './api.js';
import { Attention } from './attention.js';
import { DEFAULT_LIMITS } from './protocol.js';
import { Directory } from './directory.js';
import { Entrance } from './entrance.js';
import { PageView } from './view/page.js';
import { ParleyClient } from './parley-client.js';
import { Places } from './places.js';
import { Probe } from './probe.js';
import { Remembered, sharedStorage } from './remembered.js';
import { Rooms } from './rooms.js';
import { Session } from './session.js';
import { Settings } from './settings.js';
import { Siblings } from './siblings.js';
import { Unsent, ownStorage } from './unsent.js';
import { chatUrl, scopeOf } from './addresses.js';
import { faceOf } from './face.js';
import { translate } from './words.js';

const scope = scopeOf(document.baseURI);
/** How many rooms the directory shows at once; whoever looks for another one types. */
const ROOMS_SHOWN = 100;

class Page {
  #settings = new Settings(sharedStorage(), scope, () => window.dispatchEvent(new Event('parley:settings')));
  #session = new Session();
  #api = new Api(document.baseURI);
  #entrance = new Entrance(this.#api, this.#session, this);
  #probe = new Probe(this.#api, this);
  #client = new ParleyClient(chatUrl(document.baseURI));
  #rooms = new Rooms(this.#context(), this);
  #remembered = new Remembered(sharedStorage(), scope);
  #places = new Places(this.#rooms, this.#remembered);
  #attention = new Attention(scope, { rooms: this.#rooms, remembered: this.#remembered, settings: this.#settings }, this.#context(), this);
  #directory = new Directory((part) => this.#look(part), () => this.roomsChanged());
  #unsent = new Unsent(ownStorage(), scope, this.#rooms);
  #siblings = new Siblings(scope, this);
  #view = new PageView(document, new Acts(this.#parts(), this), { directory: this.#directory, settings: this.#settings });
  #limits = DEFAULT_LIMITS;
  #me = null; // { name, isGuest } as the chat said it last
  #wish = null; // what somebody who is in wants at the door

  start() {
    translate(document);
    this.#view.start();
    this.#rooms.start();
    this.#unsent.start();
    this.#client.addEventListener('state', this.#connectionChanged);
    this.#client.addEventListener('welcome', this.#welcomed);
    window.addEventListener('hashchange', this.#hashChanged);
    document.addEventListener('visibilitychange', this.#visibilityChanged);
    this.#attention.start();
    this.#siblings.start();
    this.#places.restore();
    this.#entrance.start();
  }

  stop() {
    this.#attention.stop();
    document.removeEventListener('visibilitychange', this.#visibilityChanged);
    window.removeEventListener('hashchange', this.#hashChanged);
    this.#entrance.stop();
    this.#siblings.stop();
    this.#client.stop();
    this.#client.removeEventListener('welcome', this.#welcomed);
    this.#client.removeEventListener('state', this.#connectionChanged);
    this.#unsent.stop();
    this.#rooms.stop();
    this.#view.stop();
  }

  // What the entrance says

  entranceOpened() {
    this.#wish = null;
    this.#comes(this.#session.name);
    this.#unsent.is(this.#session.name, this.#session.isGuest);
    this.#client.start();
    this.entranceChanged();
  }

  entranceLeft() {
    this.#client.stop();
    this.#forget();
    this.#places.forget();
    this.entranceChanged();
  }

  entranceChanged() {
    const wasOpen = this.#view.welcome.isOpen;
    if (!this.#session.isIn) {
      this.#wish = null;
      this.#client.stop();
    }
    this.#view.welcome.draw(faceOf(this.#session, this.#wish, this.#rooms.hasUnsent));
    this.#view.account.draw(this.#session);
    this.roomsChanged();
    if (wasOpen && !this.#view.welcome.isOpen) this.#view.focus();
    this.#attention.look();
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

  #connectionChanged = ({ detail }) => {
    this.#view.status.draw(detail.state, detail);
    if (detail.state === 'away' && detail.atDoor) this.#entrance.turnedAway(detail);
  };

  #welcomed = ({ detail: welcome }) => {
    const me = { name: welcome.sender, isGuest: welcome.guest === true };
    this.#comes(me.name);
    this.#me = me;
    this.#unsent.is(me.name, me.isGuest);
    this.#limits = { ...DEFAULT_LIMITS, ...welcome.limits };
    this.#entrance.welcomed(welcome);
    this.entranceChanged();
  };

  roomsChanged() {
    this.#attention.follow();
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

  noticeOpened(name) {
    this.#places.go(name);
  }

  mention(name) {
    this.#view.mention(name);
  }

  /** A guest may become somebody else, who decides what becomes of what was written; an account leaves nothing behind. */
  #comes(name) {
    if (this.#me !== null && this.#me.name !== name && !this.#me.isGuest) this.#forget();
  }

  #forget() {
    this.#me = null;
    this.#directory.forget();
    this.#attention.forget();
    this.#unsent.forget();
    this.#rooms.forget();
    this.#view.forget();
    this.#places.home();
    this.#places.changed();
  }

  #hashChanged = () => {
    this.#places.changed();
    this.#attention.look();
    this.#view.drawers.close();
    this.#view.arrived();
  };

  /** Somebody may have signed in in another tab meanwhile. */
  #visibilityChanged = () => {
    this.#rooms.looked(!document.hidden);
    const { isIn, state } = this.#session;
    if (!document.hidden && !isIn && state !== 'banned') this.#entrance.look();
  };

  #parts() {
    return { entrance: this.#entrance, connection: this.#client, rooms: this.#rooms, places: this.#places };
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

  #context() {
    return {
      arrived: (room, messages) => this.#attention.arrived(room, messages),
      client: this.#client,
      now: () => performance.timeOrigin + performance.now(),
      sender: () => this.#me?.name ?? null,
    };
  }
}

new Page().start();
