// The people in the room in view, and how many they are. Whoever is chosen is called in what is being written.

import { avatarOf, keep, make, nameOf, setText } from './dom.js';
import { listed } from '../roster.js';
import { t } from '../words.js';

/** With more people than this one looks for names. */
const MANY = 20;
/** While fewer are found, and not more often than this, the rest of a large room is read. */
const ENOUGH = 50;
const PAUSE_MS = 400;

export class RosterView {
  #list;
  #count;
  #filter;
  #status;
  #more;
  #delegate;
  #mention;
  #observer = new IntersectionObserver((entries) => entries.at(-1).isIntersecting && this.#moreAsked());
  #room = null;
  #me = null;
  #drawn = '';
  #askedAt = 0;

  /** The delegate: `rosterMore()`; `mention(name)` writes of somebody. */
  constructor(root, delegate, mention = () => {}) {
    this.#list = root.querySelector('#people-list');
    this.#count = root.querySelector('#people-count');
    this.#filter = root.querySelector('#people-filter');
    this.#status = root.querySelector('#people-status');
    this.#more = root.querySelector('#people-more');
    this.#delegate = delegate;
    this.#mention = mention;
  }

  start() {
    this.#more.addEventListener('click', this.#moreAsked);
    this.#filter.addEventListener('input', this.#filtered);
    this.#list.addEventListener('click', this.#clicked);
    this.#list.addEventListener('keydown', this.#pressed);
    this.#observer.observe(this.#more);
  }

  stop() {
    this.#more.removeEventListener('click', this.#moreAsked);
    this.#filter.removeEventListener('input', this.#filtered);
    this.#list.removeEventListener('click', this.#clicked);
    this.#list.removeEventListener('keydown', this.#pressed);
    this.#observer.disconnect();
  }

  draw(room, me) {
    if (room !== this.#room) this.#filter.value = '';
    this.#room = room;
    this.#me = me;
    const { roster, name } = room;
    const drawn = `${name} ${roster.revision} ${me} ${this.#filter.value}`;
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    setText(this.#count, roster.count === 0 ? '' : t('people.number', { count: roster.count }));
    this.#filter.hidden = roster.count <= MANY && this.#filter.value === '';
    this.#drawNames(roster);
  }

  #drawNames(roster) {
    const filter = this.#filter.hidden ? '' : this.#filter.value;
    const names = listed(roster.names, this.#me, filter);
    keep(this.#list, names, (sender) => sender, create, (element, sender) => this.#update(element, sender));
    const isReading = roster.hasMore && filter.trim() !== '' && names.length < ENOUGH;
    this.#more.hidden = !roster.hasMore;
    if (filter.trim() === '') setText(this.#status, '');
    else if (!isReading) setText(this.#status, names.length === 0 ? t('people.nobody') : t('people.shown', { count: names.length }));
    if (isReading) this.#read();
    this.#reach(this.#list.querySelector('[tabindex="0"]') ?? this.#list.querySelector('.person-act'));
  }

  #read() {
    if (performance.now() - this.#askedAt < PAUSE_MS) return;
    this.#askedAt = performance.now();
    this.#delegate.rosterMore();
  }

  #update(element, sender) {
    const isMe = sender === this.#me;
    const act = element.firstElementChild;
    if (act.dataset.me === String(isMe)) return;
    act.dataset.me = String(isMe);
    act.querySelector('.you').hidden = !isMe;
    act.setAttribute('aria-label', t(isMe ? 'people.self' : 'people.mention', { name: sender }));
  }

  /** One of them is reached by Tab, the others by arrow keys. */
  #reach(act) {
    const before = this.#list.querySelector('[tabindex="0"]');
    if (before === act || act === null) return;
    if (before !== null) before.tabIndex = -1;
    act.tabIndex = 0;
  }

  #moreAsked = () => {
    if (this.#room?.roster.hasMore) this.#delegate.rosterMore();
  };

  #filtered = () => this.draw(this.#room, this.#me);

  #clicked = ({ target }) => {
    const name = target.closest('.person')?.dataset.key;
    if (name !== undefined && name !== this.#me) this.#mention(name);
  };

  #pressed = (event) => {
    const person = event.target.closest('.person');
    const to = {
      ArrowDown: person?.nextElementSibling,
      ArrowUp: person?.previousElementSibling,
      Home: this.#list.firstElementChild,
      End: this.#list.lastElementChild,
    }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    if (to === null) return;
    this.#reach(to.firstElementChild);
    to.firstElementChild.focus();
  };
}

function create(sender) {
  const element = make('li', 'person');
  const act = make('button', 'person-act');
  act.type = 'button';
  act.tabIndex = -1;
  act.append(avatarOf(sender), nameOf(sender), make('span', 'you', t('people.you')));
  element.append(act);
  return element;
}
