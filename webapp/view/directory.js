// Where one looks for a room: one's own and all others by a part of the name, or a new one. Arrows choose, Enter goes.

import { Sheet } from './sheet.js';
import { canonicalRoom } from '../protocol.js';
import { choicesOf, partOf } from '../choices.js';
import { createChoice, updateChoice } from './choice.js';
import { has, t } from '../words.js';
import { inOrder } from '../order.js';
import { keep, setText } from './dom.js';

export class DirectoryView {
  #sheet;
  #input;
  #list;
  #status;
  #wrong;
  #retry;
  #delegate;
  #directory;
  #own = [];
  #choices = [];
  #at = 0;

  /** The delegate: `directoryGo(name)`. */
  constructor(root, delegate, directory) {
    this.#sheet = new Sheet(root.querySelector('#directory'), () => directory.close());
    this.#input = root.querySelector('#directory-name');
    this.#list = root.querySelector('#directory-list');
    this.#status = root.querySelector('#directory-status');
    this.#wrong = root.querySelector('#directory-wrong');
    this.#retry = root.querySelector('#directory-retry');
    this.#delegate = delegate;
    this.#directory = directory;
  }

  start() {
    this.#sheet.start();
    this.#input.addEventListener('input', this.#typed);
    this.#input.addEventListener('keydown', this.#pressed);
    this.#list.addEventListener('click', this.#clicked);
    this.#retry.addEventListener('click', this.#directory.look);
  }

  stop() {
    this.#sheet.stop();
    this.#input.removeEventListener('input', this.#typed);
    this.#input.removeEventListener('keydown', this.#pressed);
    this.#list.removeEventListener('click', this.#clicked);
    this.#retry.removeEventListener('click', this.#directory.look);
  }

  open() {
    this.#input.value = '';
    this.#at = 0;
    this.#directory.open();
    this.#sheet.open();
    this.#input.focus();
    this.draw(this.#own);
  }

  close() {
    this.#sheet.close();
  }

  draw(own) {
    this.#own = own;
    if (!this.#sheet.isOpen) return;
    const typed = this.#input.value;
    const wanted = canonicalRoom(typed);
    const chosen = this.#at > 0 ? this.#choices[this.#at]?.name : undefined;
    this.#choices = choicesOf({ typed, wanted, own: inOrder(own), found: this.#directory.rooms });
    // Whoever has moved in the list stays with the room, whatever comes above it.
    const at = this.#choices.findIndex(({ name }) => name === chosen);
    this.#at = at < 0 ? 0 : at;
    keep(this.#list, this.#choices, ({ kind, name }) => `${kind} ${name}`, createChoice, updateChoice);
    this.#mark();
    this.#say(typed.trim() !== '' && wanted === null);
  }

  #say(isWrongName) {
    const { state, rooms, more, problem, isOfPart } = this.#directory;
    setText(this.#wrong, isWrongName ? t('rooms.nameRule') : '');
    this.#retry.hidden = state !== 'failed';
    if (state === 'failed') setText(this.#status, wordsOf(problem));
    else if (state === 'loading' || !isOfPart) setText(this.#status, t('directory.looking'));
    else setText(this.#status, t(more ? 'directory.more' : 'directory.count', { count: rooms.length }));
    this.#status.classList.toggle('wrong', state === 'failed');
  }

  #mark() {
    const items = [...this.#list.children];
    for (const [at, item] of items.entries()) {
      item.id = `directory-${at}`;
      item.setAttribute('aria-selected', String(at === this.#at));
    }
    const active = items[this.#at];
    if (active === undefined) this.#input.removeAttribute('aria-activedescendant');
    else this.#input.setAttribute('aria-activedescendant', active.id);
    active?.scrollIntoView({ block: 'nearest' });
  }

  #go(name) {
    this.#sheet.close();
    this.#delegate.directoryGo(name);
  }

  #typed = () => {
    this.#at = 0;
    this.#list.scrollTop = 0;
    this.#directory.filter(partOf(this.#input.value));
    this.draw(this.#own);
  };

  #pressed = (event) => {
    if (event.isComposing || event.keyCode === 229) return;
    const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 };
    if (event.key in steps && this.#choices.length > 0) {
      event.preventDefault();
      const last = this.#choices.length - 1;
      const next = this.#at + steps[event.key];
      const wraps = Math.abs(steps[event.key]) === 1;
      this.#at = wraps ? (next + last + 1) % (last + 1) : Math.min(last, Math.max(0, next));
      this.#mark();
    }
    if (event.key === 'Enter') {
      event.preventDefault();
      const choice = this.#choices[this.#at];
      if (choice !== undefined) this.#go(choice.name);
    }
  };

  #clicked = ({ target }) => {
    const at = [...this.#list.children].indexOf(target.closest('[role="option"]'));
    if (at >= 0) this.#go(this.#choices[at].name);
  };
}

function wordsOf(problem) {
  const key = `directory.${problem.code}`;
  return t(has(key) ? key : 'directory.failed');
}
