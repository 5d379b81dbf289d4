// All views of the page, drawn together: at most once a frame, however much arrives.

import { AccountView } from './account.js';
import { AttentionView } from './attention.js';
import { ComposerView } from './composer.js';
import { DirectoryView } from './directory.js';
import { Drawers } from './drawers.js';
import { HeadingView } from './heading.js';
import { KeysView } from './keys.js';
import { LeftView } from './left.js';
import { RoomsView, unreadOf, unreadWords } from './rooms.js';
import { RosterView } from './roster.js';
import { SettingsView } from './settings.js';
import { SkipsView } from './skips.js';
import { StatusView } from './status.js';
import { TimelineView } from './timeline.js';
import { WelcomeView } from './welcome.js';
import { t } from '../words.js';

export class PageView {
  #attention;
  #heading;
  #composer;
  #list;
  #roster;
  #timeline;
  #rooms = null;
  #person = null;
  #frame = null;

  /** The delegate hears what the views ask of theirs. `directory` and `settings` are what their dialogs show. */
  constructor(root, delegate, { directory, settings }) {
    this.#attention = new AttentionView(root);
    this.#heading = new HeadingView(root, delegate);
    this.#composer = new ComposerView(root, delegate);
    this.#list = new RoomsView(root, delegate);
    this.#roster = new RosterView(root, delegate, (name) => this.mention(name));
    this.#timeline = new TimelineView(root, delegate);
    this.account = new AccountView(root, delegate);
    this.welcome = new WelcomeView(root, delegate);
    this.directory = new DirectoryView(root, delegate, directory);
    this.drawers = new Drawers(root);
    this.keys = new KeysView(root, delegate);
    this.left = new LeftView(root, delegate);
    this.settings = new SettingsView(root, delegate, settings);
    this.skips = new SkipsView(root);
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
    this.#rooms = rooms;
    this.#person = person;
    this.#drawTitle();
    this.#frame ??= requestAnimationFrame(this.#drawNow);
  }

  /** Nothing typed is left for whoever comes next. */
  forget() {
    this.left.hide();
    this.#composer.forget();
  }

  focus() {
    if (this.#rooms?.current !== null) this.#composer.focus();
  }

  /** Whoever came to another room by the list goes on to write; a keyboard on the screen would hide what there is to read. */
  arrived() {
    const { activeElement, body } = document;
    const isLost = activeElement === null || activeElement === body || !activeElement.checkVisibility();
    const isInList = activeElement?.closest('#rooms, #nowhere') !== null;
    this.#drawNow(); // what is to have the focus has to be there
    if ((isLost || isInList) && !matchMedia('(pointer: coarse)').matches) this.focus();
  }

  /** Which room came into view without the focus moving, for the ear. */
  say(room) {
    const words = unreadWords(room);
    this.#heading.say(words === '' ? t('rooms.now', { room: room.name }) : `${t('rooms.now', { room: room.name })}, ${words}`);
  }

  mention(name) {
    this.drawers.close();
    this.#composer.mention(name);
  }

  #drawNow = () => {
    cancelAnimationFrame(this.#frame);
    this.#frame = null;
    if (this.#rooms === null) return;
    const { all, current } = this.#rooms;
    const { me, isGuest, limits } = this.#person;
    this.skips.draw(!this.welcome.isOpen && current !== null);
    if (this.welcome.isOpen) {
      this.directory.close();
      this.left.hide();
      return;
    }
    this.#heading.draw(current);
    this.#list.draw(all, current);
    this.directory.draw(all);
    if (current === null) return;
    this.#roster.draw(current, me);
    this.#timeline.draw(current, me, isGuest);
    this.#composer.draw(current, limits, { me, rooms: all });
  };

  /** By itself, because a hidden page draws nothing but still shows its title. */
  #drawTitle() {
    const { all, current, unread } = this.#rooms;
    const unreadMore = all.some((room) => room.unreadMore);
    if (this.welcome.isOpen) this.#attention.draw(this.welcome.pageTitle, '');
    else this.#attention.draw(current === null ? 'Parley' : `#${current.name} · Parley`, unread === 0 ? '' : unreadOf({ unread, unreadMore }));
  }

  #views() {
    const drawn = [this.#heading, this.#composer, this.#list, this.#roster, this.#timeline];
    const others = [this.account, this.welcome, this.directory, this.drawers, this.keys, this.left, this.settings, this.skips, this.status];
    return [...drawn, ...others];
  }
}
