// The choice of the skin tone that emoji of people get.

import { make } from './dom.js';
import { t } from '../words.js';

/** A hand of each; the first has none. */
const HANDS = ['✋', '✋🏻', '✋🏼', '✋🏽', '✋🏾', '✋🏿'];

/** Fills the group once; what is chosen in it is a number, 0 to 5. */
export function drawTones(group, chosen) {
  if (group.childElementCount > 0) return;
  group.append(...HANDS.map((hand, tone) => choice(hand, tone, tone === chosen)));
}

function choice(hand, tone, isChosen) {
  const words = t(`emoji.tone${tone}`);
  const label = make('label');
  const input = make('input');
  Object.assign(input, { type: 'radio', name: 'tone', value: String(tone), checked: isChosen });
  input.setAttribute('aria-label', words);
  label.title = words;
  label.append(input, make('span', 'emoji', hand));
  return label;
}
