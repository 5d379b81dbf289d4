// The list of rooms this person is in, with what is unread, and the way to others.

import { button, keep, make, setText } from './dom.js';
import { inOrder } from '../order.js';
import { locale, t } from '../words.js';

const numbers = new Intl.NumberFormat(locale);
const MOST_SHOWN = 999;

export class RoomsView {
  #list;
  #find;
  #elsewhere;
  #delegate;

  /** The delegate: `roomsLeave(name, byKey)` leaves a room, `roomsFind()` looks for one. */
  constructor(root, delegate) {
    this.#list = root.querySelector('#room-list');
    this.#find = root.querySelectorAll('[data-find]');
    this.#elsewhere = root.querySelector('.elsewhere');
    this.#delegate = delegate;
  }

  start() {
    this.#list.addEventListener('keydown', this.#pressed);
    for (const each of this.#find) each.addEventListener('click', this.#findAsked);
  }

  stop() {
    this.#list.removeEventListener('keydown', this.#pressed);
    for (const each of this.#find) each.removeEventListener('click', this.#findAsked);
  }

  draw(rooms, current) {
    const before = this.#list.querySelector('[aria-current]');
    keep(
      this.#list,
      inOrder(rooms),
      (room) => room.name,
      (room) => this.#create(room),
      (element, room) => update(element, room, room === current),
    );
    // On a narrow screen the list is in a drawer: its button says that there is something in it.
    const others = rooms.filter((room) => room !== current && room.unread > 0);
    this.#elsewhere.hidden = others.length === 0;
    this.#elsewhere.classList.toggle('calls', others.some(({ mentions }) => mentions > 0));
    const now = this.#list.querySelector('[aria-current]');
    if (now !== before) now?.scrollIntoView({ block: 'nearest' });
  }

  #create({ name }) {
    const element = make('li', 'room');
    const link = make('a', 'room-link');
    link.href = `#${encodeURIComponent(name)}`;
    link.title = name;
    const marks = make('span', 'room-marks');
    const called = make('span', 'called-mark', '@');
    const unread = make('span', 'unread');
    for (const each of [called, unread]) each.setAttribute('aria-hidden', 'true');
    marks.append(called, unread);
    link.append(make('bdi', 'room-label', name), make('span', 'for-ear room-words'), marks);
    const leave = button('room-leave quiet', '×', t('rooms.leave', { room: name }), (event) => {
      this.#delegate.roomsLeave(name, event.detail === 0);
    });
    leave.title = t('rooms.leave', { room: name });
    element.append(link, leave);
    return element;
  }

  #findAsked = () => this.#delegate.roomsFind();

  #pressed = (event) => {
    const room = event.target.closest('.room-link')?.closest('.room');
    if (event.key !== 'Delete' || room === null || room === undefined) return;
    event.preventDefault();
    this.#delegate.roomsLeave(room.dataset.key, true);
  };
}

/** What is unread of a room, as far as it is counted: "3", "50+". */
export function unreadOf({ unread, unreadMore = false }) {
  if (unread > MOST_SHOWN) return `${numbers.format(MOST_SHOWN)}+`;
  return `${numbers.format(unread)}${unreadMore ? '+' : ''}`;
}

/** The same for the ear; empty when everything is read. */
export function unreadWords({ state, unread, mentions, unreadMore = false }) {
  const words = [];
  if (state === 'refused') words.push(t('rooms.notIn'));
  if (unread > 0) words.push(t(unreadMore ? 'rooms.unreadMore' : 'rooms.unread', { count: unread }));
  if (mentions > 0) words.push(t('rooms.mentions', { count: mentions }));
  return words.join(', ');
}

function update(element, room, isCurrent) {
  const link = element.querySelector('.room-link');
  if (isCurrent) link.setAttribute('aria-current', 'page');
  else link.removeAttribute('aria-current');
  element.classList.toggle('refused', room.state === 'refused');
  element.classList.toggle('news', room.unread > 0);
  element.querySelector('.called-mark').hidden = room.mentions === 0;
  const unread = element.querySelector('.unread');
  unread.hidden = room.unread === 0;
  setText(unread, unreadOf(room));
  setText(element.querySelector('.room-words'), unreadWords(room));
}
