// The emoji to choose from, in sections: one of them is reached by Tab, the others by arrow keys.

import { make, setText } from './dom.js';
import { movedIn } from '../grid.js';
import { t } from '../words.js';
import { toned } from '../emoji.js';

export class EmojiGrid {
  #root;
  #shown;
  #delegate;
  #sections = []; // { name, entries, element, cells }
  #drawn = '';
  #tone = 0;

  /** The delegate: `gridTaken(entry, emoji)`, `gridLeft()`. `shown` tells what is looked at. */
  constructor(root, shown, delegate) {
    this.#root = root;
    this.#shown = shown;
    this.#delegate = delegate;
  }

  start() {
    this.#root.addEventListener('click', this.#clicked);
    this.#root.addEventListener('keydown', this.#pressed);
    this.#root.addEventListener('focusin', this.#lookedAt);
    this.#root.addEventListener('mouseover', this.#lookedAt);
  }

  stop() {
    this.#root.removeEventListener('click', this.#clicked);
    this.#root.removeEventListener('keydown', this.#pressed);
    this.#root.removeEventListener('focusin', this.#lookedAt);
    this.#root.removeEventListener('mouseover', this.#lookedAt);
  }

  /** Sections are { name, entries }, none of them empty. */
  draw(sections, tone) {
    const drawn = `${tone} ${sections.map(({ name, entries }) => name + entries.map(({ emoji }) => emoji).join('')).join()}`;
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    this.#tone = tone;
    this.#sections = sections.map((section) => this.#create(section));
    this.#root.replaceChildren(...this.#sections.map(({ element }) => element));
    this.#root.scrollTop = 0;
    setText(this.#shown, '');
    const first = this.#sections[0]?.cells[0];
    if (first !== undefined) first.tabIndex = 0;
  }

  focus() {
    this.#root.querySelector('[tabindex="0"]')?.focus();
  }

  takeFirst() {
    this.#sections[0]?.cells[0].click();
  }

  show(name) {
    const section = this.#sections.find((each) => each.name === name);
    section.element.scrollIntoView({ block: 'start' });
    this.#goTo(section.cells[0]);
  }

  #create({ name, entries }) {
    const element = make('section', 'emoji-section');
    const title = make('h3', '', t(`emoji.${name}`));
    title.id = `emoji-section-${name}`;
    element.setAttribute('aria-labelledby', title.id);
    const cells = entries.map((entry) => this.#cell(entry));
    const box = make('div', 'emoji-cells');
    box.append(...cells);
    element.append(title, box);
    return { name, entries, element, cells };
  }

  #cell(entry) {
    const cell = make('button', 'emoji', toned(entry, this.#tone));
    cell.type = 'button';
    cell.tabIndex = -1;
    cell.setAttribute('aria-label', entry.name);
    return cell;
  }

  #placeOf(cell) {
    const section = this.#sections.findIndex(({ element }) => element.contains(cell));
    return section < 0 ? null : { section, index: this.#sections[section].cells.indexOf(cell) };
  }

  #goTo(cell) {
    for (const each of this.#root.querySelectorAll('[tabindex="0"]')) each.tabIndex = -1;
    cell.tabIndex = 0;
    cell.focus({ preventScroll: false });
  }

  #clicked = ({ target }) => {
    const place = this.#placeOf(target.closest('button'));
    if (place !== null) this.#delegate.gridTaken(this.#sections[place.section].entries[place.index], target.textContent);
  };

  #pressed = (event) => {
    const place = this.#placeOf(event.target);
    if (place === null || event.ctrlKey || event.metaKey || event.altKey) return;
    const columns = getComputedStyle(event.target.parentElement).gridTemplateColumns.split(' ').length;
    const to = movedIn(this.#sections.map(({ cells }) => cells.length), columns, place, event.key);
    if (to !== null) this.#goTo(this.#sections[to.section].cells[to.index]);
    else if (event.key === 'ArrowUp' || (event.key.length === 1 && event.key !== ' ')) this.#delegate.gridLeft();
    if (to !== null || event.key.startsWith('Arrow')) event.preventDefault();
  };

  #lookedAt = ({ target }) => {
    const place = this.#placeOf(target.closest('button'));
    if (place === null) return;
    const { name, codes } = this.#sections[place.section].entries[place.index];
    setText(this.#shown, codes.length === 0 ? name : `${name}  :${codes[0]}:`);
  };
}
