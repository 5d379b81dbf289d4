// What the person does, each by the name of the view in which it is done.

import { neighbour } from './order.js';

export class Acts {
  #entrance;
  #connection;
  #rooms;
  #places;
  #page;

  /**
   * `page`: `changed()` draws what is new, `wish(wish)` opens the door (see face.js), `tell(words)` says something there,
   * `unreached()` finds out why there is no connection, `mention(name)` puts a name into what is being written, `open(dialog)`
   * shows one, `left(room, byKey)` offers the way back, `focus(where)`, `say(room)` and `isInChat` are for the keys.
   */
  constructor({ entrance, connection, rooms, places }, page) {
    this.#entrance = entrance;
    this.#connection = connection;
    this.#rooms = rooms;
    this.#places = places;
    this.#page = page;
  }

  welcomeJoin = (values) => this.#entrance.join(values);
  welcomeSignIn = (values) => this.#entrance.signIn(values);
  welcomeSignUp = (values) => this.#entrance.signUp(values);
  welcomeFollow = () => this.#entrance.follow();
  welcomeRetry = () => this.#entrance.look();
  welcomeCancel = () => this.#page.wish(null);

  welcomeSignOut = async () => {
    const refusal = await this.#entrance.signOut();
    if (refusal !== null) this.#page.tell(refusal.words);
  };

  accountWish = (wish) => this.#page.wish(wish);
  accountPassword = (values) => this.#entrance.changePassword(values);
  accountDelete = (values) => this.#entrance.deleteAccount(values);
  accountSignOut = () => this.#entrance.signOut();
  accountHasUnsent = () => this.#rooms.hasUnsent;

  roomsLeave = (name, byKey) => this.#page.left(this.#places.leave(name), byKey);
  roomsFind = () => this.#page.open('directory');
  leftUndo = (room) => this.#places.comeBack(room);
  directoryGo = (name) => this.#places.go(name);
  headingLeave = (name) => this.roomsLeave(name, false);
  settingsKeys = () => this.#page.open('keys');
  settingsReload = () => location.reload();
  keysSingle = () => this.#page.areSingleKeysOn;
  keysAct = (act) => this.#keys[act]?.() ?? true;

  composerSay = (content) => this.#do((room) => room.say(content));
  composerTyping = () => this.#rooms.current.compose();
  timelineOlder = () => this.#do((room) => room.pages.older());
  timelineFill = (from) => this.#do((room) => room.pages.load(from));
  timelineRetry = (id) => this.#do((room) => room.again(id));
  timelineDiscard = (id) => this.#do((room) => room.outbox.discard(id));
  timelineMention = (name) => this.#page.mention(name);
  rosterMore = () => this.#do((room) => room.census.more());
  headingRetry = () => this.#do((room) => room.join());

  statusRetry = () => this.#connection.retry();
  statusReload = () => location.reload();
  statusUnreached = () => this.#page.unreached();

  /** What the keys do; false where it means nothing now. */
  #keys = {
    keys: () => this.#page.open('keys'),
    settings: () => this.#page.open('settings'),
    find: () => this.#page.open('directory'),
    write: () => this.#page.focus('composer'),
    read: () => this.#page.focus('talk'),
    next: () => this.#step(1),
    previous: () => this.#step(-1),
    nextUnread: () => this.#step(1, ({ unread }) => unread > 0),
    previousUnread: () => this.#step(-1, ({ unread }) => unread > 0),
  };

  #step(step, isWanted) {
    if (!this.#page.isInChat) return false;
    const room = neighbour(this.#rooms.all, this.#rooms.current, step, isWanted);
    if (room === null) return true;
    this.#page.say(room);
    this.#places.go(room.name);
    return true;
  }

  #do(act) {
    if (this.#rooms.current === null) return undefined;
    const answer = act(this.#rooms.current);
    this.#page.changed();
    return answer;
  }
}
