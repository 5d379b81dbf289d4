// What the person does, each by the name of the view in which it is done.

export class Acts {
  #entrance;
  #connection;
  #rooms;
  #places;
  #page;

  /**
   * `page`: `changed()` draws what is new, `wish(wish)` opens the door (see face.js), `tell(words)` says something there,
   * `unreached()` finds out why there is no connection.
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

  roomsEnter = (name) => this.#places.go(name);
  roomsLeave = (name) => this.#places.leave(name);

  composerSay = (content) => this.#do((room) => room.say(content));
  composerTyping = () => this.#rooms.current.compose();
  timelineOlder = () => this.#do((room) => room.pages.older());
  timelineFill = (from) => this.#do((room) => room.pages.fill(from));
  timelineRetry = (id) => this.#do((room) => room.again(id));
  timelineDiscard = (id) => this.#do((room) => room.outbox.discard(id));
  rosterMore = () => this.#do((room) => room.census.more());
  headingRetry = () => this.#do((room) => room.join());

  statusRetry = () => this.#connection.retry();
  statusReload = () => location.reload();
  statusUnreached = () => this.#page.unreached();

  #do(act) {
    const answer = act(this.#rooms.current);
    this.#page.changed();
    return answer;
  }
}
