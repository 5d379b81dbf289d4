// All views of the page, drawn together: at most once a frame, however much arrives.

import { AccountView } from './account.js';
import { ComposerView } from './composer.js';
import { Drawers } from './drawers.js';
import { HeadingView } from './heading.js';
import { RoomsView } from './rooms.js';
import { RosterView } from './roster.js';
import { StatusView } from './status.js';
import { TimelineView } from './timeline.js';
import { WelcomeView } from './welcome.js';

export class PageView {
  #heading;
  #composer;
  #list;
  #roster;
  #timeline;
  #rooms = null;
  #person = null;
  #frame = null;

  /** The delegate hears what the views ask of theirs. */
  constructor(root, delegate) {
    this.#heading = new HeadingView(root, delegate);
    this.#composer = new ComposerView(root, delegate);
    this.#list = new RoomsView(root, delegate);
    this.#roster = new RosterView(root, delegate, (name) => this.#mention(name));
    this.#timeline = new TimelineView(root, delegate);
    this.account = new AccountView(root, delegate);
    this.welcome = new WelcomeView(root, delegate);
    this.drawers = new Drawers(root);
    this.status = new StatusView(root, delegate);
  }

  start() {
    for (const view of this.#views()) view.start();
  }

  stop() {
    cancelAnimationFrame(this.#frame);
    for (const view of this.#views()) view.stop();
  }

  /** `person`: `me`, the name, `isGuest`, and `limits`, what may be sent. */
  draw(rooms, person) {
    if (rooms.current === null) return;
    this.#rooms = rooms;
    this.#person = person;
    if (!this.welcome.isOpen) this.#heading.title(rooms.current, rooms.unread);
    this.#frame ??= requestAnimationFrame(this.#drawNow);
  }

  /** Nothing typed is left for whoever comes next. */
  forget() {
    this.#list.reset();
    this.#composer.forget();
  }

  focus() {
    this.#composer.focus();
  }

  #mention(name) {
    this.drawers.close();
    this.#composer.mention(name);
  }

  #drawNow = () => {
    this.#frame = null;
    const { all, current, unread } = this.#rooms;
    const { me, isGuest, limits } = this.#person;
    if (current === null || this.welcome.isOpen) return;
    this.#heading.draw(current, unread);
    this.#list.draw(all, current);
    this.#roster.draw(current, me);
    this.#timeline.draw(current, me, isGuest);
    this.#composer.draw(current, limits, { me, rooms: all });
  };

  #views() {
    const drawn = [this.#heading, this.#composer, this.#list, this.#roster, this.#timeline];
    return [...drawn, this.account, this.welcome, this.drawers, this.status];
  }
}
