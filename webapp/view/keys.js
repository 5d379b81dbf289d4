// Hears the keys that mean something wherever one is, and shows the sheet that lists them.

import { KEYS, actOf, namesOf } from '../keys.js';
import { Sheet } from './sheet.js';
import { make } from './dom.js';
import { t } from '../words.js';

const isMac = /Mac|iPhone|iPad/.test(navigator.userAgentData?.platform ?? navigator.platform ?? '');
const TYPED_INTO = 'textarea, select, [contenteditable], input:not([type="checkbox"], [type="radio"], [type="button"])';
/** What the page's own parts do with keys, besides; `keys.` and this names the words. */
const OTHERS = [
  ['send', ['Enter']],
  ['line', ['Shift', 'Enter']],
  ['bold', ['mod', 'B']],
  ['italic', ['mod', 'I']],
  ['code', ['mod', 'E']],
  ['messages', ['↑'], ['↓']],
  ['ends', ['Home'], ['End']],
  ['leave', ['Delete']],
];

export class KeysView {
  #root;
  #sheet;
  #list;
  #delegate;

  /** The delegate: `keysAct(act)`, `keysSingle()`: whether keys typed alone count. */
  constructor(root, delegate) {
    this.#root = root;
    this.#sheet = new Sheet(root.querySelector('#keys'));
    this.#list = root.querySelector('#keys-list');
    this.#delegate = delegate;
  }

  start() {
    this.#sheet.start();
    this.#root.addEventListener('keydown', this.#pressed);
  }

  stop() {
    this.#sheet.stop();
    this.#root.removeEventListener('keydown', this.#pressed);
  }

  open() {
    const lines = [...KEYS.map(({ act, keys }) => [act, keys]), ...OTHERS.map(([act, ...keys]) => [act, keys])];
    this.#list.replaceChildren(...lines.map(([act, keys]) => lineOf(act, keys)));
    this.#sheet.open();
  }

  #pressed = (event) => {
    const { target } = event;
    if (this.#root.querySelector('dialog:modal') !== null) return;
    const where = { isMac, isTyping: target.matches(TYPED_INTO), isWriting: target.id === 'content', single: this.#delegate.keysSingle() };
    const act = actOf(event, where);
    if (act === null || !this.#delegate.keysAct(act)) return;
    event.preventDefault();
  };
}

function lineOf(act, ways) {
  const line = make('div', 'key-line');
  const keys = make('dt');
  for (const [at, way] of ways.entries()) {
    if (at > 0) keys.append(make('span', 'key-or', ` ${t('keys.or')} `));
    keys.append(...namesOf(way, isMac).flatMap((name, i) => (i > 0 ? [' ', make('kbd', '', name)] : [make('kbd', '', name)])));
  }
  line.append(keys, make('dd', '', t(`keys.${act}`)));
  return line;
}
