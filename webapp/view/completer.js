// Completes what is begun in the field: people of the room after "@", one's rooms after "#", emoji after ":".

import { MOST_OFFERED, begunAt, codeBefore, fitting } from '../completion.js';
import { Suggestions } from './suggestions.js';
import { avatarOf, make, nameOf } from './dom.js';
import { loadEmoji, toned } from '../emoji.js';

/** Who spoke last is meant first. */
const LATELY = 200;

export class Completer {
  #field;
  #recents;
  #delegate;
  #suggestions;
  #emoji = null;
  #here = { room: null, rooms: [], me: null };
  #closedAt = -1; // where somebody did not want any

  /** `parts`: the listbox, the input and the live region. The delegate: `rosterMore()`. */
  constructor({ list, input, said }, field, recents, delegate) {
    this.#field = field;
    this.#recents = recents;
    this.#delegate = delegate;
    this.#suggestions = new Suggestions(list, input, said, this);
  }

  start() {
    this.#suggestions.start();
  }

  stop() {
    this.#suggestions.stop();
  }

  /** Where one writes: { room, rooms, me }. */
  draw(here) {
    const isOther = here.room !== this.#here.room;
    this.#here = here;
    if (isOther) this.close();
    else if (this.#suggestions.isOpen) this.#offer(); // somebody may have come
  }

  close() {
    this.#closedAt = -1;
    this.#suggestions.close();
  }

  pressed(event) {
    return this.#suggestions.pressed(event);
  }

  /** Something was typed, or the caret moved. */
  changed() {
    const { caret, text } = this.#field;
    const ended = caret === null ? null : codeBefore(text, caret);
    const emoji = ended === null ? undefined : this.#emoji?.ofCode(ended.code);
    if (emoji !== undefined) this.#field.replace(ended.from, ended.to, this.#taken(emoji));
    else this.#offer();
  }

  suggestionTaken({ text }) {
    const begun = this.#begun();
    if (begun === null) return;
    const { from, to } = begun;
    const isApart = /^\s/.test(this.#field.text.slice(to));
    this.#field.replace(from, to, `${text()}${isApart ? '' : ' '}`);
  }

  suggestionsClosed() {
    this.#closedAt = this.#begun()?.from ?? -1;
  }

  #begun() {
    const { caret, text } = this.#field;
    return caret === null ? null : begunAt(text, caret);
  }

  #offer() {
    const begun = this.#begun();
    if (begun?.from !== this.#closedAt) this.#closedAt = -1;
    if (begun === null || this.#closedAt >= 0) this.#suggestions.close();
    else this.#suggestions.show(this.#itemsOf(begun));
  }

  #itemsOf({ sign, query }) {
    if (sign === '@') return this.#people(query);
    if (sign === ':') return this.#codes(query);
    const names = this.#here.rooms.map(({ name }) => name);
    return fitting(query, names).map((name) => ({ key: name, text: () => `#${name}`, parts: () => [make('bdi', '', `#${name}`)] }));
  }

  #people(query) {
    const { room, me } = this.#here;
    const lately = room.timeline.messages.slice(-LATELY).map(({ sender }) => sender).reverse();
    const found = fitting(query, [...lately, ...room.roster.names].filter((name) => name !== me));
    if (found.length < MOST_OFFERED && room.roster.hasMore) this.#delegate.rosterMore();
    return found.map((name) => ({ key: name, text: () => `@${name}`, parts: () => [avatarOf(name), nameOf(name)] }));
  }

  #codes(query) {
    if (this.#emoji === null) {
      this.#load();
      return [];
    }
    return this.#emoji.search(query, MOST_OFFERED).map((entry) => ({
      key: entry.emoji,
      text: () => this.#taken(entry),
      parts: () => [
        make('span', 'emoji', toned(entry, this.#recents.tone)),
        make('span', '', entry.name),
        make('span', 'code', `:${entry.codes[0] ?? ''}:`),
      ],
    }));
  }

  #taken(entry) {
    this.#recents.used(entry.emoji);
    return toned(entry, this.#recents.tone);
  }

  async #load() {
    try {
      this.#emoji = await loadEmoji();
      this.#offer();
    } catch {
      // Then there are none to offer; the next ":" asks again.
    }
  }
}
