// Wires the page: what the connection says goes to the rooms, what the person does goes to the connection.

import { Connection } from './connection.js';
import { DEFAULT_LIMITS, canonicalRoom, newId } from './protocol.js';
import { Rooms } from './rooms.js';
import { Session, chatUrl, sharedStorage } from './session.js';
import { PageView } from './view/page.js';

const DEFAULT_ROOM = 'lobby';
const NAME_TAKEN = 4409;

class Page {
  #session = new Session(sharedStorage(), new URL('.', document.baseURI).pathname);
  #connection = new Connection(() => chatUrl(document.baseURI, this.#session.query()), this);
  #rooms = new Rooms(this.#context(), this);
  #view = new PageView(document, this);
  #limits = DEFAULT_LIMITS;
  #me = null; // this person's name, once the server has said it
  #away = null; // why we stay away

  start() {
    this.#view.start();
    this.#rooms.start();
    window.addEventListener('hashchange', this.#hashChanged);
    window.addEventListener('storage', this.#storageChanged);
    document.addEventListener('visibilitychange', this.#visibilityChanged);
    for (const name of this.#session.rooms) this.#rooms.enter(name);
    this.#hashChanged();
    if (this.#session.name === null) this.#view.door.open('');
    else this.#comeBack();
  }

  stop() {
    document.removeEventListener('visibilitychange', this.#visibilityChanged);
    window.removeEventListener('storage', this.#storageChanged);
    window.removeEventListener('hashchange', this.#hashChanged);
    this.#connection.stop();
    this.#rooms.stop();
    this.#view.stop();
  }

  // What the connection and the rooms say

  connectionChanged(state, detail) {
    this.#away = state === 'away' ? detail : null;
    this.#view.status.draw(state, detail);
    if (this.#away?.askName) this.#nameRefused();
  }

  connectionOpened(welcome) {
    if (this.#me !== null && this.#me !== welcome.sender) this.#rooms.personChanged();
    this.#me = welcome.sender;
    this.#limits = { ...DEFAULT_LIMITS, ...welcome.limits };
    this.#session.welcome(welcome.sender, welcome.session, welcome.guest);
    if (this.#view.door.isOpen) {
      this.#view.door.close();
      this.#view.focus();
    }
    this.#rooms.connected();
  }

  connectionReceived(messages) {
    this.#rooms.receive(messages);
  }

  connectionLost() {
    this.#rooms.disconnected();
  }

  roomsChanged() {
    this.#view.draw(this.#rooms, { me: this.#me ?? this.#session.name, isGuest: this.#session.isGuest, limits: this.#limits });
  }

  // What the person does

  doorEntered(name) {
    this.#session.take(name);
    this.#connection.start();
  }

  roomsEnter(name) {
    location.hash = encodeURIComponent(name);
    this.#hashChanged();
  }

  roomsLeave(name) {
    const wasCurrent = this.#rooms.current.name === name;
    this.#rooms.leave(name);
    this.#session.rooms = this.#rooms.names;
    if (wasCurrent) this.roomsEnter(this.#rooms.names[0] ?? DEFAULT_ROOM);
  }

  composerSay = (content) => this.#do((room) => room.say(content));
  timelineOlder = () => this.#do((room) => room.pages.older());
  timelineFill = (from) => this.#do((room) => room.pages.fill(from));
  timelineRetry = (id) => this.#do((room) => room.again(id));
  timelineDiscard = (id) => this.#do((room) => room.outbox.discard(id));
  rosterMore = () => this.#do((room) => room.census.more());
  headingRetry = () => this.#do((room) => room.join());
  headingRename = () => this.#view.door.open(this.#me ?? this.#session.name, '', this.#me !== null);
  statusRetry = () => this.#connection.retry();

  #do(act) {
    const answer = act(this.#rooms.current);
    this.roomsChanged();
    return answer;
  }

  #comeBack() {
    this.#view.door.close();
    this.#connection.start();
  }

  #nameRefused() {
    if (this.#away.code === NAME_TAKEN && this.#session.adopt()) this.#comeBack();
    else this.#view.door.open(this.#session.name, this.#away.words);
  }

  #hashChanged = () => {
    this.#rooms.show(roomInHash() ?? DEFAULT_ROOM, !document.hidden);
    this.#session.rooms = this.#rooms.names;
    this.#view.drawers.close();
  };

  /** Another tab may have got a newer secret for the name that was refused to us. */
  #storageChanged = ({ key }) => {
    if (this.#away?.code === NAME_TAKEN && this.#session.concerns(key) && this.#session.adopt()) this.#comeBack();
  };

  #visibilityChanged = () => this.#rooms.looked(!document.hidden);

  #context() {
    return {
      newId,
      now: () => performance.timeOrigin + performance.now(),
      sender: () => this.#me,
      send: (message) => this.#connection.send(message),
    };
  }
}

function roomInHash() {
  try {
    return canonicalRoom(decodeURIComponent(location.hash.slice(1)));
  } catch {
    return null;
  }
}

new Page().start();
