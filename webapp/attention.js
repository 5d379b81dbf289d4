// Whether somebody looks at the page, and at which room: what is read by that, also in other tabs, and of what to notify them.

import { Notices } from './notices.js';
import { Positions } from './positions.js';
import { isMentioned } from './mentions.js';
import { sharedStorage } from './remembered.js';
import { t } from './words.js';

export class Attention {
  #rooms;
  #remembered;
  #positions;
  #notices;
  #delegate;

  /**
   * `context`: `now()`, `sender()`. The delegate: `isInChat`; `roomsChanged()`, something was read in another tab;
   * `noticeOpened(name)`, a notification was clicked.
   */
  constructor(scope, { rooms, remembered, settings }, context, delegate) {
    this.#rooms = rooms;
    this.#remembered = remembered;
    this.#positions = new Positions(rooms, remembered, context);
    this.#notices = new Notices(scope, sharedStorage(), {
      how: () => settings.get('notify'),
      calls: (content) => isMentioned(content, context.sender()),
      titleOf: ({ sender }, { name }) => t('notify.title', { name: sender, room: name }),
      opened: (name) => delegate.noticeOpened(name),
    });
    this.#delegate = delegate;
  }

  start() {
    window.addEventListener('focus', this.look);
    window.addEventListener('blur', this.look);
    window.addEventListener('pagehide', this.#gone);
    window.addEventListener('storage', this.#stored);
    document.addEventListener('visibilitychange', this.#visibilityChanged);
  }

  stop() {
    document.removeEventListener('visibilitychange', this.#visibilityChanged);
    window.removeEventListener('storage', this.#stored);
    window.removeEventListener('pagehide', this.#gone);
    window.removeEventListener('blur', this.look);
    window.removeEventListener('focus', this.look);
  }

  /** To be called whenever a room may have changed, and about once a second. */
  follow() {
    this.#positions.follow();
    this.#notices.follow(this.#rooms.all);
  }

  /** Others said something. */
  arrived(room, messages) {
    this.#notices.arrived(room, messages);
  }

  /** At a window that is behind another one, or in another tab, nobody looks. */
  look = () => {
    const isLooked = this.#delegate.isInChat && !document.hidden && document.hasFocus();
    this.#notices.look(isLooked ? (this.#rooms.current?.name ?? null) : null);
  };

  /** Nothing is left for whoever sits here next. */
  forget() {
    this.#notices.forget();
  }

  #visibilityChanged = () => {
    if (document.hidden) this.#positions.write();
    this.look();
  };

  #gone = () => this.#positions.write();

  #stored = (event) => {
    if (this.#remembered.isAboutRead(event) && this.#positions.readElsewhere()) this.#delegate.roomsChanged();
  };
}
