// Who else is typing, in a line of its own that is always there: nothing moves, and nobody is read to.

import { setText } from './dom.js';
import { t } from '../words.js';

export class TypingView {
  #line;

  constructor(line) {
    this.#line = line;
  }

  draw({ typists }) {
    setText(this.#line, wordsOf(typists.map(isolated)));
  }
}

function wordsOf(names) {
  const [one, other] = names;
  if (names.length === 0) return '';
  if (names.length === 1) return t('composer.typesOne', { one });
  return names.length === 2 ? t('composer.typeTwo', { one, other }) : t('composer.typeMany');
}

/** A name does not turn the words around it. */
function isolated(name) {
  return `\u2068${name}\u2069`;
}
