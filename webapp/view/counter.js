// How much more fits into the message: always to be seen when it is little, and said now and then, not at every key.

import { setText } from './dom.js';
import { t } from '../words.js';

/** From here on the bytes that are left are shown. */
const SHOW_LEFT = 200;
/** At these they are said. */
const SAY_AT = [200, 50, 10];

export class Counter {
  #left;
  #said;
  #step = 0;

  /** `said` is a live region. */
  constructor(left, said) {
    this.#left = left;
    this.#said = said;
  }

  draw(left) {
    const isOver = left < 0;
    const words = isOver ? t('composer.over', { count: -left }) : t('composer.left', { count: left });
    this.#left.hidden = left > SHOW_LEFT;
    this.#left.classList.toggle('over', isOver);
    setText(this.#left, this.#left.hidden ? '' : words);
    const step = isOver ? SAY_AT.length + 1 : SAY_AT.filter((each) => left <= each).length;
    if (step > this.#step) setText(this.#said, words);
    this.#step = step;
  }
}
