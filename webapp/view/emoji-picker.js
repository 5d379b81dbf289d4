// The choice of emoji, in a dialog beside its button: found by words, by group, or among those used last.

import { EmojiGrid } from './emoji-grid.js';
import { button, setText } from './dom.js';
import { drawTones } from './skin-tones.js';
import { loadEmoji } from '../emoji.js';
import { t } from '../words.js';

/** In the order of the file. */
const GROUPS = ['smileys', 'people', 'animals', 'food', 'travel', 'activities', 'objects', 'symbols', 'flags'];
const SIGNS = {
  recent: '🕘', smileys: '😀', people: '👋', animals: '🐻', food: '🍎',
  travel: '🚗', activities: '⚽', objects: '💡', symbols: '❤️', flags: '🏁',
};
const MOST_FOUND = 120;

export class EmojiPicker {
  #opener;
  #dialog;
  #search;
  #groups;
  #tones;
  #status;
  #grid;
  #recents;
  #taken;
  #emoji = null;

  /** `taken(emoji)` hears of the one that was chosen. */
  constructor(root, recents, taken) {
    this.#opener = root.querySelector('#emoji-open');
    this.#dialog = root.querySelector('#emoji-picker');
    this.#search = root.querySelector('#emoji-search');
    this.#groups = root.querySelector('#emoji-groups');
    this.#tones = root.querySelector('#emoji-tones');
    this.#status = root.querySelector('#emoji-status');
    this.#grid = new EmojiGrid(root.querySelector('#emoji-grid'), root.querySelector('#emoji-shown'), this);
    this.#recents = recents;
    this.#taken = taken;
  }

  start() {
    this.#opener.addEventListener('click', this.#open);
    this.#dialog.addEventListener('click', this.#clicked);
    this.#search.addEventListener('input', this.#draw);
    this.#search.addEventListener('keydown', this.#pressed);
    this.#tones.addEventListener('change', this.#toned);
    this.#grid.start();
  }

  stop() {
    this.#opener.removeEventListener('click', this.#open);
    this.#dialog.removeEventListener('click', this.#clicked);
    this.#search.removeEventListener('input', this.#draw);
    this.#search.removeEventListener('keydown', this.#pressed);
    this.#tones.removeEventListener('change', this.#toned);
    this.#grid.stop();
  }

  /** Whether there is somewhere to put one. */
  allow(may) {
    this.#opener.disabled = !may;
  }

  forget() {
    this.#dialog.close();
    this.#tones.replaceChildren();
  }

  gridTaken({ emoji }, itself) {
    this.#recents.used(emoji);
    this.#dialog.close();
    this.#taken(itself);
  }

  /** Out at the top; or something was typed, which is to be searched for. */
  gridLeft() {
    this.#search.focus();
  }

  #open = async () => {
    const place = this.#opener.getBoundingClientRect();
    this.#dialog.style.setProperty('--right', `${Math.max(0, innerWidth - place.right)}px`);
    this.#dialog.style.setProperty('--bottom', `${innerHeight - place.top + 8}px`);
    this.#search.value = '';
    this.#dialog.showModal();
    // Where the keyboard is on the screen it would cover what there is to choose from.
    if (matchMedia('(pointer: coarse)').matches) this.#dialog.focus();
    else this.#search.focus();
    setText(this.#status, this.#emoji === null ? t('emoji.loading') : '');
    try {
      this.#emoji ??= await loadEmoji();
      this.#draw();
    } catch {
      setText(this.#status, t('emoji.failed'));
    }
  };

  #draw = () => {
    if (this.#emoji === null) return;
    const query = this.#search.value.trim();
    const found = query === '' ? null : this.#emoji.search(query, MOST_FOUND);
    const sections = found === null ? this.#sections() : [{ name: 'results', entries: found }];
    this.#grid.draw(sections.filter(({ entries }) => entries.length > 0), this.#recents.tone);
    this.#drawGroups(found === null ? sections : []);
    drawTones(this.#tones, this.#recents.tone);
    const words = found === null ? '' : found.length === 0 ? t('emoji.none') : t('emoji.found', { count: found.length });
    setText(this.#status, words);
  };

  #sections() {
    const recent = this.#recents.emoji.map((each) => this.#emoji.of(each)).filter((entry) => entry !== undefined);
    return [{ name: 'recent', entries: recent }, ...GROUPS.map((name, index) => ({ name, entries: this.#emoji.groups[index] }))];
  }

  #drawGroups(sections) {
    const buttons = sections
      .filter(({ entries }) => entries.length > 0)
      .map(({ name }) => {
        const element = button('emoji quiet', SIGNS[name], t(`emoji.${name}`), () => this.#grid.show(name));
        element.title = t(`emoji.${name}`);
        return element;
      });
    this.#groups.replaceChildren(...buttons);
  }

  #toned = ({ target }) => {
    this.#recents.tone = Number(target.value);
    this.#draw();
  };

  #pressed = (event) => {
    if (event.isComposing) return;
    if (event.key === 'ArrowDown') this.#grid.focus();
    else if (event.key === 'Enter') this.#grid.takeFirst();
    else return;
    event.preventDefault();
  };

  /** Beside the dialog. */
  #clicked = ({ target }) => {
    if (target === this.#dialog) this.#dialog.close();
  };
}
