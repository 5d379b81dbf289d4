// The field one writes in: grows with its text, and is changed so that the browser's undo still works.

import { MARKS, wrapped } from '../wrapping.js';

export class Field {
  #input;

  constructor(input) {
    this.#input = input;
  }

  get text() {
    return this.#input.value;
  }

  set text(text) {
    this.#input.value = text;
    this.grow();
  }

  /** Where the caret is; null while something is selected. */
  get caret() {
    const { selectionStart, selectionEnd } = this.#input;
    return selectionStart === selectionEnd ? selectionStart : null;
  }

  /** The same text, unseen, gives the field its height: see composer.css. */
  grow() {
    this.#input.parentElement.dataset.text = this.#input.value;
  }

  replace(from, to, text) {
    this.#input.focus();
    this.#input.setSelectionRange(from, to);
    // The only way that can be undone; where there is none, without.
    if (!document.execCommand(text === '' ? 'delete' : 'insertText', false, text)) {
      this.#input.setRangeText(text, from, to, 'end');
      this.#input.dispatchEvent(new Event('input', { bubbles: true }));
    }
  }

  /** In place of what is selected, and apart from the words beside it. */
  insertWord(word) {
    const { selectionStart: from, selectionEnd: to, value } = this.#input;
    const before = from > 0 && !/\s/.test(value[from - 1]) ? ' ' : '';
    this.replace(from, to, `${before}${word}${/\s/.test(value[to] ?? '') ? '' : ' '}`);
  }

  insert(text) {
    this.replace(this.#input.selectionStart, this.#input.selectionEnd, text);
  }

  /** Ctrl or Cmd with B, I or E. True when it was one of them. */
  mark(event) {
    const mark = MARKS[event.key.toLowerCase()];
    if (mark === undefined || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return false;
    const { selectionStart, selectionEnd, value } = this.#input;
    const { from, to, text, start, end } = wrapped(value, selectionStart, selectionEnd, mark);
    if (from < to || text !== '') this.replace(from, to, text);
    this.#input.setSelectionRange(start, end);
    return true;
  }
}
