// Says what comes in, for those who listen: the newest messages one by one, of a burst only how many. Never more often than
// one can listen to, and nothing of the past that is read back.

import { make } from './dom.js';
import { t } from '../words.js';

/** Several that come together are said together. */
const GATHER_MS = 300;
const PAUSE_MS = 3000;
/** More at once are a count. */
const MOST_SAID = 3;
const MOST_LETTERS = 300;

export class Heard {
  #region;
  #waiting = [];
  #timer = null;
  #notBefore = 0;

  /** `region`: a polite live region that is there from the beginning. */
  constructor(region) {
    this.#region = region;
  }

  /** Others have said these. */
  messages(messages) {
    if (messages.length === 0) return;
    this.#waiting.push(...messages);
    this.#timer ??= setTimeout(this.#say, Math.max(GATHER_MS, this.#notBefore - performance.now()));
  }

  words(words) {
    this.#region.replaceChildren(make('p', '', words));
  }

  /** Another room is in view: what is not said yet is not said any more. */
  stop() {
    clearTimeout(this.#timer);
    this.#timer = null;
    this.#waiting = [];
    this.#region.replaceChildren();
  }

  #say = () => {
    this.#timer = null;
    this.#notBefore = performance.now() + PAUSE_MS;
    this.#region.replaceChildren(...spokenOf(this.#waiting).map((each) => make('p', '', each)));
    this.#waiting = [];
  };
}

/** What is said of these messages. */
export function spokenOf(messages) {
  if (messages.length > MOST_SAID) return [t('talk.heard', { count: messages.length })];
  return messages.map(({ sender, content }) => {
    const isLong = content.length > MOST_LETTERS;
    return t('talk.said', { name: sender, words: isLong ? `${content.slice(0, MOST_LETTERS)}…` : content });
  });
}
