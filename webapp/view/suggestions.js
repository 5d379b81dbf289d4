// What may be meant by what is being typed, as a list above the field: arrows choose, Enter or Tab takes, Escape closes.

import { make, setText } from './dom.js';
import { t } from '../words.js';

export class Suggestions {
  #list;
  #input;
  #said;
  #delegate;
  #items = [];
  #chosen = 0;

  /** The focus stays in `input`; `said` is a live region. The delegate: `suggestionTaken(item)`, `suggestionsClosed()`. */
  constructor(list, input, said, delegate) {
    this.#list = list;
    this.#input = input;
    this.#said = said;
    this.#delegate = delegate;
  }

  start() {
    this.#list.addEventListener('mousedown', this.#held);
    this.#list.addEventListener('click', this.#clicked);
  }

  stop() {
    this.#list.removeEventListener('mousedown', this.#held);
    this.#list.removeEventListener('click', this.#clicked);
  }

  get isOpen() {
    return this.#items.length > 0;
  }

  /** Items are { key, parts }, the parts what is seen of one. The one that was chosen stays so. */
  show(items) {
    const key = this.#items[this.#chosen]?.key;
    const wasOpen = this.isOpen;
    this.#items = items;
    this.#chosen = Math.max(0, wasOpen ? items.findIndex((item) => item.key === key) : 0);
    this.#list.replaceChildren(...items.map((item, index) => this.#option(item, index)));
    this.#list.hidden = !this.isOpen;
    if (this.isOpen && !wasOpen) setText(this.#said, t('composer.suggestions', { count: items.length }));
    if (!this.isOpen && wasOpen) setText(this.#said, '');
    this.#draw();
  }

  close() {
    if (this.isOpen) this.show([]);
  }

  /** True when the key was for the list. */
  pressed(event) {
    if (!this.isOpen || event.isComposing || event.shiftKey || event.ctrlKey || event.metaKey || event.altKey) return false;
    const { length } = this.#items;
    if (event.key === 'ArrowDown') this.#choose((this.#chosen + 1) % length);
    else if (event.key === 'ArrowUp') this.#choose((this.#chosen + length - 1) % length);
    else if (event.key === 'Enter' || event.key === 'Tab') this.#take(this.#chosen);
    else if (event.key === 'Escape') this.#leave();
    else return false;
    return true;
  }

  #leave() {
    this.close();
    this.#delegate.suggestionsClosed();
  }

  #take(index) {
    const item = this.#items[index];
    this.close();
    this.#delegate.suggestionTaken(item);
  }

  #choose(index) {
    this.#chosen = index;
    this.#draw();
  }

  #draw() {
    Array.from(this.#list.children, (option, index) => option.setAttribute('aria-selected', String(index === this.#chosen)));
    const option = this.#list.children[this.#chosen];
    option?.scrollIntoView({ block: 'nearest' });
    if (option === undefined) this.#input.removeAttribute('aria-activedescendant');
    else this.#input.setAttribute('aria-activedescendant', option.id);
  }

  #option({ parts }, index) {
    const option = make('div', 'suggestion');
    option.setAttribute('role', 'option');
    option.id = `suggestion-${index}`;
    option.append(...parts());
    return option;
  }

  /** The focus is not to leave the field. */
  #held = (event) => event.preventDefault();

  #clicked = ({ target }) => {
    const index = Array.from(this.#list.children).indexOf(target.closest('.suggestion'));
    if (index >= 0) this.#take(index);
  };
}
