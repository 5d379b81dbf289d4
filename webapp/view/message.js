// One message of the talk as an element.

import { avatarOf, button, make, nameOf, setText } from './dom.js';
import { contentOf } from './content.js';
import { exactWords, timeWords } from './times.js';
import { t } from '../words.js';

/** `acts`: `retry(id)`, `discard(id)`. */
export function createMessage(row, reader, acts) {
  const element = make('div', row.own ? 'message own' : 'message');
  element.setAttribute('role', 'article');
  element.tabIndex = -1;
  element.dataset.sender = row.sender;
  const content = make('div', 'message-content');
  content.dir = 'auto';
  // The account was deleted, and its words with it.
  const isErased = row.content === '';
  content.classList.toggle('erased', isErased);
  content.append(isErased ? t('talk.erased') : contentOf(row.content, reader));
  element.append(make('time'), content);
  if (row.own && row.state !== 'read') element.append(make('span', 'fate'), ownActs(row, acts));
  return element;
}

/** Brings the element up to date with what may change about its row. */
export function updateMessage(element, row) {
  element.classList.toggle('calls', row.callsMe);
  headed(element, row);
  setTime(element.querySelector('time'), row.at);
  element.dataset.state = row.state;
  const fate = element.querySelector('.fate');
  if (fate === null) return;
  setText(fate, fateOf(row));
  element.querySelector('.message-acts').hidden = row.state !== 'failed';
}

/** What the message says, without the markup around it. */
export function wordsOf(element) {
  return element.querySelector('.message-content').innerText;
}

/** The avatar and the name stand above the first of several messages, and the time beside the name. */
function headed(element, row) {
  const head = element.querySelector('.message-head');
  element.classList.toggle('together', row.together);
  if (row.together === (head === null)) {
    if (head !== null) head.querySelector('.guest').hidden = !row.guest;
    return;
  }
  const time = element.querySelector('time');
  element.querySelector('.avatar')?.remove();
  head?.remove();
  if (row.together) {
    element.prepend(time);
    return;
  }
  const made = make('div', 'message-head');
  const guest = make('span', 'guest', t('talk.guest'));
  guest.hidden = !row.guest;
  made.append(nameOf(row.sender), guest);
  if (row.own) made.append(make('span', 'you', t('talk.you')));
  made.append(time);
  element.prepend(avatarOf(row.sender), made);
}

function ownActs(row, acts) {
  const buttons = make('div', 'message-acts');
  buttons.append(
    button('quiet', t('talk.again'), '', () => acts.retry(row.id)),
    button('quiet', t('talk.discard'), '', () => acts.discard(row.id)),
  );
  return buttons;
}

function fateOf({ state, words, isSlow }) {
  if (state === 'failed') return t('talk.failed', { words });
  if (state === 'waiting') return words ? t('talk.waitingFor', { words }) : t('talk.waiting');
  return isSlow ? t('talk.sending') : '';
}

function setTime(element, at) {
  const time = at.toISOString();
  if (element.dateTime === time) return;
  element.dateTime = time;
  element.title = exactWords(at);
  setText(element, timeWords(at));
}
