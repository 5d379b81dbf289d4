// What stands between the messages of the talk, as elements: days, holes, the line above what is new, and spaces.

import { button, make, setText } from './dom.js';
import { dayWords } from './times.js';
import { t } from '../words.js';

/** `acts`: `fill(from)` takes the first number of a hole. */
export function createMark({ kind }, acts) {
  const element = make('div', kind);
  if (kind === 'day') element.append(make('span'));
  if (kind === 'new') element.append(make('span', '', t('talk.new')));
  if (kind === 'space') element.setAttribute('aria-hidden', 'true');
  if (kind === 'hole') {
    const fill = button('quiet', '', '', () => fill.ariaDisabled !== 'true' && acts.fill(Number(element.dataset.from)));
    element.append(make('span', 'missing'), fill);
  }
  return element;
}

export function updateMark(element, row) {
  if (row.kind === 'day') setText(element.firstElementChild, dayWords(row.at));
  if (row.kind !== 'hole') return;
  element.dataset.from = row.from;
  setText(element.firstElementChild, t('talk.missing', { count: row.missing }));
  const fill = element.lastElementChild;
  setText(fill, t('talk.fill'));
  // A disabled button would lose the focus.
  fill.ariaDisabled = String(row.isBusy === true);
}
